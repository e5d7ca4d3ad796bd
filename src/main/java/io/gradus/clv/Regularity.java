package io.gradus.clv;

import io.gradus.math.GammaFunctions;

/**
 * How regular customers' waits are: the k of the Erlang distribution whose logarithm varies as much
 * around each customer's own mean as the gaps do, ψ′(k) = pooled variance of ln gap. 1 for waits of
 * pure chance (π²/6), above for regular ones. Serves the purpose of Wheat and Morrison's (1990)
 * statistic and needs no single gaps.
 */
public final class Regularity {
  /** From here on Erlang models are worth trying. */
  public static final double REGULAR = 1.5;

  private static final double SMALLEST = 0.01;
  private static final double LARGEST = 1000;

  private Regularity() {}

  /**
   * The k that matches.
   *
   * @param variance pooled within-customer variance of the natural logarithm of gaps, ≥ 0
   * @return between 0.01 and 1000; NaN for NaN
   */
  public static double ofLogGapVariance(double variance) {
    if (Double.isNaN(variance)) {
      return Double.NaN;
    }
    double low = SMALLEST;
    double high = LARGEST;
    for (int step = 0; step < 100; step++) {
      double middle = Math.sqrt(low * high);
      if (GammaFunctions.trigamma(middle) > variance) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Math.sqrt(low * high);
  }
}
