package io.gradus.ml.cluster;

import java.util.stream.IntStream;

/** k-means on weighted points in memory: several starts of {@link Lloyd}, the cheapest wins. */
final class KMeans {
  private static final double START_TOLERANCE = 1e-4;

  private KMeans() {}

  /** Centres, the cluster of every point and the weighted sum of squared distances. */
  record Fit(double[][] centres, int[] labels, double cost) {}

  /** The cheapest of several starts, iterated to rest. */
  static Fit best(Points points, double[] weights, int k, int starts, long seed) {
    return lloyd(points, weights, rough(points, weights, k, starts, seed).centres());
  }

  /**
   * The cheapest of several starts, the first on ties, each stopped when the centres' squared shift
   * is at most a ten-thousandth of the mean variance.
   */
  static Fit rough(Points points, double[] weights, int k, int starts, long seed) {
    double rest = START_TOLERANCE * meanVariance(points, weights);
    Fit[] fits =
        IntStream.range(0, starts)
            .parallel()
            .mapToObj(s -> Lloyd.seeded(points, weights, k, Seeds.mix(seed, s)).run(rest))
            .toArray(Fit[]::new);
    Fit best = fits[0];
    for (Fit fit : fits) {
      best = fit.cost() < best.cost() ? fit : best;
    }
    return best;
  }

  /**
   * Iterates from given centres until they stay where they are; an emptied cluster moves to the
   * worst point.
   */
  static Fit lloyd(Points points, double[] weights, double[][] start) {
    return Lloyd.from(points, weights, start).run(0);
  }

  private static double meanVariance(Points points, double[] weights) {
    double[] mean = points.mean(weights);
    double sum = 0;
    double total = 0;
    for (int i = 0; i < points.count; i++) {
      sum += weights[i] * points.squaredDistance(i, mean);
      total += weights[i];
    }
    return sum / total / points.dimensions;
  }
}
