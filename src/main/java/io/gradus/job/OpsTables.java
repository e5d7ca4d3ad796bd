package io.gradus.job;

import io.gradus.ingest.Reconciliation.Line;
import io.gradus.lake.Lake;
import io.gradus.lake.RunRef;
import io.gradus.monitor.Alert;
import io.gradus.monitor.Quality.Check;
import io.gradus.table.Ops;
import io.gradus.table.OpsMonitoring;
import io.gradus.table.TableRows;
import io.gradus.table.TableSpec;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

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
    write(
        Ops.RECONCILIATION,
        lines.stream()
            .map(
                l ->
                    RowFactory.create(
                        l.disposition().code(), l.reason(), l.currency(), l.rows(), l.amount()))
            .toList());
  }

  void quality(List<Check> checks) {
    write(
        Ops.QUALITY_RESULT,
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
    write(
        Ops.MODEL_METRIC,
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
    write(
        OpsMonitoring.ALERT,
        alerts.stream()
            .map(
                a ->
                    RowFactory.create(
                        a.cause(),
                        a.source(),
                        a.type(),
                        a.severity().code(),
                        a.subject(),
                        a.customerId(),
                        a.owner(),
                        "open",
                        Date.valueOf(run.asOf()),
                        Date.valueOf(run.asOf()),
                        null,
                        null,
                        null,
                        null,
                        a.value(),
                        a.bound(),
                        a.english(),
                        a.chinese()))
            .toList());
  }

  void run(
      RunIdentity identity, TransactionInput input, Instant start, Instant end, long customers) {
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
    write(Ops.RUN, List.of(row));
  }

  void stages(List<Stages.Stage> stages) {
    List<Row> rows = new ArrayList<>();
    for (Stages.Stage stage : stages) {
      Long about = stage.rows() < 0 ? null : stage.rows();
      rows.add(RowFactory.create(rows.size() + 1, stage.name(), stage.seconds(), about));
    }
    write(Ops.RUN_STAGE, rows);
  }

  /** Values stand in the order of the table's contract. */
  private void write(TableSpec table, List<Row> rows) {
    Dataset<Row> values = spark.createDataFrame(rows, table.ownSchema());
    lake.replaceRun(table, TableRows.of(table, values, run.asOf(), run.runId()), run);
  }
}
