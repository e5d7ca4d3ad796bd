package io.gradus.ml.cluster;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The gap statistic (Tibshirani, Walther and Hastie 2001): how much smaller ln W_k is than for
 * points spread evenly over the features' ranges.
 *
 * @param gap mean ln W_k of the references − ln W_k of the data
 * @param standardError standard deviation over the references × √(1 + 1/references)
 */
record GapStatistic(double gap, double standardError) {
  static final int MOST_POINTS = 1_000;
  private static final int STARTS = 2;

  /** Computed on at most {@value #MOST_POINTS} points, data and references alike. */
  static GapStatistic of(Points all, ClusterAlgorithm algorithm, int k, int references, long seed) {
    Points points = all.every(MOST_POINTS);
    double own = logWithin(points, algorithm, k, Seeds.mix(seed, 0));
    double[] logs =
        IntStream.range(0, references)
            .parallel()
            .mapToDouble(
                r ->
                    logWithin(
                        reference(points, Seeds.mix(seed, 2L * r + 1)),
                        algorithm,
                        k,
                        Seeds.mix(seed, 2L * r + 2)))
            .toArray();
    double mean = 0;
    for (double log : logs) {
      mean += log / references;
    }
    double variance = 0;
    for (double log : logs) {
      variance += (log - mean) * (log - mean) / references;
    }
    return new GapStatistic(mean - own, Math.sqrt(variance * (1 + 1.0 / references)));
  }

  private static double logWithin(Points points, ClusterAlgorithm algorithm, int k, long seed) {
    Components fit = algorithm.fitRoughly(points, points.unitWeights(), k, STARTS, seed);
    double within = ClusterCriteria.of(points, fit.assign(points), k).withinSquares();
    return StrictMath.log(Math.max(within, Double.MIN_NORMAL));
  }

  private static Points reference(Points points, long seed) {
    int d = points.dimensions;
    double[] low = points.row(0);
    double[] high = points.row(0);
    for (int i = 0; i < points.values.length; i++) {
      low[i % d] = Math.min(low[i % d], points.values[i]);
      high[i % d] = Math.max(high[i % d], points.values[i]);
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[points.values.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = low[i % d] + random.nextDouble() * (high[i % d] - low[i % d]);
    }
    return new Points(values, d);
  }
}
