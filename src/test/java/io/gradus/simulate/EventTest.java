package io.gradus.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each event has its stated effect and no other. */
class EventTest {
  private static final LocalDate FROM = LocalDate.of(2023, 1, 1);
  private static final LocalDate TO = LocalDate.of(2024, 12, 31);
  private static final LocalDate ON = LocalDate.of(2024, 7, 1);
  private static final Company COMPANY = Company.of(3_000, FROM, TO, 17);

  /** A delivered row with what the events look at. */
  private record Delivered(long customer, String region, Line line) {
    LocalDate day() {
      return LocalDate.ofEpochDay(line.document().epochDay());
    }
  }

  private static final List<Delivered> PLAIN = rows(COMPANY);

  @Test
  void aLeavingAccountOrdersNoMore() {
    List<Delivered> with = rows(new Event.AccountLeaves(0, ON));
    assertThat(with).filteredOn(row -> row.customer == 0 && sale(row)).isNotEmpty();
    assertThat(with)
        .filteredOn(row -> row.customer == 0 && sale(row) && !row.day().isBefore(ON))
        .isEmpty();
    assertSame(where(with, row -> row.customer != 0), where(PLAIN, row -> row.customer != 0));
    Company company = COMPANY.withEvents(List.of(new Event.AccountLeaves(0, ON)));
    Ledger ledger = new Ledger(company);
    assertThat(ledger.replay(ledger.profile(0), (line, fault) -> {}).stoppedOn())
        .isEqualTo(ON.toEpochDay());
  }

  @Test
  void aPriceChangeMovesPricesOfItsCategoryOnly() {
    List<Delivered> with = rows(new Event.PriceChange(ON, "tools", 1.2));
    Predicate<Delivered> hit =
        row -> row.line.category().equals("tools") && sale(row) && !row.day().isBefore(ON);
    List<Delivered> before = where(PLAIN, hit);
    List<Delivered> after = where(with, hit);
    assertThat(after).hasSameSizeAs(before);
    assertThat(money(after) / money(before)).isCloseTo(1.2, within(0.002));
    assertSame(
        where(with, row -> row.day().isBefore(ON) || !row.line.category().equals("tools")),
        where(PLAIN, row -> row.day().isBefore(ON) || !row.line.category().equals("tools")));
  }

  @Test
  void aCollapsingRegionKeepsTheStatedShareOfOrders() {
    List<Delivered> with = rows(new Event.RegionCollapse("North", ON, 0.25));
    Predicate<Delivered> hit =
        row -> row.region.equals("North") && sale(row) && !row.day().isBefore(ON);
    double kept = (double) orders(where(with, hit)).size() / orders(where(PLAIN, hit)).size();
    int n = orders(where(PLAIN, hit)).size();
    assertThat(kept).isCloseTo(0.25, within(4 * Math.sqrt(0.25 * 0.75 / n)));
    assertSame(
        where(with, row -> !row.region.equals("North")),
        where(PLAIN, row -> !row.region.equals("North")));
  }

  @Test
  void aLossyFeedDropsWholeOrdersOfItsDaysThatWerePlaced() {
    LocalDate until = ON.plusDays(29);
    Event event = new Event.FeedLoss(ON, until, 0.5);
    List<Delivered> with = rows(event);
    Predicate<Delivered> inside = row -> !row.day().isBefore(ON) && !row.day().isAfter(until);
    Set<String> sent = orders(where(with, inside));
    int n = orders(where(PLAIN, inside)).size();
    assertThat((double) sent.size() / n).isCloseTo(0.5, within(4 * Math.sqrt(0.25 / n)));
    assertSame(
        where(with, inside),
        where(PLAIN, inside.and(row -> sent.contains(row.line.document().orderId()))));
    assertSame(where(with, inside.negate()), where(PLAIN, inside.negate()));
    Ledger lossy = new Ledger(COMPANY.withEvents(List.of(event)));
    Ledger whole = new Ledger(COMPANY);
    for (int i = 0; i < 50; i++) {
      assertThat(lossy.replay(lossy.profile(i), (line, fault) -> {}))
          .isEqualTo(whole.replay(whole.profile(i), (line, fault) -> {}));
    }
  }

  @Test
  void aMixShiftMovesLinesAndKeepsAmounts() {
    List<Delivered> with = rows(new Event.MixShift(ON, "safety", 0.3));
    Predicate<Delivered> after = row -> sale(row) && !row.day().isBefore(ON);
    double share = share(where(PLAIN, after), "safety");
    double moved = share(where(with, after), "safety");
    int n = where(PLAIN, after).size();
    assertThat(moved).isCloseTo(share + 0.3 * (1 - share), within(4 * Math.sqrt(0.25 / n) + 0.005));
    assertThat(money(with)).isCloseTo(money(PLAIN), within(1e-6));
    assertSame(
        where(with, row -> row.day().isBefore(ON)), where(PLAIN, row -> row.day().isBefore(ON)));
  }

  @Test
  void eventsDoNotDisturbEachOther() {
    Event collapse = new Event.RegionCollapse("North", ON, 0.25);
    Event leave = new Event.AccountLeaves(1, ON);
    Predicate<Delivered> others = row -> row.customer != 1;
    assertSame(where(rows(leave, collapse), others), where(rows(collapse), others));
  }

  /** Without printing thousands of rows. */
  private static void assertSame(List<Delivered> actual, List<Delivered> expected) {
    assertThat(expected).isNotEmpty();
    assertThat(actual.equals(expected)).as("equal rows").isTrue();
  }

  private static boolean sale(Delivered row) {
    return row.line.quantity() > 0;
  }

  private static double share(List<Delivered> rows, String category) {
    return (double) where(rows, row -> row.line.category().equals(category)).size() / rows.size();
  }

  private static double money(List<Delivered> rows) {
    return rows.stream()
        .mapToDouble(row -> row.line.amount() == null ? 0 : row.line.amount().doubleValue())
        .sum();
  }

  private static Set<String> orders(List<Delivered> rows) {
    return rows.stream().map(row -> row.line.document().orderId()).collect(Collectors.toSet());
  }

  private static List<Delivered> where(List<Delivered> rows, Predicate<Delivered> condition) {
    return rows.stream().filter(condition).toList();
  }

  private static List<Delivered> rows(Event... events) {
    return rows(COMPANY.withEvents(List.of(events)));
  }

  private static List<Delivered> rows(Company company) {
    Ledger ledger = new Ledger(company);
    List<Delivered> rows = new ArrayList<>();
    for (int i = 0; i < company.customers(); i++) {
      Profile profile = ledger.profile(i);
      ledger.replay(
          profile,
          (line, fault) -> rows.add(new Delivered(profile.index(), profile.region(), line)));
    }
    return rows;
  }
}
