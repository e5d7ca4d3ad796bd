package io.gradus.grade;

import io.gradus.grade.Indicator.Direction;
import java.io.Serializable;
import java.util.List;

/**
 * A policy and its ruler, compiled for one scope: indicator values to scores. An additive model, so
 * that each point of the total belongs to one indicator. Points are whole millionths, which makes
 * sums exact and independent of their order. Missing values are NaN.
 */
final class Scorecard implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Millionths of a point in the 100 points of a full score. */
  private static final double FULL = 1e8;

  private static final double MICRO = 1e6;
  private static final int DIMENSIONS = DimensionName.values().length;

  private final List<Indicator> indicators;
  private final Ruler.Limits[] limits;
  private final double[] weights;
  private final int[] dimension;
  private final double[] medianScore;

  private Scorecard(
      List<Indicator> indicators, Ruler.Limits[] limits, double[] weights, int[] dimension) {
    this.indicators = indicators;
    this.limits = limits;
    this.weights = weights;
    this.dimension = dimension;
    this.medianScore = new double[weights.length];
    for (int j = 0; j < weights.length; j++) {
      medianScore[j] = score(j, limits[j].median());
    }
  }

  /**
   * Compiles a policy.
   *
   * @throws IllegalArgumentException when the ruler lacks an indicator of the policy
   */
  static Scorecard of(Policy policy, Ruler.Scale scale) {
    List<Indicator> indicators = policy.indicators();
    Ruler.Limits[] limits = new Ruler.Limits[indicators.size()];
    double[] weights = new double[indicators.size()];
    for (int j = 0; j < limits.length; j++) {
      String column = indicators.get(j).column();
      Ruler.Limits limit = scale.limits().get(column);
      Double weight = scale.weights().get(column);
      if (limit == null || weight == null) {
        throw new IllegalArgumentException(
            "the ruler was not cut for indicator '"
                + column
                + "'; cut a new one for policy "
                + policy.name()
                + " version "
                + policy.version());
      }
      limits[j] = limit;
      weights[j] = weight;
    }
    int[] dimension =
        policy.dimensionOfIndicator().stream().mapToInt(DimensionName::ordinal).toArray();
    return new Scorecard(indicators, limits, weights, dimension);
  }

  /**
   * The score 0..1 of one value; NaN when it is missing and left out, .5 where the ruler is not cut
   * for want of customers.
   */
  double score(int j, double value) {
    Indicator indicator = indicators.get(j);
    if (Double.isNaN(value)) {
      Double fixed = indicator.whenMissing();
      return fixed == null ? Double.NaN : fixed;
    }
    double low = transform(j, limits[j].lower());
    double high = transform(j, limits[j].upper());
    double scaled = high > low ? (transform(j, value) - low) / (high - low) : .5;
    double clipped = Math.min(1, Math.max(0, scaled));
    return indicator.direction() == Direction.LOWER ? 1 - clipped : clipped;
  }

  /** The value whose score is {@code score}; the inverse of {@link #score(int, double)}. */
  double value(int j, double score) {
    double up = indicators.get(j).direction() == Direction.LOWER ? 1 - score : score;
    double low = transform(j, limits[j].lower());
    double high = transform(j, limits[j].upper());
    double transformed = low + up * (high - low);
    return indicators.get(j).original(transformed, limits[j].unit());
  }

  /** Scores, points and dimension scores of one customer. */
  Assessment assess(double[] values) {
    double[] scores = new double[weights.length];
    for (int j = 0; j < scores.length; j++) {
      scores[j] = score(j, values[j]);
    }
    return assess(scores, weights);
  }

  /** The same with other weights, for scores already computed. */
  Assessment assess(double[] scores, double[] weights) {
    double[] whole = new double[DIMENSIONS];
    double[] present = new double[DIMENSIONS];
    double[] weighted = new double[DIMENSIONS];
    for (int j = 0; j < scores.length; j++) {
      int d = dimension[j];
      whole[d] += weights[j];
      if (!Double.isNaN(scores[j])) {
        present[d] += weights[j];
        weighted[d] += weights[j] * scores[j];
      }
    }
    double known = 0;
    double coverage = 0;
    double[] dimensionScores = new double[DIMENSIONS];
    for (int d = 0; d < DIMENSIONS; d++) {
      known += present[d] > 0 ? whole[d] : 0;
      coverage += present[d];
      dimensionScores[d] =
          present[d] > 0 ? Math.round(FULL * weighted[d] / present[d]) / MICRO : Double.NaN;
    }
    long[] points = new long[scores.length];
    long[] reference = new long[scores.length];
    long total = 0;
    for (int j = 0; j < scores.length; j++) {
      if (!Double.isNaN(scores[j])) {
        int d = dimension[j];
        double effective = FULL * weights[j] / present[d] * whole[d] / known;
        points[j] = Math.round(effective * scores[j]);
        reference[j] = Math.round(effective * medianScore[j]);
        total += points[j];
      }
    }
    return new Assessment(
        scores,
        points,
        reference,
        dimensionScores,
        known > 0 ? total / MICRO : Double.NaN,
        coverage);
  }

  /** The share of one indicator in its dimension, for the indicators that are known. */
  double shareOfDimension(int j, double[] scores) {
    double present = 0;
    for (int i = 0; i < scores.length; i++) {
      present += dimension[i] == dimension[j] && !Double.isNaN(scores[i]) ? weights[i] : 0;
    }
    return weights[j] / present;
  }

  int size() {
    return weights.length;
  }

  Indicator indicator(int j) {
    return indicators.get(j);
  }

  double median(int j) {
    return limits[j].median();
  }

  int dimension(int j) {
    return dimension[j];
  }

  double[] weights() {
    return weights.clone();
  }

  private double transform(int j, double value) {
    return indicators.get(j).transformed(value, limits[j].unit());
  }

  /**
   * What a scorecard says of one customer.
   *
   * @param scores per indicator 0..1, NaN when left out
   * @param points per indicator, in millionths of a point of the total
   * @param reference the points of a customer with the median value in each indicator that is known
   * @param dimensionScores 0..100 by {@link DimensionName#ordinal()}, NaN when nothing is known
   * @param total 0..100, the sum of the points; NaN when nothing is known
   * @param coverage the share of the weight whose indicators are known
   */
  record Assessment(
      double[] scores,
      long[] points,
      long[] reference,
      double[] dimensionScores,
      double total,
      double coverage) {

    /** Points above or below the median customer, in millionths; they add up exactly. */
    long contribution(int j) {
      return points[j] - reference[j];
    }

    /** The total of the median customer, 0..100. */
    double referenceTotal() {
      long sum = 0;
      for (long r : reference) {
        sum += r;
      }
      return sum / MICRO;
    }
  }
}
