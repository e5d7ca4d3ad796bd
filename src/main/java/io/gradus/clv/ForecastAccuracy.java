package io.gradus.clv;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How forecasts compare with what came. Equal forecasts share their ranks.
 *
 * @param mae mean absolute error
 * @param rmse root of the mean squared error
 * @param bias Σ forecast / Σ actual − 1; NaN when nothing came
 * @param gini Gini coefficient of the actual values in the forecasts' order, as a share of that in
 *     their own order; NaN when nothing came
 * @param spearman rank correlation; 0 when either does not vary
 * @param topDecileCapture share of the actual total that the tenth with the highest forecasts
 *     brought; NaN when nothing came
 */
public record ForecastAccuracy(
    double mae, double rmse, double bias, double gini, double spearman, double topDecileCapture) {

  /**
   * Compares forecasts with actual values.
   *
   * @param forecast one per customer
   * @param actual as many, ≥ 0
   * @throws IllegalArgumentException when the lengths differ or there is none
   */
  public static ForecastAccuracy of(double[] forecast, double[] actual) {
    int n = forecast.length;
    if (n == 0 || actual.length != n) {
      throw new IllegalArgumentException(
          "forecasts and actual values must match: " + n + " and " + actual.length);
    }
    double absolute = 0;
    double squared = 0;
    double sumForecast = 0;
    double sumActual = 0;
    for (int i = 0; i < n; i++) {
      double error = forecast[i] - actual[i];
      absolute += Math.abs(error);
      squared += error * error;
      sumForecast += forecast[i];
      sumActual += actual[i];
    }
    return new ForecastAccuracy(
        absolute / n,
        Math.sqrt(squared / n),
        sumActual > 0 ? sumForecast / sumActual - 1 : Double.NaN,
        gini(forecast, actual) / gini(actual, actual),
        correlation(ranks(forecast), ranks(actual)),
        sumActual > 0 ? capture(forecast, actual, 0.1) / sumActual : Double.NaN);
  }

  /** Twice the area between the diagonal and the actual values' share curve, lowest first. */
  private static double gini(double[] forecast, double[] actual) {
    int n = actual.length;
    double[] ranks = ranks(forecast);
    double total = 0;
    double weighted = 0;
    for (int i = 0; i < n; i++) {
      total += actual[i];
      weighted += ranks[i] * actual[i];
    }
    return (2 * weighted / total - n - 1) / n;
  }

  /** The actual total of the given share of customers with the highest forecasts. */
  private static double capture(double[] forecast, double[] actual, double share) {
    Integer[] order = descending(forecast);
    double left = Math.ceil(share * forecast.length);
    double captured = 0;
    for (int from = 0; from < order.length && left > 0; ) {
      int to = from;
      double sum = 0;
      while (to < order.length && forecast[order[to]] == forecast[order[from]]) {
        sum += actual[order[to++]];
      }
      captured += sum * Math.min(1, left / (to - from));
      left -= to - from;
      from = to;
    }
    return captured;
  }

  /** Ranks from 1, the mean rank for equal values. */
  private static double[] ranks(double[] values) {
    Integer[] order = descending(values);
    int n = values.length;
    double[] ranks = new double[n];
    for (int from = 0; from < n; ) {
      int to = from;
      while (to < n && values[order[to]] == values[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = n - (from + to - 1) / 2.0;
      }
      from = to;
    }
    return ranks;
  }

  private static Integer[] descending(double[] values) {
    Integer[] order = IntStream.range(0, values.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> -values[i]));
    return order;
  }

  private static double correlation(double[] x, double[] y) {
    double meanX = Arrays.stream(x).average().orElse(0);
    double meanY = Arrays.stream(y).average().orElse(0);
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - meanX) * (y[i] - meanY);
      xx += (x[i] - meanX) * (x[i] - meanX);
      yy += (y[i] - meanY) * (y[i] - meanY);
    }
    return xx > 0 && yy > 0 ? xy / Math.sqrt(xx) / Math.sqrt(yy) : 0;
  }
}
