package io.gradus.grade;

import java.util.Arrays;
import java.util.Map;

/**
 * The least and greatest share that one indicator may have in the total.
 *
 * @param least per indicator
 * @param most per indicator
 */
record WeightBounds(double least, double most) {
  private static final double TOLERANCE = 1e-9;

  /**
   * The bounds of a weighting.
   *
   * @throws IllegalArgumentException when no weights can keep them
   */
  static WeightBounds of(Map<String, Dimension> dimensions, Weighting weighting) {
    int n = dimensions.values().stream().mapToInt(d -> d.indicators().size()).sum();
    double least = weighting.least();
    double most = weighting.most(n);
    if (!(least >= 0 && least <= most && n * least <= 1 + TOLERANCE && n * most >= 1 - TOLERANCE)) {
      throw new IllegalArgumentException(
          "weighting: "
              + n
              + " indicators cannot all lie within minimum "
              + least
              + " and maximum "
              + most
              + "; change the bounds or the number of indicators");
    }
    return new WeightBounds(least, most);
  }

  /** Refuses given weights outside of the bounds, naming the indicator. */
  void refuseOutside(Map<String, Dimension> dimensions) {
    dimensions.forEach(
        (key, dimension) ->
            dimension
                .indicators()
                .forEach(
                    indicator -> {
                      double share = dimension.weight() * indicator.weight();
                      if (share < least - TOLERANCE || share > most + TOLERANCE) {
                        throw new IllegalArgumentException(
                            String.format(
                                java.util.Locale.ROOT,
                                "dimensions.%s: '%s' carries %.3f of the total, must be within"
                                    + " %s..%s; change its weight or weighting.minimum and maximum",
                                key,
                                indicator.column(),
                                share,
                                least,
                                most));
                      }
                    }));
  }

  /**
   * The nearest weights within the bounds that keep the proportions of those inside: what a bound
   * takes or gives is shared among the others until all fit.
   */
  double[] fit(double[] weights) {
    double[] fitted = weights.clone();
    double low = 0;
    double high =
        1 / Math.max(TOLERANCE, Arrays.stream(weights).filter(w -> w > 0).min().orElse(1));
    for (int step = 0; step < 200; step++) {
      double factor = (low + high) / 2;
      double sum = 0;
      for (int i = 0; i < weights.length; i++) {
        fitted[i] = Math.min(most, Math.max(least, weights[i] * factor));
        sum += fitted[i];
      }
      if (sum > 1) {
        high = factor;
      } else {
        low = factor;
      }
    }
    double sum = Arrays.stream(fitted).sum();
    return Arrays.stream(fitted).map(w -> w / sum).toArray();
  }
}
