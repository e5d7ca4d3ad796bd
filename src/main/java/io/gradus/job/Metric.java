package io.gradus.job;

import org.jspecify.annotations.Nullable;

/** One row of {@code ops.model_metric}. */
record Metric(
    String model,
    String scope,
    String metric,
    @Nullable Double value,
    @Nullable Double lower,
    @Nullable Double upper,
    @Nullable String note) {

  static Metric of(String model, String scope, String metric, double value, String note) {
    Double known = Double.isFinite(value) ? value : null;
    return new Metric(model, scope, metric, known, null, null, note.isEmpty() ? null : note);
  }
}
