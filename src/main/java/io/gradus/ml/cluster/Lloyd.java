package io.gradus.ml.cluster;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Lloyd's iteration on weighted points, exact, with the bounds of Hamerly (2010): each point keeps
 * an upper bound of the distance to its centre and a lower bound of the distance to any other, and
 * is compared with the centres again only when the two meet. Every tie goes to the lowest index and
 * every sum runs in point order, so the result depends on nothing but the arguments.
 */
final class Lloyd {
  private static final int MAX_ITERATIONS = 300;

  private final Points points;
  private final double[] weights;
  private final int k;
  private final int d;
  private final int[] labels;
  private final double[] upper;
  private final double[] lower;
  private double[] centres;

  private Lloyd(Points points, double[] weights, int k) {
    this.points = points;
    this.weights = weights;
    this.k = k;
    this.d = points.dimensions;
    this.labels = new int[points.count];
    this.upper = new double[points.count];
    this.lower = new double[points.count];
    this.centres = new double[k * d];
    Arrays.fill(upper, Double.POSITIVE_INFINITY);
    Arrays.fill(lower, Double.POSITIVE_INFINITY);
  }

  /** Starts from given centres. */
  static Lloyd from(Points points, double[] weights, double[][] start) {
    Lloyd lloyd = new Lloyd(points, weights, start.length);
    for (int c = 0; c < start.length; c++) {
      lloyd.offer(c, start[c]);
    }
    return lloyd.bounded();
  }

  /** Starts from centres drawn by k-means++ (Arthur and Vassilvitskii 2007). */
  static Lloyd seeded(Points points, double[] weights, int k, long seed) {
    Lloyd lloyd = new Lloyd(points, weights, k);
    SplittableRandom random = new SplittableRandom(seed);
    double[] chance = weights.clone();
    for (int c = 0; c < k; c++) {
      lloyd.offer(c, points.row(draw(chance, random)));
      for (int i = 0; i < points.count; i++) {
        chance[i] = weights[i] * lloyd.upper[i];
      }
    }
    return lloyd.bounded();
  }

  /**
   * Iterates until the centres' squared shift is at most {@code rest}; an emptied cluster moves to
   * the worst point.
   */
  KMeans.Fit run(double rest) {
    boolean resting = false;
    for (int i = 0; i < MAX_ITERATIONS && !resting; i++) {
      double[] shift = update();
      double squared = 0;
      for (double s : shift) {
        squared += s * s;
      }
      resting = squared <= rest;
      loosen(shift);
      assign();
    }
    double[] distances = ownDistances();
    double cost = 0;
    for (int i = 0; i < points.count; i++) {
      cost += weights[i] * distances[i];
    }
    return new KMeans.Fit(rows(), labels.clone(), cost);
  }

  /** Sets a centre and compares every point with it; bounds are squared until all are set. */
  private void offer(int c, double[] centre) {
    System.arraycopy(centre, 0, centres, c * d, d);
    for (int i = 0; i < points.count; i++) {
      double distance = points.squaredDistance(i, centre);
      if (distance < upper[i]) {
        lower[i] = upper[i];
        upper[i] = distance;
        labels[i] = c;
      } else if (distance < lower[i]) {
        lower[i] = distance;
      }
    }
  }

  private Lloyd bounded() {
    for (int i = 0; i < points.count; i++) {
      upper[i] = Math.sqrt(upper[i]);
      lower[i] = Math.sqrt(lower[i]);
    }
    return this;
  }

  private double squaredDistance(int i, int c) {
    double[] values = points.values;
    double[] means = centres;
    double sum = 0;
    for (int p = i * d, q = c * d, end = p + d; p < end; p++, q++) {
      double difference = values[p] - means[q];
      sum += difference * difference;
    }
    return sum;
  }

  /** Moves every centre to the mean of its points and returns how far each went. */
  private double[] update() {
    double[] values = points.values;
    double[] sums = new double[k * d];
    double[] mass = new double[k];
    for (int i = 0, p = 0; i < points.count; i++) {
      double weight = weights[i];
      mass[labels[i]] += weight;
      for (int q = labels[i] * d, end = q + d; q < end; p++, q++) {
        sums[q] += weight * values[p];
      }
    }
    double[] distances = new double[0];
    double[] shift = new double[k];
    for (int c = 0; c < k; c++) {
      if (mass[c] == 0) {
        distances = distances.length == 0 ? ownDistances() : distances;
        relocate(distances, sums, c * d);
      }
      for (int j = c * d; j < (c + 1) * d; j++) {
        sums[j] /= mass[c] == 0 ? 1 : mass[c];
        shift[c] += (sums[j] - centres[j]) * (sums[j] - centres[j]);
      }
      shift[c] = Math.sqrt(shift[c]);
    }
    centres = sums;
    return shift;
  }

  private double[] ownDistances() {
    double[] distances = new double[points.count];
    for (int i = 0; i < distances.length; i++) {
      distances[i] = squaredDistance(i, labels[i]);
    }
    return distances;
  }

  private void relocate(double[] distances, double[] into, int at) {
    int worst = 0;
    for (int i = 1; i < points.count; i++) {
      worst = weights[i] * distances[i] > weights[worst] * distances[worst] ? i : worst;
    }
    System.arraycopy(points.values, worst * d, into, at, d);
    distances[worst] = 0;
  }

  /** Widens the bounds by what the centres have moved. */
  private void loosen(double[] shift) {
    int farthest = 0;
    for (int c = 1; c < k; c++) {
      farthest = shift[c] > shift[farthest] ? c : farthest;
    }
    double second = 0;
    for (int c = 0; c < k; c++) {
      second = c == farthest ? second : Math.max(second, shift[c]);
    }
    for (int i = 0; i < points.count; i++) {
      upper[i] += shift[labels[i]];
      lower[i] -= labels[i] == farthest ? second : shift[farthest];
    }
  }

  private void assign() {
    double[] half = halfGaps();
    for (int i = 0; i < points.count; i++) {
      double bound = Math.max(half[labels[i]], lower[i]);
      if (upper[i] >= bound) {
        upper[i] = Math.sqrt(squaredDistance(i, labels[i]));
        if (upper[i] >= bound) {
          compare(i);
        }
      }
    }
  }

  private void compare(int i) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    double next = Double.POSITIVE_INFINITY;
    for (int c = 0; c < k; c++) {
      double distance = squaredDistance(i, c);
      if (distance < least) {
        next = least;
        least = distance;
        best = c;
      } else if (distance < next) {
        next = distance;
      }
    }
    labels[i] = best;
    upper[i] = Math.sqrt(least);
    lower[i] = Math.sqrt(next);
  }

  /** Half the distance from each centre to the nearest other one: nothing nearer can change. */
  private double[] halfGaps() {
    double[] half = new double[k];
    Arrays.fill(half, Double.POSITIVE_INFINITY);
    for (int a = 0; a < k; a++) {
      for (int b = a + 1; b < k; b++) {
        double sum = 0;
        for (int j = 0; j < d; j++) {
          double difference = centres[a * d + j] - centres[b * d + j];
          sum += difference * difference;
        }
        double gap = Math.sqrt(sum) / 2;
        half[a] = Math.min(half[a], gap);
        half[b] = Math.min(half[b], gap);
      }
    }
    return half;
  }

  private double[][] rows() {
    double[][] rows = new double[k][];
    for (int c = 0; c < k; c++) {
      rows[c] = Arrays.copyOfRange(centres, c * d, (c + 1) * d);
    }
    return rows;
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
}
