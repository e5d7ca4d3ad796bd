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
    int same = 0;
    double[] whole = new double[DIMENSIONS];
    double[] present = new double[DIMENSIONS];
    double[] score = new double[DIMENSIONS];
    for (double[] weights : draws) {
      double total = dimensionScores(scores, weights, whole, present, score);
      same += model.place(new Standing(score, total, 0, 0, 0, 0)) == place ? 1 : 0;
    }
    return draws.length == 0 ? Double.NaN : (double) same / draws.length;
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
      whole[d] += weights[j];
      if (!Double.isNaN(scores[j])) {
        present[d] += weights[j];
        score[d] += weights[j] * scores[j];
      }
    }
    double total = 0;
    double known = 0;
    for (int d = 0; d < DIMENSIONS; d++) {
      score[d] = present[d] > 0 ? 100 * score[d] / present[d] : Double.NaN;
      if (present[d] > 0) {
        total += whole[d] * score[d];
        known += whole[d];
      }
    }
    return known > 0 ? total / known : Double.NaN;
  }
}
