package io.gradus.feature;

/**
 * Statistics of the gaps in days between consecutive purchases. Deviations are sample deviations (n
 * − 1); means need one gap, deviations two, and are NaN without.
 */
public final class PurchaseGaps {
  private final Moments gaps = new Moments();
  private final Moments logs = new Moments();

  /**
   * Adds a gap.
   *
   * @param days at least 1
   */
  public void add(int days) {
    gaps.add(days);
    logs.add(Math.log(days));
  }

  /** Mean gap in days. */
  public double mean() {
    return gaps.mean();
  }

  /** Coefficient of variation: deviation over mean. */
  public double variation() {
    return gaps.deviation() / gaps.mean();
  }

  /** Mean natural logarithm. */
  public double logMean() {
    return logs.mean();
  }

  /** Deviation of the natural logarithm. */
  public double logDeviation() {
    return logs.deviation();
  }

  /** Running mean and variance (Welford 1962). */
  private static final class Moments {
    private int n;
    private double mean;
    private double squares;

    void add(double value) {
      n++;
      double delta = value - mean;
      mean += delta / n;
      squares += delta * (value - mean);
    }

    double mean() {
      return n == 0 ? Double.NaN : mean;
    }

    double deviation() {
      return n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1));
    }
  }
}
