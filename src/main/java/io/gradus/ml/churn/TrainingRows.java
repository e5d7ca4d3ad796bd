package io.gradus.ml.churn;

import java.util.Arrays;
import java.util.List;

/** The rows of several snapshots under one another, churned or not, a group per snapshot. */
final class TrainingRows {
  private TrainingRows() {}

  /**
   * @param inputs a row per customer, snapshot by snapshot
   * @param offset known part of the log-odds, an array per snapshot
   */
  static RidgeRegression.Rows of(
      List<Snapshot> snapshots, double[][] inputs, List<double[]> offset) {
    double[] offsets = new double[inputs.length];
    double[] responses = new double[inputs.length];
    int[] group = new int[inputs.length];
    int at = 0;
    for (int g = 0; g < snapshots.size(); g++) {
      Snapshot snapshot = snapshots.get(g);
      int n = snapshot.size();
      System.arraycopy(offset.get(g), 0, offsets, at, n);
      System.arraycopy(churned(snapshot), 0, responses, at, n);
      Arrays.fill(group, at, at + n, g);
      at += n;
    }
    return new RidgeRegression.Rows(inputs, offsets, responses, group, snapshots.size());
  }

  /** 1 for a churned customer, 0 for a buyer. */
  static double[] churned(Snapshot snapshot) {
    double[] labels = new double[snapshot.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = snapshot.churned()[i] ? 1 : 0;
    }
    return labels;
  }
}
