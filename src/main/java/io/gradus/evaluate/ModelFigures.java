package io.gradus.evaluate;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The figures of models at a cut-off, with 95 % intervals where a closed form is known. Churned
 * customers are the positive class; figures ending in {@code _buyers} take buyers as positive.
 */
public final class ModelFigures {
  private final List<ModelMetric> rows = new ArrayList<>();

  /** Adds the forecasts of one model for one cut-off, whatever they are of. */
  void add(Task task, LocalDate cutOff, String model, double[] actual, double[] forecast) {
    if (task == Task.VALUE) {
      addValue(cutOff, model, actual, forecast);
      return;
    }
    boolean[] churned = new boolean[actual.length];
    for (int i = 0; i < churned.length; i++) {
      churned[i] = actual[i] > 0;
    }
    addChurn(cutOff, model, churned, forecast);
  }

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

  /**
   * Adds what one model gains over another in a loss per customer, by paired bootstrap.
   *
   * @param cutOff null for losses over several cut-offs
   */
  public void addGain(
      @Nullable LocalDate cutOff, String model, String over, double[] losses, double[] overLosses) {
    Interval gain = PairedBootstrap.meanDifference(overLosses, losses);
    rows.add(ModelMetric.of(cutOff, model, "log_loss_gain_over_" + over, gain));
  }

  /** The figures, in the order in which they were added. */
  public List<ModelMetric> rows() {
    return List.copyOf(rows);
  }

  private void add(LocalDate cutOff, String model, String metric, double value) {
    rows.add(ModelMetric.of(cutOff, model, metric, value));
  }

  private void add(LocalDate cutOff, String model, String metric, Interval interval) {
    rows.add(ModelMetric.of(cutOff, model, metric, interval));
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
