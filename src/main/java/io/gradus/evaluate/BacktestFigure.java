package io.gradus.evaluate;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One figure of a backtest.
 *
 * @param task what was forecast
 * @param model the model's name
 * @param statistic what the figure is of
 * @param cutOff the cut-off; null for a figure over all of them
 * @param metric the figure's name
 * @param value the figure; NaN when the data do not define it
 * @param lower lower 95 % bound, where one is known
 * @param upper upper 95 % bound, where one is known
 * @param against for a gain, the baseline it is over; null otherwise
 */
public record BacktestFigure(
    Task task,
    String model,
    Statistic statistic,
    @Nullable LocalDate cutOff,
    String metric,
    double value,
    @Nullable Double lower,
    @Nullable Double upper,
    @Nullable String against) {

  /** What a figure is of. */
  public enum Statistic {
    /** One cut-off. */
    CUT_OFF,
    /** The mean over the cut-offs. */
    MEAN,
    /** The worst of the cut-offs. */
    WORST,
    /**
     * What the model is better by than the best baseline in this figure, on the mean over the
     * cut-offs; above 0 is better. The interval is a paired bootstrap over customers.
     */
    GAIN
  }
}
