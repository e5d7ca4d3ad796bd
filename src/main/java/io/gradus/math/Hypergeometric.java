package io.gradus.math;

/** Gauss's hypergeometric series ₂F₁ on 0 ≤ z &lt; 1. */
public final class Hypergeometric {
  private static final int MAX_TERMS = 10_000_000;
  private static final double TOLERANCE = 1e-17;

  private Hypergeometric() {}

  /**
   * ₂F₁(a, b; c; z) by its power series.
   *
   * @param c not zero or a negative integer
   * @param z 0 ≤ z &lt; 1; the number of terms grows as 1/(1 − z)
   */
  public static double series(double a, double b, double c, double z) {
    return 1 + b * reducedSeries(a, b, c, z);
  }

  /**
   * (₂F₁(a, b; c; z) − 1) / b = Σ_{n≥1} (a)_n (b+1)_{n−1} / ((c)_n n!) zⁿ, which keeps its accuracy
   * when b is near zero and is the derivative by b there.
   */
  public static double reducedSeries(double a, double b, double c, double z) {
    double term = a / c * z;
    double sum = term;
    for (int n = 1; n < MAX_TERMS; n++) {
      double ratio = (a + n) * (b + n) / ((c + n) * (n + 1.0)) * z;
      term *= ratio;
      sum += term;
      if (Math.abs(term) <= TOLERANCE * Math.abs(sum) && Math.abs(ratio) < 1 || term == 0) {
        return sum;
      }
    }
    return sum;
  }
}
