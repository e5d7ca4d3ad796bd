package io.gradus.evaluate;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One figure of one model, a row of {@code ops.model_metric}.
 *
 * @param cutOff the last day the model knew; NULL for a figure over several cut-offs
 * @param model the model's name
 * @param metric the figure's name
 * @param value the figure; NaN when the data do not define it
 * @param lower lower 95 % bound, where one is known
 * @param upper upper 95 % bound, where one is known
 */
public record ModelMetric(
    @Nullable LocalDate cutOff,
    String model,
    String metric,
    double value,
    @Nullable Double lower,
    @Nullable Double upper) {

  /** A figure without interval. */
  public static ModelMetric of(
      @Nullable LocalDate cutOff, String model, String metric, double value) {
    return new ModelMetric(cutOff, model, metric, value, null, null);
  }

  /** A figure with its interval. */
  public static ModelMetric of(
      @Nullable LocalDate cutOff, String model, String metric, Interval interval) {
    return new ModelMetric(
        cutOff, model, metric, interval.value(), interval.lower(), interval.upper());
  }
}
