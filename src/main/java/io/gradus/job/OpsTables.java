package io.gradus.job;

import io.gradus.ingest.Reconciliation.Line;
import io.gradus.lake.Lake;
import io.gradus.lake.RunRef;
import io.gradus.monitor.Alert;
import io.gradus.monitor.Quality.Check;
import io.gradus.table.Ops;
import io.gradus.table.TableRows;
import io.gradus.table.TableSpec;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What a run tells of itself, as rows of the ops tables. */
final class OpsTables {
  private final SparkSession spark;
  private final Lake lake;
  private final RunRef run;

  OpsTables(SparkSession spark, Lake lake, RunRef run) {
    this.spark = spark;
    this.lake = lake;
    this.run = run;
  }

  void reconciliation(List<Line> lines) {
    StructType schema =
        new StructType()
            .add("disposition", DataTypes.StringType)
            .add("reason", DataTypes.StringType)
            .add("currency", DataTypes.StringType)
            .add("rows", DataTypes.LongType)
            .add("amount", TableSpec.MONEY);
    write(
        Ops.RECONCILIATION,
        schema,
        lines.stream()
            .map(
                l ->
                    RowFactory.create(
                        l.disposition().code(), l.reason(), l.currency(), l.rows(), l.amount()))
            .toList());
  }

  void quality(List<Check> checks) {
    StructType schema =
        new StructType()
            .add("check_name", DataTypes.StringType)
            .add("value", DataTypes.DoubleType)
            .add("bound", DataTypes.DoubleType)
            .add("status", DataTypes.StringType)
            .add("message_en", DataTypes.StringType)
            .add("message_zh", DataTypes.StringType);
    write(
        Ops.QUALITY_RESULT,
        schema,
        checks.stream()
            .map(
                c ->
                    RowFactory.create(
                        c.name(),
                        c.value(),
                        c.bound(),
                        c.status().code(),
                        c.english(),
                        c.chinese()))
            .toList());
  }

  void metrics(List<Metric> metrics) {
    StructType schema =
        new StructType()
            .add("model", DataTypes.StringType)
            .add("scope", DataTypes.StringType)
            .add("metric", DataTypes.StringType)
            .add("value", DataTypes.DoubleType)
            .add("lower", DataTypes.DoubleType)
            .add("upper", DataTypes.DoubleType)
            .add("note", DataTypes.StringType);
    write(
        Ops.MODEL_METRIC,
        schema,
        metrics.stream()
            .map(
                m ->
                    RowFactory.create(
                        m.model(),
                        m.scope(),
                        m.metric(),
                        m.value(),
                        m.lower(),
                        m.upper(),
                        m.note()))
            .toList());
  }

  /** The table exists from the first night on, though most nights have nothing to say. */
  void alerts(List<Alert> alerts) {
    StructType schema =
        new StructType()
            .add("alert_id", DataTypes.StringType)
            .add("source", DataTypes.StringType)
            .add("type", DataTypes.StringType)
            .add("severity", DataTypes.StringType)
            .add("subject", DataTypes.StringType)
            .add("value", DataTypes.DoubleType)
            .add("message_en", DataTypes.StringType)
            .add("message_zh", DataTypes.StringType);
    write(
        Ops.ALERT,
        schema,
        alerts.stream()
            .map(
                a ->
                    RowFactory.create(
                        a.id(),
                        a.source(),
                        a.type(),
                        a.severity().name().toLowerCase(Locale.ROOT),
                        a.subject(),
                        a.value(),
                        a.english(),
                        a.chinese()))
            .toList());
  }

  void run(
      RunIdentity identity, TransactionInput input, Instant start, Instant end, long customers) {
    StructType schema =
        new StructType()
            .add("started_at", DataTypes.TimestampType)
            .add("seconds", DataTypes.DoubleType)
            .add("code_version", DataTypes.StringType)
            .add("manifest_hash", DataTypes.StringType)
            .add("settings_hash", DataTypes.StringType)
            .add("policy_hash", DataTypes.StringType)
            .add("input_files", DataTypes.LongType)
            .add("input_rows", DataTypes.LongType)
            .add("customers", DataTypes.LongType);
    Row row =
        RowFactory.create(
            Timestamp.from(start),
            Duration.between(start, end).toMillis() / 1000.0,
            identity.build().version() + " " + identity.build().hash(),
            identity.manifestHash(),
            identity.settingsHash(),
            identity.policyHash(),
            (long) input.manifest().files().size(),
            input.manifest().rows(),
            customers);
    write(Ops.RUN, schema, List.of(row));
  }

  void stages(List<Stages.Stage> stages) {
    StructType schema =
        new StructType()
            .add("position", DataTypes.IntegerType)
            .add("stage", DataTypes.StringType)
            .add("seconds", DataTypes.DoubleType)
            .add("rows", DataTypes.LongType);
    List<Row> rows = new ArrayList<>();
    for (Stages.Stage stage : stages) {
      Long about = stage.rows() < 0 ? null : stage.rows();
      rows.add(RowFactory.create(rows.size() + 1, stage.name(), stage.seconds(), about));
    }
    write(Ops.RUN_STAGE, schema, rows);
  }

  private void write(TableSpec table, StructType schema, List<Row> rows) {
    lake.replaceRun(
        table,
        TableRows.of(table, spark.createDataFrame(rows, schema), run.asOf(), run.runId()),
        run);
  }
}
