package io.gradus.ml.churn;

/**
 * Means and standard deviations that put the inputs on one scale.
 *
 * @param means one per input
 * @param deviations one per input, &gt; 0; 1 for a constant input
 */
record Scaling(double[] means, double[] deviations) implements java.io.Serializable {

  static Scaling of(double[][] inputs) {
    int k = inputs[0].length;
    double[] means = new double[k];
    double[] deviations = new double[k];
    for (double[] row : inputs) {
      for (int j = 0; j < k; j++) {
        means[j] += row[j] / inputs.length;
      }
    }
    for (double[] row : inputs) {
      for (int j = 0; j < k; j++) {
        deviations[j] += (row[j] - means[j]) * (row[j] - means[j]) / inputs.length;
      }
    }
    for (int j = 0; j < k; j++) {
      deviations[j] = deviations[j] > 1e-12 ? Math.sqrt(deviations[j]) : 1;
    }
    return new Scaling(means, deviations);
  }

  /** The scaled inputs of one row. */
  double[] apply(double[] row) {
    double[] scaled = new double[row.length];
    for (int j = 0; j < row.length; j++) {
      scaled[j] = (row[j] - means[j]) / deviations[j];
    }
    return scaled;
  }
}
