package io.gradus.evaluate;

import java.util.Map;

/**
 * The figures of {@link Metrics} for customers that count several times or not at all, as resamples
 * need them. The orders are computed once; a weighted figure is one pass. With weights of 1 each
 * figure is that of {@link Metrics}.
 */
final class WeightedFigures {
  private static final int BINS = 10;

  /** A figure of weighted customers. */
  interface Figure {
    double of(WeightedFigures figures, byte[] weights);
  }

  /** The figures that gains are told of, by name. */
  static final Map<String, Figure> KNOWN =
      Map.of(
          "roc_auc", WeightedFigures::rocAuc,
          "pr_auc_buyers", WeightedFigures::averagePrecisionOfBuyers,
          "brier", WeightedFigures::brier,
          "log_loss", WeightedFigures::logLoss,
          "ece", WeightedFigures::calibrationError,
          "gini", WeightedFigures::gini,
          "top_20_capture", WeightedFigures::topCapture,
          "mae", WeightedFigures::absoluteError);

  private final double[] actual;
  private final double[] forecast;
  private final int[] byForecast;
  private final int[] byActual;
  private final double[] logLosses;

  WeightedFigures(double[] actual, double[] forecast) {
    this.actual = actual;
    this.forecast = forecast;
    this.byForecast = Ranks.ascending(forecast);
    this.byActual = Ranks.ascending(actual);
    this.logLosses = Metrics.logLosses(positive(actual), forecast);
  }

  private static boolean[] positive(double[] actual) {
    boolean[] positive = new boolean[actual.length];
    for (int i = 0; i < positive.length; i++) {
      positive[i] = actual[i] > 0;
    }
    return positive;
  }

  private double rocAuc(byte[] weights) {
    double below = 0;
    double positives = 0;
    double pairs = 0;
    for (int from = 0; from < byForecast.length; ) {
      int to = Ranks.endOfTies(forecast, byForecast, from);
      double churned = 0;
      double stayed = 0;
      for (int i = from; i < to; i++) {
        int at = byForecast[i];
        churned += weights[at] * actual[at];
        stayed += weights[at] * (1 - actual[at]);
      }
      pairs += churned * (below + stayed / 2);
      below += stayed;
      positives += churned;
      from = to;
    }
    return pairs / (positives * below);
  }

  /** Buyers come first where churn is least likely: the ascending order. */
  private double averagePrecisionOfBuyers(byte[] weights) {
    double taken = 0;
    double hits = 0;
    double area = 0;
    for (int from = 0; from < byForecast.length; ) {
      int to = Ranks.endOfTies(forecast, byForecast, from);
      double more = 0;
      for (int i = from; i < to; i++) {
        int at = byForecast[i];
        more += weights[at] * (1 - actual[at]);
        taken += weights[at];
      }
      hits += more;
      area += more == 0 ? 0 : more * hits / taken;
      from = to;
    }
    return area / hits;
  }

  private double brier(byte[] weights) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * (actual[i] - forecast[i]) * (actual[i] - forecast[i]);
    }
    return sum / total(weights);
  }

  private double logLoss(byte[] weights) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * logLosses[i];
    }
    return sum / total(weights);
  }

  private double calibrationError(byte[] weights) {
    double all = total(weights);
    double[] differences = new double[BINS];
    double before = 0;
    for (int at : byForecast) {
      int bin = (int) Math.min(BINS - 1, BINS * before / all);
      differences[bin] += weights[at] * (actual[at] - forecast[at]);
      before += weights[at];
    }
    double error = 0;
    for (double difference : differences) {
      error += Math.abs(difference);
    }
    return error / all;
  }

  private double gini(byte[] weights) {
    return area(weights, byForecast, forecast) / area(weights, byActual, actual);
  }

  /** Mean rank of the value, weighted by value, less the mean rank of all. */
  private double area(byte[] weights, int[] order, double[] score) {
    double rank = 0;
    double ranked = 0;
    double value = 0;
    for (int from = 0; from < order.length; ) {
      int to = Ranks.endOfTies(score, order, from);
      double tied = 0;
      double theirs = 0;
      for (int i = from; i < to; i++) {
        tied += weights[order[i]];
        theirs += weights[order[i]] * actual[order[i]];
      }
      ranked += theirs * (rank + (tied + 1) / 2);
      rank += tied;
      value += theirs;
      from = to;
    }
    return ranked / value - (rank + 1) / 2;
  }

  private double topCapture(byte[] weights) {
    double left = Math.ceil(0.2 * total(weights));
    double captured = 0;
    double all = 0;
    for (int to = byForecast.length; to > 0; ) {
      int from = to - 1;
      while (from > 0 && forecast[byForecast[from - 1]] == forecast[byForecast[to - 1]]) {
        from--;
      }
      double tied = 0;
      double theirs = 0;
      for (int i = from; i < to; i++) {
        tied += weights[byForecast[i]];
        theirs += weights[byForecast[i]] * actual[byForecast[i]];
      }
      double take = Math.min(left, tied);
      captured += tied == 0 ? 0 : theirs * take / tied;
      left -= take;
      all += theirs;
      to = from;
    }
    return captured / all;
  }

  private double absoluteError(byte[] weights) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * Math.abs(actual[i] - forecast[i]);
    }
    return sum / total(weights);
  }

  private static double total(byte[] weights) {
    double sum = 0;
    for (byte weight : weights) {
      sum += weight;
    }
    return sum;
  }
}
