package io.gradus.evaluate;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What several models said about the customers of one cut-off, and what came.
 *
 * @param cutOff the last day that the models knew
 * @param customers ids, one per customer
 * @param actual what came, in the order of the customers; see {@link Task}
 * @param forecasts by model, in the same order
 */
public record Fold(
    LocalDate cutOff, List<String> customers, double[] actual, Map<String, double[]> forecasts) {

  /** The same for some of the customers, by their positions. */
  public Fold only(int[] positions) {
    Map<String, double[]> theirs = new LinkedHashMap<>();
    forecasts.forEach((model, values) -> theirs.put(model, select(values, positions)));
    List<String> names = java.util.Arrays.stream(positions).mapToObj(customers::get).toList();
    return new Fold(cutOff, names, select(actual, positions), theirs);
  }

  /** The forecast of a model. */
  double[] forecast(String model) {
    double[] values = forecasts.get(model);
    if (values == null) {
      throw new IllegalArgumentException("no forecast of " + model + " for " + cutOff);
    }
    return values;
  }

  private static double[] select(double[] values, int[] positions) {
    double[] selected = new double[positions.length];
    for (int i = 0; i < selected.length; i++) {
      selected[i] = values[positions[i]];
    }
    return selected;
  }
}
