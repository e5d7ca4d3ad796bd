package io.gradus.job;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import io.gradus.clv.HoldoutPlan;
import io.gradus.config.ClvSettings;
import io.gradus.error.GradusException;
import io.gradus.ml.clv.Holdouts;
import io.gradus.ml.clv.LifetimeValue;
import io.gradus.ml.clv.LifetimeValueModel;
import io.gradus.ml.clv.ModelChoice;
import io.gradus.table.Columns;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The night's lifetime value model: chosen, fitted, and told of. */
final class LifetimeStep {
  private static final long SCOPE_MINIMUM = 1000;
  private static final Map<ClvSettings.Scope, String> SCOPE_COLUMNS =
      Map.of(
          ClvSettings.Scope.NONE, "",
          ClvSettings.Scope.INDUSTRY, Columns.INDUSTRY,
          ClvSettings.Scope.REGION, Columns.REGION,
          ClvSettings.Scope.TYPE, Columns.CUSTOMER_TYPE);

  private final LifetimeValueModel model;
  private final ModelChoice.Result choice;

  private LifetimeStep(LifetimeValueModel model, ModelChoice.Result choice) {
    this.model = model;
    this.choice = choice;
  }

  static LifetimeStep fit(
      ClvSettings settings, LocalDate asOf, Dataset<Row> features, Dataset<Row> days) {
    String scope = SCOPE_COLUMNS.getOrDefault(settings.scope(), "");
    List<String> columns = Arrays.asList(features.columns());
    if (!scope.isEmpty() && !columns.contains(scope)) {
      throw GradusException.usage(
          "clv.scope: "
              + settings.scope().name().toLowerCase(Locale.ROOT)
              + " needs sources.customers.columns to map it");
    }
    LifetimeValue estimator =
        new LifetimeValue()
            .setAnnualDiscountRate(settings.annualDiscountRate())
            .setMarginRate(settings.marginRate())
            .setMarginRateCol(columns.contains(Columns.MARGIN_RATE) ? Columns.MARGIN_RATE : "")
            .setWinsorQuantile(settings.winsorQuantile())
            .setScopes(scope, SCOPE_MINIMUM, Map.of())
            .setAsOf(asOf.toString());
    ModelChoice.Result choice =
        settings.model() == ClvSettings.Model.AUTO
            ? choose(estimator, asOf, features, days)
            : new ModelChoice.Result(
                settings.model().name().toLowerCase(Locale.ROOT),
                "configured",
                Map.of(),
                List.of());
    LifetimeValueModel model =
        estimator
            .setModel(choice.model())
            .setScopes(scope, SCOPE_MINIMUM, choice.scopeModels())
            .fit(features);
    return new LifetimeStep(model, choice);
  }

  private static ModelChoice.Result choose(
      LifetimeValue estimator, LocalDate asOf, Dataset<Row> features, Dataset<Row> days) {
    Row facts = features.agg(min(Columns.FIRST_PURCHASE_DATE), count(lit(1))).head();
    if (facts.isNullAt(0)) {
      return ModelChoice.withoutHoldout("nobody bought");
    }
    HoldoutPlan plan = HoldoutPlan.of(facts.getDate(0).toLocalDate(), asOf);
    if (plan.cutOffs().isEmpty()) {
      return ModelChoice.withoutHoldout(
          "less than the "
              + HoldoutPlan.shortestHistory()
              + " days of history that a hold-out needs");
    }
    Dataset<Row> holdouts = Holdouts.of(days, plan, facts.getLong(1));
    String scope = estimator.getScopeCol();
    if (!scope.isEmpty()) {
      holdouts =
          broadcast(holdouts)
              .join(features.select(col(Columns.CUSTOMER_ID), col(scope)), Columns.CUSTOMER_ID);
    }
    return new ModelChoice(estimator).choose(holdouts);
  }

  Dataset<Row> transform(Dataset<Row> features) {
    return model.transform(features);
  }

  /** The name of the model. */
  String method() {
    return model.method();
  }

  /** Why that model. */
  String reason() {
    return choice.reason();
  }

  /** How the choice was made and how the fits ended. */
  List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>();
    metrics.add(Metric.of("clv." + model.process().name(), "all", "chosen", 1, choice.reason()));
    choice
        .metrics()
        .forEach(
            m -> metrics.add(Metric.of(m.model(), m.scope(), m.metric(), m.value(), m.note())));
    model
        .metrics()
        .forEach(
            m -> metrics.add(Metric.of(m.model(), m.scope(), m.metric(), m.value(), m.note())));
    return metrics;
  }

  /** For a person: the model, and what to know of it. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add("lifetime value: " + model.method() + " (" + choice.reason() + ")");
    model.warnings().forEach(warning -> notes.add("lifetime value: " + warning));
    return notes;
  }
}
