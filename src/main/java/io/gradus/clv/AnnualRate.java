package io.gradus.clv;

/**
 * A discount rate per year, 0.10 for 10 %.
 *
 * @param rate &gt; −1 and finite
 */
public record AnnualRate(double rate) implements java.io.Serializable {
  /**
   * @throws IllegalArgumentException when not a finite number above −1
   */
  public AnnualRate {
    if (!(rate > -1) || Double.isInfinite(rate)) {
      throw new IllegalArgumentException("annual rate must be a finite number above -1: " + rate);
    }
  }

  /** The rate whose continuous force of interest per week is {@code force}. */
  public static AnnualRate ofWeeklyForce(double force) {
    return new AnnualRate(Math.expm1(force * Horizon.WEEKS_PER_YEAR));
  }

  /** ln(1 + rate) per week. */
  double weeklyForce() {
    return Math.log1p(rate) / Horizon.WEEKS_PER_YEAR;
  }

  /** The value today of one unit of money after {@code months} months. */
  double factorAfterMonths(double months) {
    return Math.pow(1 + rate, -months / 12);
  }
}
