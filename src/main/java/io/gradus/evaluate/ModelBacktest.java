package io.gradus.evaluate;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The figures of models over several cut-offs. Churned customers are the positive class; figures
 * ending in {@code _buyers} take buyers as positive. Customers are in memory: the caller bounds
 * them.
 */
public final class ModelBacktest {
  private static final List<String> LARGER_IS_BETTER =
      List.of(
          "roc_auc",
          "pr_auc",
          "pr_auc_buyers",
          "lift_10",
          "recall_10",
          "lift_10_buyers",
          "recall_10_buyers",
          "gini",
          "spearman",
          "top_20_capture");

  private final List<ModelMetric> rows = new ArrayList<>();
  private final Map<String, Map<String, List<Double>>> byModel = new LinkedHashMap<>();

  /**
   * Adds the churn forecasts of one model for one cut-off.
   *
   * @param churned what came
   * @param probability of churn, in the same order
   */
  public void addChurn(LocalDate cutOff, String model, boolean[] churned, double[] probability) {
    boolean[] bought = new boolean[churned.length];
    double[] buying = new double[churned.length];
    for (int i = 0; i < churned.length; i++) {
      bought[i] = !churned[i];
      buying[i] = 1 - probability[i];
    }
    add(cutOff, model, "roc_auc", aucInterval(churned, probability));
    add(cutOff, model, "pr_auc", Metrics.averagePrecision(churned, probability));
    add(cutOff, model, "pr_auc_buyers", Metrics.averagePrecision(bought, buying));
    add(cutOff, model, "brier", meanInterval(Metrics.brierLosses(churned, probability)));
    add(cutOff, model, "log_loss", meanInterval(Metrics.logLosses(churned, probability)));
    add(cutOff, model, "ece", Metrics.calibrationError(churned, probability, 10));
    add(cutOff, model, "lift_10", Metrics.liftAt(churned, probability, 0.1));
    add(cutOff, model, "recall_10", Metrics.recallAt(churned, probability, 0.1));
    add(cutOff, model, "lift_10_buyers", Metrics.liftAt(bought, buying, 0.1));
    add(cutOff, model, "recall_10_buyers", Metrics.recallAt(bought, buying, 0.1));
    add(cutOff, model, "mean_probability", Metrics.mean(probability));
    add(cutOff, model, "observed_rate", Metrics.rate(churned));
    add(cutOff, model, "customers", churned.length);
  }

  /**
   * Adds the value forecasts of one model for one cut-off.
   *
   * @param actual value that came, ≥ 0
   * @param predicted forecast, in the same order
   */
  public void addValue(LocalDate cutOff, String model, double[] actual, double[] predicted) {
    add(cutOff, model, "gini", Metrics.normalisedGini(actual, predicted));
    add(cutOff, model, "spearman", Metrics.spearman(actual, predicted));
    add(cutOff, model, "top_20_capture", Metrics.captureAt(actual, predicted, 0.2));
    add(cutOff, model, "bias", Metrics.bias(actual, predicted));
    add(cutOff, model, "mae", meanInterval(absoluteErrors(actual, predicted)));
  }

  /** Adds what one model gains over another in a loss per customer, by paired bootstrap. */
  public void addGain(
      LocalDate cutOff, String model, String over, double[] losses, double[] overLosses) {
    Interval gain = PairedBootstrap.meanDifference(overLosses, losses);
    rows.add(ModelMetric.of(cutOff, model, "log_loss_gain_over_" + over, gain));
  }

  /** The figures per cut-off. */
  public List<ModelMetric> perCutOff() {
    return List.copyOf(rows);
  }

  /** The figures per cut-off, then each model's mean and worst over the cut-offs. */
  public List<ModelMetric> metrics() {
    List<ModelMetric> all = new ArrayList<>(rows);
    byModel.forEach(
        (model, metrics) ->
            metrics.forEach(
                (metric, values) -> {
                  double[] v = values.stream().mapToDouble(Double::doubleValue).toArray();
                  all.add(ModelMetric.of(null, model, metric + "_mean", Metrics.mean(v)));
                  all.add(ModelMetric.of(null, model, metric + "_worst", worst(metric, v)));
                }));
    return List.copyOf(all);
  }

  private static double worst(String metric, double[] values) {
    if (metric.equals("bias")) {
      return Arrays.stream(values)
          .boxed()
          .max((a, b) -> Double.compare(Math.abs(Math.log(a)), Math.abs(Math.log(b))))
          .orElse(Double.NaN);
    }
    return LARGER_IS_BETTER.contains(metric)
        ? Arrays.stream(values).min().orElse(Double.NaN)
        : Arrays.stream(values).max().orElse(Double.NaN);
  }

  private void add(LocalDate cutOff, String model, String metric, double value) {
    rows.add(ModelMetric.of(cutOff, model, metric, value));
    remember(model, metric, value);
  }

  private void add(LocalDate cutOff, String model, String metric, Interval interval) {
    rows.add(ModelMetric.of(cutOff, model, metric, interval));
    remember(model, metric, interval.value());
  }

  private void remember(String model, String metric, double value) {
    byModel
        .computeIfAbsent(model, m -> new LinkedHashMap<>())
        .computeIfAbsent(metric, m -> new ArrayList<>())
        .add(value);
  }

  private static double[] absoluteErrors(double[] actual, double[] predicted) {
    double[] errors = new double[actual.length];
    for (int i = 0; i < errors.length; i++) {
      errors[i] = Math.abs(actual[i] - predicted[i]);
    }
    return errors;
  }

  private static Interval meanInterval(double[] values) {
    double mean = Metrics.mean(values);
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double error = 1.96 * Math.sqrt(squares / values.length / Math.max(1, values.length - 1));
    return new Interval(mean, mean - error, mean + error);
  }

  /** The standard error of Hanley and McNeil (1982), Radiology 143(1). */
  private static Interval aucInterval(boolean[] positive, double[] score) {
    double auc = Metrics.rocAuc(positive, score);
    double positives = Metrics.rate(positive) * positive.length;
    double negatives = positive.length - positives;
    double q1 = auc / (2 - auc);
    double q2 = 2 * auc * auc / (1 + auc);
    double variance =
        (auc * (1 - auc) + (positives - 1) * (q1 - auc * auc) + (negatives - 1) * (q2 - auc * auc))
            / (positives * negatives);
    double error = 1.96 * Math.sqrt(Math.max(0, variance));
    return new Interval(auc, Math.max(0, auc - error), Math.min(1, auc + error));
  }
}
