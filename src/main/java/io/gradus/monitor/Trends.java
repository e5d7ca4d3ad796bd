package io.gradus.monitor;

import io.gradus.monitor.Quality.Check;
import io.gradus.monitor.Quality.Status;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Checks against the lake's own past, rows of {@code ops.quality_result}: how fast purchases come
 * in, how old the newest is, how much is quarantined, and what customers' orders are worth.
 */
public final class Trends {
  /** Running count of purchase days: the difference of two dates is what came in between. */
  public static final String PURCHASES_UNTIL = "purchases_until";

  /** Purchases per day of the newest week against the weeks before. */
  public static final String PURCHASE_RATE = "purchase_rate";

  /** Days since anybody's last purchase. */
  public static final String FRESHNESS = "freshness_days";

  /** Mean change of customers' order value against their own before. */
  public static final String ORDER_VALUE = "order_value_change";

  /** Quarantined share against past runs. */
  public static final String QUARANTINE = "quarantine_trend";

  private static final int STALE_DAYS = 7;
  private static final int WEEK = 7;
  private static final int BASE_DAYS = 28;
  private static final int OLDEST_BASE = 80;
  private static final double NOTICEABLE_FALL = 0.3;
  private static final double NOTICEABLE_ORDER = 0.07;
  private static final double NOTICEABLE_QUARANTINE = 0.005;
  private static final double CHANCE = 3.5;
  private static final int LEAST_RUNS = 3;

  private final LocalDate asOf;
  private final Map<String, NavigableMap<LocalDate, Double>> past;

  /**
   * Trends as of a date.
   *
   * @param past values by check and as-of date, all before that date
   */
  public Trends(LocalDate asOf, Map<String, NavigableMap<LocalDate, Double>> past) {
    this.asOf = asOf;
    this.past = past;
  }

  /** All checks that can be made; some need a past. */
  public List<Check> checks(CustomerTally tally, double quarantineShare) {
    List<Check> checks = new ArrayList<>();
    checks.add(
        check(
            PURCHASES_UNTIL,
            tally.purchaseDays(),
            0,
            false,
            text("%,d purchase days until the as-of date", tally.purchaseDays()),
            text("截至统计日共%d个购买日", tally.purchaseDays())));
    checks.add(freshness(tally.daysSinceNewest()));
    purchaseRate(tally.purchaseDays()).ifPresent(checks::add);
    orderValue(tally.compared(), tally.orderValueChange(), tally.orderValueError())
        .ifPresent(checks::add);
    quarantine(quarantineShare).ifPresent(checks::add);
    return checks;
  }

  private static Check freshness(int days) {
    return check(
        FRESHNESS,
        days,
        STALE_DAYS,
        days > STALE_DAYS,
        text("the newest purchase is %d days old; the bound is %d", days, STALE_DAYS),
        text("最近一次购买距统计日%d天，界限为%d天", days, STALE_DAYS));
  }

  /** Purchases per day since a week or more ago against the four weeks or more before. */
  Optional<Check> purchaseRate(long purchases) {
    NavigableMap<LocalDate, Double> counts = past.getOrDefault(PURCHASES_UNTIL, new TreeMap<>());
    Map.Entry<LocalDate, Double> week = counts.floorEntry(asOf.minusDays(WEEK));
    if (week == null) {
      return Optional.empty();
    }
    Map.Entry<LocalDate, Double> base = counts.floorEntry(week.getKey().minusDays(BASE_DAYS));
    if (base == null || base.getKey().isBefore(asOf.minusDays(OLDEST_BASE))) {
      return Optional.empty();
    }
    double came = purchases - week.getValue();
    double before = week.getValue() - base.getValue();
    double rate = came / ChronoUnit.DAYS.between(week.getKey(), asOf);
    double usual = before / ChronoUnit.DAYS.between(base.getKey(), week.getKey());
    if (before <= 0) {
      return Optional.empty();
    }
    double change = rate / usual - 1;
    double bound = -fall(Math.max(1, came), before);
    return Optional.of(
        check(
            PURCHASE_RATE,
            change,
            bound,
            change < bound,
            text(
                "%.1f purchases a day since %s, %+.0f %% against the weeks before; the bound is"
                    + " %.0f %%",
                rate, week.getKey(), 100 * change, 100 * bound),
            text(
                "自%s起日均%.1f次购买，与此前数周相比%+.0f%%，界限为%.0f%%",
                week.getKey(), rate, 100 * change, 100 * bound)));
  }

  /** The fall that is both noticeable and beyond chance at two counts. */
  static double fall(double now, double before) {
    return Math.max(NOTICEABLE_FALL, CHANCE * Math.sqrt(1 / now + 1 / before));
  }

  Optional<Check> orderValue(long customers, double logChange, double error) {
    if (customers < 2) {
      return Optional.empty();
    }
    double change = Math.expm1(logChange);
    double bound = Math.max(NOTICEABLE_ORDER, CHANCE * error);
    return Optional.of(
        check(
            ORDER_VALUE,
            change,
            bound,
            Math.abs(change) > bound,
            text(
                "orders of %,d customers are worth %+.1f %% against their own of the 60 days"
                    + " before; the bound is ±%.1f %%",
                customers, 100 * change, 100 * bound),
            text("%d位客户的订单金额与其此前60天相比%+.1f%%，界限为±%.1f%%", customers, 100 * change, 100 * bound)));
  }

  private Optional<Check> quarantine(double share) {
    List<Double> values =
        past.getOrDefault("quarantine_share", new TreeMap<>()).values().stream().sorted().toList();
    if (values.size() < LEAST_RUNS) {
      return Optional.empty();
    }
    double usual = values.get(values.size() / 2);
    double bound = Math.max(2 * usual, usual + NOTICEABLE_QUARANTINE);
    return Optional.of(
        check(
            QUARANTINE,
            share,
            bound,
            share > bound,
            text(
                "%.2f %% of the rows are quarantined, usually %.2f %%; the bound is %.2f %%",
                100 * share, 100 * usual, 100 * bound),
            text("隔离行占%.2f%%，通常为%.2f%%，界限为%.2f%%", 100 * share, 100 * usual, 100 * bound)));
  }

  private static Check check(
      String name, double value, double bound, boolean warn, String english, String chinese) {
    return new Check(name, value, bound, warn ? Status.WARN : Status.PASS, english, chinese);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
