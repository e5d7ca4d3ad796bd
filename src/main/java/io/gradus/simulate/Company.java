package io.gradus.simulate;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A company whose every parameter is known. The same values give the same rows; a later {@code to}
 * adds rows and changes none.
 *
 * @param customers customers won from {@code from} to {@code acquiredUntil}, ≥ 1; some have not
 *     bought by {@code to} and are prospects or unknown
 * @param from first day of business
 * @param to last day that is delivered
 * @param acquiredUntil last day on which a customer is won
 * @param seed seed of all random numbers
 * @param dirtyShare faulty rows per clean row, 0..0.5, split over {@link Fault} by its shares
 * @param seasonality 0 for equal days, 1 for the full weekly and yearly pattern
 * @param openingShare share of the customers won in the first 30 days, 0..1
 * @param keyAccounts customers 0 to keyAccounts − 1 belong to {@code keyAccount}
 * @param keyAccount the key accounts' segment; its share is not used
 * @param currency ISO 4217 code
 * @param segments the other customers' segments, shares summing to 1
 * @param events what is planted, see {@link Event}
 */
public record Company(
    long customers,
    LocalDate from,
    LocalDate to,
    LocalDate acquiredUntil,
    long seed,
    double dirtyShare,
    double seasonality,
    double openingShare,
    int keyAccounts,
    Segment keyAccount,
    String currency,
    List<Segment> segments,
    List<Event> events)
    implements Serializable {

  /** Days in which the opening customers are won. */
  static final int OPENING_DAYS = 30;

  private static final long MOST_CUSTOMERS = 80_000_000L;

  public Company {
    segments = List.copyOf(segments);
    events = List.copyOf(events);
    Check.that(
        customers >= 1 && customers <= MOST_CUSTOMERS,
        "customers must be between 1 and " + MOST_CUSTOMERS + ", was " + customers);
    Check.that(!to.isBefore(from), "to " + to + " lies before from " + from);
    Check.that(
        ChronoUnit.DAYS.between(from, acquiredUntil) >= OPENING_DAYS,
        "acquiredUntil must lie at least "
            + OPENING_DAYS
            + " days after from, was "
            + acquiredUntil);
    Check.between("dirtyShare", dirtyShare, 0, 0.5);
    Check.between("seasonality", seasonality, 0, 1);
    Check.between("openingShare", openingShare, 0, 1);
    Check.that(
        keyAccounts >= 0 && keyAccounts <= customers,
        "keyAccounts must be between 0 and the number of customers, was " + keyAccounts);
    Check.notBlank("currency", currency);
    double shares = segments.stream().mapToDouble(Segment::share).sum();
    Check.that(Math.abs(shares - 1) < 1e-9, "shares of the segments must sum to 1, was " + shares);
  }

  /**
   * A company of usual segments with weekly and yearly seasonality and 5 % dirty rows; customers
   * are won until {@code to}.
   */
  public static Company of(long customers, LocalDate from, LocalDate to, long seed) {
    int keyAccounts = (int) Math.min(12, customers / 200);
    return new Company(
        customers,
        from,
        to,
        to,
        seed,
        0.05,
        1,
        0.25,
        keyAccounts,
        Segments.KEY_ACCOUNT,
        "EUR",
        Segments.USUAL,
        List.of());
  }

  /** The same company delivered until another day; who is won when stays as it is. */
  public Company withTo(LocalDate last) {
    return new Company(
        customers,
        from,
        last,
        acquiredUntil,
        seed,
        dirtyShare,
        seasonality,
        openingShare,
        keyAccounts,
        keyAccount,
        currency,
        segments,
        events);
  }

  /** The same company with other planted events. */
  public Company withEvents(List<Event> planted) {
    return new Company(
        customers,
        from,
        to,
        acquiredUntil,
        seed,
        dirtyShare,
        seasonality,
        openingShare,
        keyAccounts,
        keyAccount,
        currency,
        segments,
        planted);
  }

  /** The same company with another share of faulty rows. */
  public Company withDirtyShare(double share) {
    return new Company(
        customers,
        from,
        to,
        acquiredUntil,
        seed,
        share,
        seasonality,
        openingShare,
        keyAccounts,
        keyAccount,
        currency,
        segments,
        events);
  }

  /** The same company with another strength of the weekly and yearly pattern. */
  public Company withSeasonality(double strength) {
    return new Company(
        customers,
        from,
        to,
        acquiredUntil,
        seed,
        dirtyShare,
        strength,
        openingShare,
        keyAccounts,
        keyAccount,
        currency,
        segments,
        events);
  }

  /** The same company with other segments and without key accounts. */
  public Company withSegments(List<Segment> others) {
    return new Company(
        customers,
        from,
        to,
        acquiredUntil,
        seed,
        dirtyShare,
        seasonality,
        openingShare,
        0,
        keyAccount,
        currency,
        others,
        events);
  }

  /**
   * The same company whose clean rows number about {@code lines} per customer by {@code to}: every
   * purchase rate of the segments is multiplied by one factor. Use for benchmarks of a stated size.
   *
   * @throws IllegalArgumentException when no factor between 1/1000 and 1000 gives it
   */
  public Company withLinesPerCustomer(double lines) {
    return faster(CompanySize.rateFactor(this, lines));
  }

  /**
   * Expected clean order lines per customer by {@code to}, returns and faults not counted; a slight
   * overestimate, as an order has at most one line per unit of money.
   */
  public double expectedLinesPerCustomer() {
    return CompanySize.expectedLines(this, 1);
  }

  private Company faster(double factor) {
    List<Segment> scaled = segments.stream().map(s -> s.faster(factor)).toList();
    return new Company(
        customers,
        from,
        to,
        acquiredUntil,
        seed,
        dirtyShare,
        seasonality,
        openingShare,
        keyAccounts,
        keyAccount,
        currency,
        scaled,
        events);
  }
}
