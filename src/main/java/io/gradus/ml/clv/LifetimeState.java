package io.gradus.ml.clv;

import io.gradus.clv.AnnualRate;
import io.gradus.clv.FitReport;
import io.gradus.clv.PurchaseModelKind;
import io.gradus.clv.TotalValuation;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@link LifetimeValue} learned.
 *
 * @param purchases when customers buy
 * @param spend how much they spend
 */
record LifetimeState(PurchaseState purchases, SpendState spend) implements Serializable {
  private static final double CORRELATION_LIMIT = 0.15;

  /** The diagnostics of both fits. */
  List<ModelMetric> metrics() {
    List<ModelMetric> metrics = new ArrayList<>();
    String purchaseModel = "clv." + purchases.model();
    String spendModel = "clv." + spend.method();
    add(metrics, purchaseModel, purchases.report());
    metrics.add(new ModelMetric(purchaseModel, "k", purchases.k(), ""));
    add(metrics, spendModel, spend.report());
    boolean related = Math.abs(spend.correlation()) > CORRELATION_LIMIT;
    metrics.add(
        new ModelMetric(
            spendModel,
            "correlation_frequency_value",
            spend.correlation(),
            related ? "above 0.15: the model takes number and value to be independent" : ""));
    return metrics;
  }

  TotalValuation totals(AnnualRate rate) {
    return new TotalValuation(
        PurchaseModelKind.of(purchases.model()),
        purchases.k(),
        purchases.report(),
        spend.spend(),
        spend.report(),
        rate);
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
