package io.gradus.evaluate;

import java.util.List;

/** What a model forecasts, and the figures by which forecasts are judged. */
public enum Task {
  /** Probability of no purchase; the actual is 1 for a churned customer, 0 for a buyer. */
  CHURN(
      List.of(
          "roc_auc",
          "pr_auc",
          "pr_auc_buyers",
          "brier",
          "log_loss",
          "ece",
          "lift_10",
          "recall_10",
          "lift_10_buyers",
          "recall_10_buyers",
          "mean_probability",
          "observed_rate",
          "customers")),
  /** Net spend, ≥ 0. */
  VALUE(List.of("gini", "spearman", "top_20_capture", "bias", "mae"));

  private final List<String> metrics;

  Task(List<String> metrics) {
    this.metrics = metrics;
  }

  /** The names of the figures, in the order in which they are shown. */
  public List<String> metrics() {
    return metrics;
  }
}
