package io.gradus.ml.churn;

import io.gradus.evaluate.Metrics;
import io.gradus.evaluate.ModelBacktest;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Forecasts of spend beside what came, on one cut-off.
 *
 * @param cutOff the cut-off
 * @param actual value that came
 * @param past net amount so far
 * @param btyd Pareto/NBD × Gamma–Gamma
 * @param hurdle the challenger, or null where it could not be learned
 */
record SpendFold(
    LocalDate cutOff, double[] actual, double[] past, double[] btyd, double @Nullable [] hurdle) {
  static final String PAST = "past_spend";
  static final String BTYD = "btyd_spend";
  static final String HURDLE = "hurdle_spend";

  static SpendFold of(Snapshot test, SpendModel model, @Nullable HurdleSpend hurdle) {
    return new SpendFold(
        test.window().origin(),
        test.value(),
        test.customers().stream().mapToDouble(c -> Math.max(0, c.netTotal())).toArray(),
        test.customers().stream()
            .mapToDouble(c -> model.outlook(c, test.window().days()).spend())
            .toArray(),
        hurdle == null ? null : test.customers().stream().mapToDouble(hurdle::expected).toArray());
  }

  void addTo(ModelBacktest figures) {
    figures.addValue(cutOff, PAST, actual, past);
    figures.addValue(cutOff, BTYD, actual, btyd);
    if (hurdle != null) {
      figures.addValue(cutOff, HURDLE, actual, hurdle);
    }
  }

  /** Whether the hurdle forecast has the larger normalised Gini. */
  boolean hurdleRanksBetter() {
    return hurdle != null
        && Metrics.normalisedGini(actual, hurdle) > Metrics.normalisedGini(actual, btyd);
  }
}
