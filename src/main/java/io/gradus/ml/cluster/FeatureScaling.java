package io.gradus.ml.cluster;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;

import java.util.Arrays;
import org.apache.spark.sql.Column;

/**
 * The learned scaling of every feature after its transform: winsorised to {@code lower..upper},
 * centred, divided by {@code deviation}, times √weight. An unknown value becomes 0, the mean; so
 * does every value of a feature that does not vary.
 */
record FeatureScaling(
    double[] lower, double[] upper, double[] mean, double[] deviation, double[] rootWeight) {

  /**
   * Learns the limits from points of transformed values.
   *
   * @param tail share cut off at either end, 0..0.5
   */
  static FeatureScaling learn(Points points, double tail, double[] weights) {
    int d = weights.length;
    FeatureScaling scaling =
        new FeatureScaling(
            new double[d], new double[d], new double[d], new double[d], new double[d]);
    for (int j = 0; j < d; j++) {
      scaling.learnFeature(j, known(points, j), tail);
      scaling.rootWeight[j] = Math.sqrt(weights[j]);
    }
    return scaling;
  }

  private void learnFeature(int j, double[] sorted, double tail) {
    if (sorted.length == 0) {
      return;
    }
    lower[j] = quantile(sorted, tail);
    upper[j] = quantile(sorted, 1 - tail);
    double sum = 0;
    for (double value : sorted) {
      sum += clip(j, value);
    }
    mean[j] = sum / sorted.length;
    double squares = 0;
    for (double value : sorted) {
      double difference = clip(j, value) - mean[j];
      squares += difference * difference;
    }
    double sd = Math.sqrt(squares / sorted.length);
    deviation[j] = sd > 1e-12 * Math.max(1, Math.abs(mean[j])) ? sd : 0;
  }

  /** Points of transformed values, scaled. */
  Points scale(Points points) {
    double[] scaled = new double[points.values.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = scale(i % points.dimensions, points.values[i]);
    }
    return new Points(scaled, points.dimensions);
  }

  private double scale(int j, double value) {
    if (Double.isNaN(value) || deviation[j] == 0) {
      return 0;
    }
    return (clip(j, value) - mean[j]) / deviation[j] * rootWeight[j];
  }

  /** The same for a column of transformed values. */
  Column scale(int j, Column transformed) {
    if (deviation[j] == 0) {
      return lit(0.0);
    }
    Column clipped = greatest(lit(lower[j]), least(lit(upper[j]), transformed));
    return coalesce(
        org.apache.spark.sql.functions.when(
            transformed.isNotNull(),
            clipped.minus(lit(mean[j])).divide(lit(deviation[j])).multiply(lit(rootWeight[j]))),
        lit(0.0));
  }

  /** A scaled centre back in transformed units, then scaled by another scaling. */
  double[] rescale(double[] centre, FeatureScaling other) {
    double[] result = new double[centre.length];
    for (int j = 0; j < centre.length; j++) {
      result[j] = other.scale(j, centre[j] / rootWeight[j] * deviation[j] + mean[j]);
    }
    return result;
  }

  private double clip(int j, double value) {
    return Math.max(lower[j], Math.min(upper[j], value));
  }

  private static double[] known(Points points, int j) {
    double[] values = new double[points.count];
    int known = 0;
    for (int i = 0; i < points.count; i++) {
      double value = points.values[i * points.dimensions + j];
      if (!Double.isNaN(value)) {
        values[known++] = value;
      }
    }
    double[] sorted = Arrays.copyOf(values, known);
    Arrays.sort(sorted);
    return sorted;
  }

  /** Linear interpolation between order statistics (Hyndman and Fan 1996, type 7). */
  static double quantile(double[] sorted, double p) {
    double position = p * (sorted.length - 1);
    int below = (int) Math.floor(position);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
