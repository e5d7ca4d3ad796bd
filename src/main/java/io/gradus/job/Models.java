package io.gradus.job;

import io.gradus.config.Settings;
import io.gradus.lake.Lake;
import io.gradus.lake.RunRef;
import io.gradus.ml.RecordRows;
import io.gradus.ml.churn.ChurnRiskModel;
import io.gradus.ml.cluster.ClusterSearchRow;
import io.gradus.monitor.Alert;
import io.gradus.monitor.Alert.Severity;
import io.gradus.table.Gold;
import io.gradus.table.TableSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The models of one night: made, applied, and told of. */
final class Models {
  private final RfmStep rfm;
  private final LifetimeStep value;
  private final ClusterStep clusters;
  private final ChurnRiskModel churn;
  private final List<Metric> metrics = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private Models(RfmStep rfm, LifetimeStep value, ClusterStep clusters, ChurnRiskModel churn) {
    this.rfm = rfm;
    this.churn = churn;
    this.value = value;
    this.clusters = clusters;
    describe();
  }

  /** Every model of the night, fitted where the lake has none that still holds. */
  static Models of(
      Lake lake,
      Settings settings,
      Stages stages,
      TrainedModels trained,
      RunRef run,
      Dataset<Row> features,
      Dataset<Row> days) {
    RfmStep rfm = stages.time("rfm", () -> RfmStep.fit(lake, settings.rfm(), features));
    LifetimeStep value =
        stages.time(
            "lifetime value", () -> LifetimeStep.fit(settings.clv(), run.asOf(), features, days));
    ClusterStep clusters =
        stages.time("clusters", () -> trained.clusters(settings.clusters(), features));
    ChurnRiskModel churn = stages.time("churn", () -> trained.churn(settings.churn(), days));
    return new Models(rfm, value, clusters, churn);
  }

  Dataset<Row> score(Dataset<Row> features) {
    return churn.transform(clusters.model().transform(value.transform(rfm.transform(features))));
  }

  /** The tables that describe the models and what they found. */
  Map<TableSpec, Dataset<Row>> summaries(Dataset<Row> graded) {
    SparkSession spark = graded.sparkSession();
    Map<TableSpec, Dataset<Row>> tables = new LinkedHashMap<>();
    tables.put(Gold.RFM_SEGMENT_SUMMARY, rfm.summary(graded));
    tables.put(Gold.RFM_CUTPOINT, rfm.cutPoints(spark));
    tables.put(Gold.CLUSTER_PROFILE, clusters.model().profile(graded));
    tables.put(
        Gold.CLUSTER_SEARCH,
        RecordRows.of(spark, clusters.model().search(), ClusterSearchRow.class));
    return tables;
  }

  /** Days ahead that tonight's churn probabilities speak of. */
  int churnHorizonDays() {
    return churn.horizonDays();
  }

  /** Figures of every model. */
  List<Metric> metrics() {
    return List.copyOf(metrics);
  }

  /** One line per model for a person. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  /** What the models found that a person should know. */
  List<Alert> alerts() {
    List<Alert> alerts = new ArrayList<>(clusters.alerts());
    if (churn.fallback()) {
      alerts.add(
          Alert.of(
              "churn",
              "baseline",
              Severity.INFO,
              churn.method(),
              null,
              null,
              "Churn risk is given by " + churn.method() + ": " + churn.reason() + ".",
              "流失风险由基准“" + churn.method() + "”给出：标准模型未能胜过它，或历史不足以学习；详见 ops.model_metric。"));
    }
    return List.copyOf(alerts);
  }

  private void describe() {
    metrics.addAll(value.metrics());
    churn
        .metrics()
        .forEach(
            m ->
                metrics.add(
                    new Metric(
                        "churn." + m.model(),
                        m.cutOff() == null ? "all cut-offs" : m.cutOff().toString(),
                        m.metric(),
                        Double.isFinite(m.value()) ? m.value() : null,
                        m.lower(),
                        m.upper(),
                        null)));
    String days = churn.horizonDays() + " days";
    metrics.add(
        Metric.of(
            "churn." + churn.method(),
            days,
            "published",
            churn.fallback() ? 0 : 1,
            (churn.fallback() ? "instead of the standard model: " : "") + churn.reason()));
    notes.add(
        String.format(
            Locale.ROOT,
            "churn within %d days: %s (%s)",
            churn.horizonDays(),
            churn.method(),
            churn.reason()));
    notes.addAll(value.notes());
    metrics.addAll(clusters.metrics());
    notes.add(clusters.note());
  }
}
