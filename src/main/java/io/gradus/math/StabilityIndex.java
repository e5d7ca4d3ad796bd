package io.gradus.math;

/**
 * The population stability index of two distributions over the same bins, Σ (now − then) · ln(now /
 * then), and what chance alone makes of it.
 */
public final class StabilityIndex {
  /** The customary limit between no and some change. */
  public static final double NOTICEABLE = 0.1;

  private static final double NORMAL_999 = 3.090232306167813;
  private static final double HALF_A_CUSTOMER = 0.5;

  private StabilityIndex() {}

  /**
   * The index, ≥ 0; an empty bin counts as half a customer.
   *
   * @param then share per bin in the reference, summing to 1
   * @param reference customers of the reference
   * @param now share per bin today, summing to 1
   * @param customers customers today
   */
  public static double of(double[] then, long reference, double[] now, long customers) {
    double psi = 0;
    for (int bin = 0; bin < then.length; bin++) {
      psi += part(then[bin], reference, now[bin], customers);
    }
    return psi;
  }

  /** What one bin adds. */
  public static double part(double then, long reference, double now, long customers) {
    if (then == 0 && now == 0) {
      return 0;
    }
    double after = Math.max(HALF_A_CUSTOMER / customers, now);
    double before = Math.max(HALF_A_CUSTOMER / reference, then);
    return (after - before) * StrictMath.log(after / before);
  }

  /** What chance exceeds once in a thousand times: PSI / (1/n + 1/m) is about χ² distributed. */
  public static double critical(int bins, long reference, long customers) {
    return chiSquare999(Math.max(1, bins - 1)) * (1.0 / reference + 1.0 / customers);
  }

  /** The 99.9 % quantile of χ² (Wilson and Hilferty 1931). */
  public static double chiSquare999(int degrees) {
    double spread = 2.0 / (9 * degrees);
    double root = 1 - spread + NORMAL_999 * Math.sqrt(spread);
    return degrees * root * root * root;
  }
}
