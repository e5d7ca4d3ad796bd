package io.gradus.clv;

/**
 * A length of time into the future. A month is a twelfth of 365.25 days, so that a horizon does not
 * depend on the calendar.
 *
 * @param weeks length in weeks, the models' unit; &gt; 0 and finite
 */
public record Horizon(double weeks) implements java.io.Serializable {
  static final double DAYS_PER_WEEK = 7;
  private static final double DAYS_PER_YEAR = 365.25;
  static final double WEEKS_PER_YEAR = DAYS_PER_YEAR / DAYS_PER_WEEK;

  /**
   * @throws IllegalArgumentException when not positive and finite
   */
  public Horizon {
    if (!(weeks > 0) || Double.isInfinite(weeks)) {
      throw new IllegalArgumentException("horizon must be positive and finite: " + weeks);
    }
  }

  /** So many days. */
  public static Horizon ofDays(double days) {
    return new Horizon(days / DAYS_PER_WEEK);
  }

  /** So many weeks. */
  public static Horizon ofWeeks(double weeks) {
    return new Horizon(weeks);
  }

  /** So many months of 30.4375 days. */
  public static Horizon ofMonths(double months) {
    return new Horizon(months * WEEKS_PER_YEAR / 12);
  }
}
