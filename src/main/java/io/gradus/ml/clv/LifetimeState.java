package io.gradus.ml.clv;

import io.gradus.clv.FitReport;
import io.gradus.clv.PurchaseProcess;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What {@link LifetimeValue} learned.
 *
 * @param purchases when customers buy
 * @param spend how much they spend
 * @param scopes the same for each scope that has models of its own
 */
record LifetimeState(PurchaseState purchases, SpendState spend, List<ScopedState> scopes)
    implements Serializable {
  private static final double CORRELATION_LIMIT = 0.15;
  private static final String CORRELATION_WARNING =
      "above 0.15: the spend model takes number and value to be independent";
  private static final String NO_SCOPE = "";

  /** The models of all customers as those of a scope without name. */
  ScopedState all() {
    return new ScopedState(NO_SCOPE, purchases, spend);
  }

  /** Something made of each scope's models. */
  <T extends Serializable> Scoped<T> scoped(Function<ScopedState, T> maker) {
    Map<String, T> made = new HashMap<>();
    for (ScopedState state : scopes) {
      made.put(state.scope(), maker.apply(state));
    }
    return new Scoped<>(maker.apply(all()), made);
  }

  Scoped<PurchaseProcess> processes() {
    return scoped(state -> state.purchases().process());
  }

  /** The diagnostics of all fits. */
  List<ModelMetric> metrics() {
    List<ModelMetric> metrics = new ArrayList<>();
    add(metrics, all());
    scopes.forEach(state -> add(metrics, state));
    return metrics;
  }

  private static void add(List<ModelMetric> metrics, ScopedState state) {
    String scope = state.scope().isEmpty() ? ModelMetric.ALL : state.scope();
    String purchaseModel = "clv." + state.purchases().model();
    String spendModel = "clv." + state.spend().method();
    add(metrics, purchaseModel, scope, state.purchases().report());
    metrics.add(new ModelMetric(purchaseModel, scope, "k", state.purchases().k(), ""));
    add(metrics, spendModel, scope, state.spend().report());
    boolean related = Math.abs(state.spend().correlation()) > CORRELATION_LIMIT;
    metrics.add(
        new ModelMetric(
            spendModel,
            scope,
            "correlation_frequency_value",
            state.spend().correlation(),
            related ? CORRELATION_WARNING : ""));
  }

  private static void add(List<ModelMetric> metrics, String model, String scope, FitReport report) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("log_likelihood", report.logLikelihood());
    figures.put("gradient_norm", report.gradientNorm());
    figures.put("iterations", (double) report.iterations());
    figures.put("customers", report.observations());
    double[] errors = report.standardErrors();
    for (int i = 0; i < errors.length; i++) {
      String name = report.parameterNames().get(i);
      figures.put("parameter_" + name, report.parameters()[i]);
      figures.put("standard_error_" + name, errors[i]);
    }
    figures.forEach((name, value) -> metrics.add(new ModelMetric(model, scope, name, value, "")));
    metrics.add(
        new ModelMetric(model, scope, "converged", report.converged() ? 1 : 0, report.reason()));
  }

  /**
   * Scopes in which number and value of purchases are related, with the correlation; for people.
   */
  List<String> warnings() {
    return Stream.concat(Stream.of(all()), scopes.stream())
        .filter(state -> Math.abs(state.spend().correlation()) > CORRELATION_LIMIT)
        .map(
            state ->
                String.format(
                    Locale.ROOT,
                    "number and value of purchases are related (%scorrelation %.2f): %s",
                    state.scope().isEmpty() ? "" : state.scope() + ", ",
                    state.spend().correlation(),
                    CORRELATION_WARNING))
        .toList();
  }
}
