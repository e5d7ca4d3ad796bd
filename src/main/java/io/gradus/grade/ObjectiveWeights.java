package io.gradus.grade;

import java.util.Arrays;

/** Weights from how indicators differ between customers, without an opinion. */
final class ObjectiveWeights {
  private ObjectiveWeights() {}

  /**
   * CRITIC (Diakoulaki, Mavrotas and Papayannakis 1995, Computers &amp; Operations Research 22):
   * the information of indicator j is σⱼ·Σₖ(1 − r_jk), the weight its share.
   *
   * @param deviations standard deviation of each indicator's scores
   * @param correlations between the scores
   * @return adding up to 1; equal when nothing varies
   */
  static double[] critic(double[] deviations, double[][] correlations) {
    double[] information = new double[deviations.length];
    for (int j = 0; j < information.length; j++) {
      double conflict = 0;
      for (int k = 0; k < information.length; k++) {
        conflict += k == j ? 0 : 1 - correlations[j][k];
      }
      information[j] = deviations[j] * (information.length == 1 ? 1 : conflict);
    }
    return shares(information);
  }

  /**
   * Shannon's entropy (Zeleny 1982, Multiple Criteria Decision Making): pᵢⱼ = sᵢⱼ/Σᵢsᵢⱼ, eⱼ = −Σᵢ
   * pᵢⱼ ln pᵢⱼ / ln n, and the weight is the share of 1 − eⱼ.
   *
   * @param sums Σᵢ sᵢⱼ
   * @param sumsOfLogs Σᵢ sᵢⱼ ln sᵢⱼ, from which eⱼ = (ln S − Σ s ln s / S)/ln n follows
   * @param counts customers whose indicator is known
   * @return adding up to 1; equal when nothing varies
   */
  static double[] entropy(double[] sums, double[] sumsOfLogs, long[] counts) {
    double[] divergence = new double[sums.length];
    for (int j = 0; j < sums.length; j++) {
      if (sums[j] > 0 && counts[j] > 1) {
        double entropy = (Math.log(sums[j]) - sumsOfLogs[j] / sums[j]) / Math.log(counts[j]);
        divergence[j] = Math.max(0, 1 - entropy);
      }
    }
    return shares(divergence);
  }

  private static double[] shares(double[] amounts) {
    double sum = Arrays.stream(amounts).sum();
    return Arrays.stream(amounts).map(a -> sum > 1e-12 ? a / sum : 1.0 / amounts.length).toArray();
  }
}
