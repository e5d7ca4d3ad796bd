package io.gradus.clv;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How forecasts of amounts that cannot be negative compare with what came. Equal forecasts share
 * their ranks.
 *
 * @param deviance mean Poisson deviance 2 [y ln(y/μ) − y + μ], which the true mean μ makes smallest
 *     whatever the distribution of y (Gneiting 2011, JASA 106); infinite where something came
 *     against a forecast of zero
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
    double deviance,
    double mae,
    double rmse,
    double bias,
    double gini,
    double spearman,
    double topDecileCapture) {

  /**
   * Compares forecasts with actual values.
   *
   * @param forecast one per customer, ≥ 0
   * @param actual as many, ≥ 0
   * @throws IllegalArgumentException when the lengths differ or there is none
   */
  public static ForecastAccuracy of(double[] forecast, double[] actual) {
    int n = forecast.length;
    if (n == 0 || actual.length != n) {
      throw new IllegalArgumentException(
          "forecasts and actual values must match: " + n + " and " + actual.length);
    }
    double deviance = 0;
    double absolute = 0;
    double squared = 0;
    double sumForecast = 0;
    double sumActual = 0;
    for (int i = 0; i < n; i++) {
      double error = forecast[i] - actual[i];
      deviance += deviance(forecast[i], actual[i]);
      absolute += Math.abs(error);
      squared += error * error;
      sumForecast += forecast[i];
      sumActual += actual[i];
    }
    double[] forecastRanks = ranks(forecast);
    double[] actualRanks = ranks(actual);
    return new ForecastAccuracy(
        deviance / n,
        absolute / n,
        Math.sqrt(squared / n),
        sumActual > 0 ? sumForecast / sumActual - 1 : Double.NaN,
        gini(forecastRanks, actual) / gini(actualRanks, actual),
        correlation(forecastRanks, actualRanks),
        sumActual > 0 ? capture(forecast, actual) / sumActual : Double.NaN);
  }

  /** Each figure's mean over several comparisons, at least one. */
  public static ForecastAccuracy mean(List<ForecastAccuracy> several) {
    return new ForecastAccuracy(
        mean(several, ForecastAccuracy::deviance),
        mean(several, ForecastAccuracy::mae),
        mean(several, ForecastAccuracy::rmse),
        mean(several, ForecastAccuracy::bias),
        mean(several, ForecastAccuracy::gini),
        mean(several, ForecastAccuracy::spearman),
        mean(several, ForecastAccuracy::topDecileCapture));
  }

  private static double mean(
      List<ForecastAccuracy> several, ToDoubleFunction<ForecastAccuracy> figure) {
    return several.stream().mapToDouble(figure).average().orElse(Double.NaN);
  }

  /** The figures by their names in the metric table. */
  public Map<String, Double> figures() {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("deviance", deviance);
    figures.put("mae", mae);
    figures.put("rmse", rmse);
    figures.put("bias", bias);
    figures.put("gini", gini);
    figures.put("spearman", spearman);
    figures.put("top_decile", topDecileCapture);
    return figures;
  }

  private static double deviance(double forecast, double actual) {
    double log = actual > 0 ? actual * Math.log(actual / forecast) : 0;
    return 2 * (log - actual + forecast);
  }

  /** Twice the area between the diagonal and the actual values' share curve, lowest first. */
  private static double gini(double[] ranks, double[] actual) {
    int n = actual.length;
    double total = 0;
    double weighted = 0;
    for (int i = 0; i < n; i++) {
      total += actual[i];
      weighted += ranks[i] * actual[i];
    }
    return (2 * weighted / total - n - 1) / n;
  }

  /** The actual total of the tenth with the highest forecasts; equal ones share the last places. */
  private static double capture(double[] forecast, double[] actual) {
    int n = forecast.length;
    double places = Math.ceil(0.1 * n);
    double[] sorted = forecast.clone();
    Arrays.sort(sorted);
    double last = sorted[n - (int) places];
    double above = n - firstAbove(sorted, last);
    double equal = n - above - firstAtLeast(sorted, last);
    double share = (places - above) / equal;
    double captured = 0;
    for (int i = 0; i < n; i++) {
      captured += forecast[i] > last ? actual[i] : forecast[i] == last ? share * actual[i] : 0;
    }
    return captured;
  }

  /** Ranks from 1, the mean rank for equal values. */
  private static double[] ranks(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] ranks = new double[values.length];
    for (int i = 0; i < ranks.length; i++) {
      ranks[i] = (firstAtLeast(sorted, values[i]) + 1 + firstAbove(sorted, values[i])) / 2.0;
    }
    return ranks;
  }

  private static int firstAtLeast(double[] sorted, double value) {
    return first(sorted, value, false);
  }

  private static int firstAbove(double[] sorted, double value) {
    return first(sorted, value, true);
  }

  private static int first(double[] sorted, double value, boolean above) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value || above && sorted[middle] == value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
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
