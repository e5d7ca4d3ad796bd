package io.gradus.ml.churn;

import io.gradus.evaluate.Metrics;
import io.gradus.evaluate.ModelFigures;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Forecasts of spend beside what came, on one cut-off.
 *
 * @param cutOff the cut-off
 * @param actual value that came
 * @param forecasts by name
 */
record SpendFold(LocalDate cutOff, double[] actual, Map<String, double[]> forecasts) {
  static final String PAST = "past_spend";
  static final String BTYD = "pareto_nbd_gamma_gamma";
  static final String HURDLE = "hurdle";

  static SpendFold of(Snapshot test, SpendModel model, @Nullable HurdleSpend hurdle) {
    Map<String, double[]> forecasts = new LinkedHashMap<>();
    forecasts.put(PAST, each(test, c -> Math.max(0, c.netTotal())));
    forecasts.put(BTYD, each(test, c -> model.outlook(c, test.window().days()).spend()));
    if (hurdle != null) {
      forecasts.put(HURDLE, each(test, hurdle::expected));
    }
    return new SpendFold(test.window().origin(), test.value(), forecasts);
  }

  static double[] each(Snapshot test, ToDoubleFunction<CustomerState> forecast) {
    List<CustomerState> customers = test.customers();
    return customers.stream().mapToDouble(forecast).toArray();
  }

  void addTo(ModelFigures figures) {
    forecasts.forEach((name, forecast) -> figures.addValue(cutOff, name, actual, forecast));
  }

  /** What the hurdle forecast's normalised Gini is larger by; 0 where it is not known. */
  double hurdleGain() {
    double[] hurdle = forecasts.get(HURDLE);
    double[] btyd = forecasts.get(BTYD);
    if (hurdle == null || btyd == null) {
      return 0;
    }
    double gain = Metrics.normalisedGini(actual, hurdle) - Metrics.normalisedGini(actual, btyd);
    return Double.isFinite(gain) ? gain : 0;
  }
}
