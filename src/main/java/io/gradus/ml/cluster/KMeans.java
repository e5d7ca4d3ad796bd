package io.gradus.ml.cluster;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Lloyd's k-means with k-means++ seeding (Arthur and Vassilvitskii 2007) on weighted points in
 * memory. Every tie goes to the lowest index and every sum runs in point order, so the result
 * depends on nothing but the arguments.
 */
final class KMeans {
  private static final int MAX_ITERATIONS = 300;
  private static final double START_TOLERANCE = 1e-4;

  private KMeans() {}

  /** Centres, the cluster of every point and the weighted sum of squared distances. */
  record Fit(double[][] centres, int[] labels, double cost) {}

  /** The cheapest of several starts, iterated to rest. */
  static Fit best(Points points, double[] weights, int k, int starts, long seed) {
    return lloyd(points, weights, rough(points, weights, k, starts, seed).centres());
  }

  /** The cheapest of several starts, the first on ties, each stopped when it hardly moves. */
  static Fit rough(Points points, double[] weights, int k, int starts, long seed) {
    Fit[] fits =
        IntStream.range(0, starts)
            .parallel()
            .mapToObj(
                s ->
                    iterate(
                        points,
                        weights,
                        seed(points, weights, k, Seeds.mix(seed, s)),
                        START_TOLERANCE))
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
    return iterate(points, weights, start, 0);
  }

  /** Iterates until the centres' squared shift is at most a share of the mean variance. */
  private static Fit iterate(Points points, double[] weights, double[][] start, double tolerance) {
    int d = points.dimensions;
    int k = start.length;
    double[] centres = flatten(start, d);
    int[] labels = new int[points.count];
    double[] distances = new double[points.count];
    double rest = tolerance * meanVariance(points, weights);
    boolean resting = false;
    for (int i = 0; i < MAX_ITERATIONS && !resting; i++) {
      assign(points, centres, k, labels, distances);
      double[] moved = update(points, weights, labels, distances, k);
      resting = squaredShift(centres, moved) <= rest;
      centres = moved;
    }
    assign(points, centres, k, labels, distances);
    double cost = 0;
    for (int i = 0; i < points.count; i++) {
      cost += weights[i] * distances[i];
    }
    return new Fit(unflatten(centres, k, d), labels, cost);
  }

  private static void assign(
      Points points, double[] centres, int k, int[] labels, double[] distances) {
    int d = points.dimensions;
    double[] values = points.values;
    for (int i = 0, base = 0; i < points.count; i++, base += d) {
      int best = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int c = 0, centre = 0; c < k; c++, centre += d) {
        double sum = 0;
        for (int j = 0; j < d; j++) {
          double difference = values[base + j] - centres[centre + j];
          sum += difference * difference;
        }
        if (sum < least) {
          least = sum;
          best = c;
        }
      }
      labels[i] = best;
      distances[i] = least;
    }
  }

  private static double[] update(
      Points points, double[] weights, int[] labels, double[] distances, int k) {
    int d = points.dimensions;
    double[] sums = new double[k * d];
    double[] mass = new double[k];
    for (int i = 0, base = 0; i < points.count; i++, base += d) {
      int centre = labels[i] * d;
      double weight = weights[i];
      mass[labels[i]] += weight;
      for (int j = 0; j < d; j++) {
        sums[centre + j] += weight * points.values[base + j];
      }
    }
    for (int c = 0; c < k; c++) {
      if (mass[c] == 0) {
        relocate(points, weights, distances, sums, c * d);
      } else {
        for (int j = 0; j < d; j++) {
          sums[c * d + j] /= mass[c];
        }
      }
    }
    return sums;
  }

  private static void relocate(
      Points points, double[] weights, double[] distances, double[] centres, int at) {
    int worst = 0;
    for (int i = 1; i < points.count; i++) {
      worst = weights[i] * distances[i] > weights[worst] * distances[worst] ? i : worst;
    }
    System.arraycopy(points.values, worst * points.dimensions, centres, at, points.dimensions);
    distances[worst] = 0;
  }

  private static double[][] seed(Points points, double[] weights, int k, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] centres = new double[k][];
    double[] chance = Arrays.copyOf(weights, points.count);
    double[] nearest = new double[points.count];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    for (int c = 0; c < k; c++) {
      centres[c] = points.row(draw(chance, random));
      for (int i = 0; i < points.count; i++) {
        nearest[i] = Math.min(nearest[i], points.squaredDistance(i, centres[c]));
        chance[i] = weights[i] * nearest[i];
      }
    }
    return centres;
  }

  /** An index drawn with probability proportional to its chance; any when all are 0. */
  private static int draw(double[] chance, SplittableRandom random) {
    double total = 0;
    for (double c : chance) {
      total += c;
    }
    double left = random.nextDouble() * total;
    int last = 0;
    for (int i = 0; i < chance.length; i++) {
      if (chance[i] > 0) {
        last = i;
        left -= chance[i];
        if (left < 0) {
          return i;
        }
      }
    }
    return last;
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

  private static double squaredShift(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
  }

  private static double[] flatten(double[][] rows, int d) {
    double[] flat = new double[rows.length * d];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, flat, i * d, d);
    }
    return flat;
  }

  private static double[][] unflatten(double[] flat, int k, int d) {
    double[][] rows = new double[k][];
    for (int i = 0; i < k; i++) {
      rows[i] = Arrays.copyOfRange(flat, i * d, (i + 1) * d);
    }
    return rows;
  }
}
