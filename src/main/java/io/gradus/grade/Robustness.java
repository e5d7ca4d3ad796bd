package io.gradus.grade;

import java.io.Serializable;

/** How often a customer's raw grade stays the same when the weights are perturbed. */
final class Robustness implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int DIMENSIONS = DimensionName.values().length;

  private final double[][] draws;
  private final int[] dimension;

  Robustness(Scorecard card, int draws) {
    this.draws = Dirichlet.around(card.weights(), draws);
    this.dimension = new int[card.size()];
    for (int j = 0; j < dimension.length; j++) {
      dimension[j] = card.dimension(j);
    }
  }

  /**
   * The share of draws that give the place.
   *
   * @param scores per indicator, NaN when left out
   * @return 0..1; NaN without draws
   */
  double share(double[] scores, GradeModel model, int place) {
    if (draws.length == 0) {
      return Double.NaN;
    }
    if (model.isSame(extreme(scores, false), extreme(scores, true), place)) {
      return 1;
    }
    int same = 0;
    double[] whole = new double[DIMENSIONS];
    double[] present = new double[DIMENSIONS];
    double[] score = new double[DIMENSIONS];
    for (double[] weights : draws) {
      double total = dimensionScores(scores, weights, whole, present, score);
      same += model.place(new Standing(score, total, 0, 0, 0, 0)) == place ? 1 : 0;
    }
    return (double) same / draws.length;
  }

  /**
   * The lowest or highest scores that any weights can give: a weighted mean lies between its parts.
   */
  private Standing extreme(double[] scores, boolean highest) {
    double[] ends = new double[DIMENSIONS];
    java.util.Arrays.fill(ends, Double.NaN);
    double total = Double.NaN;
    for (int j = 0; j < scores.length; j++) {
      if (!Double.isNaN(scores[j])) {
        int d = dimension[j];
        ends[d] = further(ends[d], 100 * scores[j], highest);
        total = further(total, 100 * scores[j], highest);
      }
    }
    return new Standing(ends, total, 0, 0, 0, 0);
  }

  private static double further(double end, double score, boolean highest) {
    return Double.isNaN(end) ? score : highest ? Math.max(end, score) : Math.min(end, score);
  }

  private double dimensionScores(
      double[] scores, double[] weights, double[] whole, double[] present, double[] score) {
    for (int d = 0; d < DIMENSIONS; d++) {
      whole[d] = 0;
      present[d] = 0;
      score[d] = 0;
    }
    for (int j = 0; j < weights.length; j++) {
      int d = dimension[j];
      double known = Double.isNaN(scores[j]) ? 0 : weights[j];
      whole[d] += weights[j];
      present[d] += known;
      score[d] += known > 0 ? known * scores[j] : 0;
    }
    double total = 0;
    double known = 0;
    for (int d = 0; d < DIMENSIONS; d++) {
      if (present[d] > 0) {
        score[d] *= 100 / present[d];
        total += whole[d] * score[d];
        known += whole[d];
      } else {
        score[d] = Double.NaN;
      }
    }
    return known > 0 ? total / known : Double.NaN;
  }
}
