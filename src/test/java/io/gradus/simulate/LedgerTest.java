package io.gradus.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The generated histories have the moments that their models state. */
class LedgerTest {
  private static final LocalDate FROM = LocalDate.of(2023, 1, 1);
  private static final LocalDate TO = LocalDate.of(2024, 12, 31);
  private static final int CUSTOMERS = 20_000;

  static Stream<Dropout> dropouts() {
    return Stream.of(
        new Dropout.None(),
        new Dropout.BetaGeometric(0.8, 2.5, false),
        new Dropout.BetaGeometric(0.8, 2.5, true),
        new Dropout.Exponential(1.4, 300));
  }

  @ParameterizedTest
  @MethodSource("dropouts")
  void repeatOrdersHaveTheirExpectedNumber(Dropout dropout) {
    Segment segment = RepeatOrdersTest.segment(0.9, 45, dropout);
    Company company = flat(segment);
    double expected = 0;
    double sum = 0;
    double squares = 0;
    Ledger ledger = new Ledger(company);
    double end = 731;
    for (int i = 0; i < CUSTOMERS; i++) {
      Profile profile = ledger.profile(i);
      expected += segment.expectedOrders(end - profile.firstOrder());
      int orders = ledger.replay(profile, (line, fault) -> {}).orders();
      sum += orders;
      squares += (double) orders * orders;
    }
    double mean = sum / CUSTOMERS;
    double error = Math.sqrt((squares / CUSTOMERS - mean * mean) / CUSTOMERS);
    assertThat(mean).isCloseTo(expected / CUSTOMERS, within(4 * error));
  }

  @Test
  void betaGeometricStopsAtTheStatedShare() {
    Segment segment = RepeatOrdersTest.segment(3, 6, new Dropout.BetaGeometric(2, 6, false));
    Company company = flat(segment);
    Ledger ledger = new Ledger(company);
    long stopped = 0;
    long repeats = 0;
    double allowed = 0;
    for (int i = 0; i < CUSTOMERS; i++) {
      Profile profile = ledger.profile(i);
      Ledger.Outcome outcome = ledger.replay(profile, (line, fault) -> {});
      stopped += outcome.stoppedOn() == null ? 0 : 1;
      repeats += outcome.orders() - 1;
      allowed += profile.stopProbability() * (outcome.orders() - 1);
    }
    assertThat(repeats).isGreaterThan(CUSTOMERS);
    assertThat((double) stopped).isCloseTo(allowed, within(4 * Math.sqrt(allowed)));
  }

  /** E[z] = pγ/(q−1), and the spread between customers is that of ν ~ Gamma(q, γ). */
  @Test
  void orderValuesAreGammaGamma() {
    Segment segment = RepeatOrdersTest.segment(2, 20, new Dropout.None());
    Spend spend = segment.spend();
    Ledger ledger = new Ledger(flat(segment));
    double sum = 0;
    double squares = 0;
    double relative = 0;
    int orders = 0;
    for (int i = 0; i < CUSTOMERS; i++) {
      Profile profile = ledger.profile(i);
      Tally tally = new Tally();
      ledger.replay(profile, tally);
      double mean = tally.grossCents() / 100.0 / tally.orders();
      sum += mean;
      squares += mean * mean;
      relative += tally.grossCents() / 100.0 / profile.meanOrderValue();
      orders += tally.orders();
    }
    double mean = sum / CUSTOMERS;
    double error = Math.sqrt((squares / CUSTOMERS - mean * mean) / CUSTOMERS);
    assertThat(mean).isCloseTo(spend.mean(), within(4 * error));
    double spread = 1 / Math.sqrt(spend.p() * orders);
    assertThat(relative / orders).isCloseTo(1, within(4 * spread));
  }

  @Test
  void linesAndReturnsHaveTheirShares() {
    Segment segment =
        new Segment(
            "only",
            CustomerType.B2B,
            1,
            2,
            20,
            new Dropout.None(),
            new Spend(4, 3.6, 1_300),
            3.5,
            0.1);
    Ledger ledger = new Ledger(flat(segment));
    int[] counts = new int[3];
    for (int i = 0; i < 2_000; i++) {
      int orders =
          ledger
              .replay(ledger.profile(i), (line, fault) -> counts[line.quantity() < 0 ? 1 : 0]++)
              .orders();
      counts[2] += orders;
    }
    double lines = (double) counts[0] / counts[2];
    assertThat(lines).isCloseTo(3.5, within(4 * Math.sqrt(2.5 / counts[2])));
    // Returns of the last month lie beyond the last day, about 2 % of them.
    assertThat((double) counts[1] / counts[0]).isBetween(0.09, 0.102);
  }

  @Test
  void companiesTradeOnWorkdaysAndPersonsBeforeChristmas() {
    Company company = Company.of(3_000, FROM, TO, 5).withDirtyShare(0);
    Ledger ledger = new Ledger(company);
    Map<CustomerType, List<LocalDate>> days = new EnumMap<>(CustomerType.class);
    for (int i = company.keyAccounts(); i < company.customers(); i++) {
      Profile profile = ledger.profile(i);
      List<LocalDate> of =
          Objects.requireNonNull(
              days.computeIfAbsent(profile.segment().type(), type -> new ArrayList<>()));
      ledger.replay(
          profile,
          (line, fault) -> {
            if (line.lineNo() == 1 && line.quantity() > 0) {
              of.add(LocalDate.ofEpochDay(line.document().epochDay()));
            }
          });
    }
    assertThat(weekendShare(days.get(CustomerType.B2B))).isBetween(0.04, 0.08);
    assertThat(weekendShare(days.get(CustomerType.B2C))).isBetween(0.32, 0.40);
    List<LocalDate> persons = Objects.requireNonNull(days.get(CustomerType.B2C));
    long december = persons.stream().filter(d -> d.getMonthValue() == 12).count();
    long february = persons.stream().filter(d -> d.getMonthValue() == 2).count();
    assertThat((double) december / february).isGreaterThan(1.5);
  }

  @Test
  void faultsComeWithTheirSharesPerCleanLine() {
    double dirty = 0.2;
    Ledger ledger = new Ledger(Company.of(4_000, FROM, TO, 11).withDirtyShare(dirty));
    Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    int[] clean = new int[1];
    Ledger.Sink count =
        (line, fault) -> {
          if (fault != null) {
            faults.merge(fault, 1, Integer::sum);
          }
          if (line.quantity() > 0 && (fault == null || fault == Fault.FLOAT_ID)) {
            clean[0]++;
          }
        };
    for (int i = 0; i < 4_000; i++) {
      ledger.replay(ledger.profile(i), count);
    }
    for (Fault fault : Fault.values()) {
      double expected = clean[0] * dirty * fault.share();
      // Lines of one order share its fault: their number varies by the lines per order more.
      double lines = fault.wholeOrder() ? 8 : 1;
      assertThat((double) faults.getOrDefault(fault, 0))
          .as(fault.name())
          .isCloseTo(expected, within(4 * Math.sqrt(lines * expected)));
    }
  }

  private static double weekendShare(@Nullable List<LocalDate> days) {
    List<LocalDate> all = Objects.requireNonNull(days);
    long weekend =
        all.stream().filter(day -> day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0).count();
    return (double) weekend / all.size();
  }

  private static Company flat(Segment segment) {
    return Company.of(CUSTOMERS, FROM, TO, 42)
        .withSeasonality(0)
        .withDirtyShare(0)
        .withSegments(List.of(segment));
  }
}
