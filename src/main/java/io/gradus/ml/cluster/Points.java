package io.gradus.ml.cluster;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Points in row-major order; NaN marks an unknown coordinate before scaling. Not modified. */
final class Points {
  final double[] values;
  final int count;
  final int dimensions;

  Points(double[] values, int dimensions) {
    this.values = values;
    this.dimensions = dimensions;
    this.count = dimensions == 0 ? 0 : values.length / dimensions;
  }

  static Points of(double[][] rows) {
    int dimensions = rows.length == 0 ? 0 : rows[0].length;
    double[] values = new double[rows.length * dimensions];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, values, i * dimensions, dimensions);
    }
    return new Points(values, dimensions);
  }

  double[] row(int index) {
    return Arrays.copyOfRange(values, index * dimensions, (index + 1) * dimensions);
  }

  /** Squared Euclidean distance of a point to a centre. */
  double squaredDistance(int index, double[] centre) {
    double[] coordinates = values;
    double sum = 0;
    for (int j = 0, p = index * dimensions; j < centre.length; j++, p++) {
      double difference = coordinates[p] - centre[j];
      sum += difference * difference;
    }
    return sum;
  }

  /** At most {@code most} points at equal steps through the order. */
  Points every(int most) {
    if (count <= most) {
      return this;
    }
    double[] picked = new double[most * dimensions];
    for (int i = 0; i < most; i++) {
      int from = (int) ((long) i * count / most);
      System.arraycopy(values, from * dimensions, picked, i * dimensions, dimensions);
    }
    return new Points(picked, dimensions);
  }

  /** The points of positive weight, in order. */
  Points weighted(double[] weights) {
    double[] kept = new double[values.length];
    int next = 0;
    for (int i = 0; i < count; i++) {
      if (weights[i] > 0) {
        System.arraycopy(values, i * dimensions, kept, next, dimensions);
        next += dimensions;
      }
    }
    return new Points(Arrays.copyOf(kept, next), dimensions);
  }

  /** The number of distinct points, or {@code enough} as soon as there are that many. */
  int distinct(int enough) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < count && seen.size() < enough; i++) {
      seen.add(Arrays.toString(row(i)));
    }
    return seen.size();
  }

  /** The mean of every coordinate under point weights. */
  double[] mean(double[] weights) {
    double[] mean = new double[dimensions];
    double total = 0;
    for (int i = 0; i < count; i++) {
      total += weights[i];
      for (int j = 0; j < dimensions; j++) {
        mean[j] += weights[i] * values[i * dimensions + j];
      }
    }
    for (int j = 0; j < dimensions; j++) {
      mean[j] /= total;
    }
    return mean;
  }

  /** Weight 1 for every point. */
  double[] unitWeights() {
    double[] weights = new double[count];
    Arrays.fill(weights, 1);
    return weights;
  }
}
