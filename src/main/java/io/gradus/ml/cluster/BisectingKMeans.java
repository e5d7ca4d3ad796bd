package io.gradus.ml.cluster;

import java.util.Arrays;

/**
 * Bisecting k-means (Steinbach, Karypis and Kumar 2000): the cluster with the largest sum of
 * squares is split in two by k-means until there are k.
 */
final class BisectingKMeans {
  private BisectingKMeans() {}

  /** The centres of the leaves; assignment is to the nearest of them. */
  static double[][] fit(Points points, double[] weights, int k, int starts, long seed) {
    double[][] centres = new double[k][];
    int[] labels = new int[points.count];
    centres[0] = points.mean(weights);
    for (int count = 1; count < k; count++) {
      int widest = widest(points, weights, labels, centres, count);
      double[] inside = only(weights, labels, widest);
      KMeans.Fit halves = KMeans.best(points, inside, 2, starts, Seeds.mix(seed, count));
      centres[widest] = halves.centres()[0];
      centres[count] = halves.centres()[1];
      for (int i = 0; i < labels.length; i++) {
        if (labels[i] == widest && halves.labels()[i] == 1) {
          labels[i] = count;
        }
      }
    }
    return centres;
  }

  private static int widest(
      Points points, double[] weights, int[] labels, double[][] centres, int count) {
    double[] squares = new double[count];
    for (int i = 0; i < points.count; i++) {
      squares[labels[i]] += weights[i] * points.squaredDistance(i, centres[labels[i]]);
    }
    int widest = 0;
    for (int c = 1; c < count; c++) {
      widest = squares[c] > squares[widest] ? c : widest;
    }
    return widest;
  }

  private static double[] only(double[] weights, int[] labels, int cluster) {
    double[] inside = Arrays.copyOf(weights, weights.length);
    for (int i = 0; i < inside.length; i++) {
      inside[i] = labels[i] == cluster ? inside[i] : 0;
    }
    return inside;
  }
}
