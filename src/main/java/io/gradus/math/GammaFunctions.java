package io.gradus.math;

/**
 * The logarithm of the gamma function and its first two derivatives for positive arguments, by
 * upward recurrence to 12 and Stirling's series (Abramowitz and Stegun 6.1.40, 6.3.18, 6.4.12).
 * Absolute error below 1e-14 up to 100, relative error below 1e-15 above.
 */
public final class GammaFunctions {
  private static final double SERIES_FROM = 12;
  private static final double HALF_LOG_TWO_PI = 0.918938533204672741780329736406;

  private GammaFunctions() {}

  /** ln Γ(x) for x &gt; 0; NaN otherwise. */
  public static double logGamma(double x) {
    if (!(x > 0)) {
      return Double.NaN;
    }
    double product = 1;
    double y = x;
    while (y < SERIES_FROM) {
      product *= y;
      y++;
    }
    double s = 1 / (y * y);
    double series =
        ((((((-691.0 / 360360) * s + 1.0 / 1188) * s - 1.0 / 1680) * s + 1.0 / 1260) * s
                        - 1.0 / 360)
                    * s
                + 1.0 / 12)
            / y;
    return (y - 0.5) * Math.log(y) - y + HALF_LOG_TWO_PI + series - Math.log(product);
  }

  /** ψ(x) = d ln Γ / dx for x &gt; 0; NaN otherwise. */
  public static double digamma(double x) {
    if (!(x > 0)) {
      return Double.NaN;
    }
    double shift = 0;
    double y = x;
    while (y < SERIES_FROM) {
      shift += 1 / y;
      y++;
    }
    double s = 1 / (y * y);
    double series =
        ((((((691.0 / 32760) * s - 1.0 / 132) * s + 1.0 / 240) * s - 1.0 / 252) * s + 1.0 / 120) * s
                - 1.0 / 12)
            * s;
    return Math.log(y) - 0.5 / y + series - shift;
  }

  /** ψ′(x) = d² ln Γ / dx² for x &gt; 0; NaN otherwise. */
  public static double trigamma(double x) {
    if (!(x > 0)) {
      return Double.NaN;
    }
    double shift = 0;
    double y = x;
    while (y < SERIES_FROM) {
      shift += 1 / (y * y);
      y++;
    }
    double s = 1 / (y * y);
    double series =
        ((((((-691.0 / 2730) * s + 5.0 / 66) * s - 1.0 / 30) * s + 1.0 / 42) * s - 1.0 / 30) * s
                + 1.0 / 6)
            * s
            / y;
    return 1 / y + 0.5 * s + series + shift;
  }

  /** ln B(a, b) for a, b &gt; 0. */
  public static double logBeta(double a, double b) {
    return logGamma(a) + logGamma(b) - logGamma(a + b);
  }
}
