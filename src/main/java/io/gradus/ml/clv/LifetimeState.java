package io.gradus.ml.clv;

import io.gradus.clv.FitReport;
import io.gradus.clv.PurchaseProcess;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

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
    String suffix = state.scope().isEmpty() ? "" : "[" + state.scope() + "]";
    String purchaseModel = "clv." + state.purchases().model() + suffix;
    String spendModel = "clv." + state.spend().method() + suffix;
    add(metrics, purchaseModel, state.purchases().report());
    metrics.add(new ModelMetric(purchaseModel, "k", state.purchases().k(), ""));
    add(metrics, spendModel, state.spend().report());
    boolean related = Math.abs(state.spend().correlation()) > CORRELATION_LIMIT;
    metrics.add(
        new ModelMetric(
            spendModel,
            "correlation_frequency_value",
            state.spend().correlation(),
            related ? "above 0.15: the model takes number and value to be independent" : ""));
  }

  private static void add(List<ModelMetric> metrics, String model, FitReport report) {
    metrics.add(new ModelMetric(model, "log_likelihood", report.logLikelihood(), ""));
    metrics.add(new ModelMetric(model, "gradient_norm", report.gradientNorm(), ""));
    metrics.add(new ModelMetric(model, "iterations", report.iterations(), ""));
    metrics.add(new ModelMetric(model, "converged", report.converged() ? 1 : 0, report.reason()));
    metrics.add(new ModelMetric(model, "customers", report.observations(), ""));
    double[] errors = report.standardErrors();
    for (int i = 0; i < errors.length; i++) {
      String name = report.parameterNames().get(i);
      metrics.add(new ModelMetric(model, "parameter_" + name, report.parameters()[i], ""));
      metrics.add(new ModelMetric(model, "standard_error_" + name, errors[i], ""));
    }
  }
}
