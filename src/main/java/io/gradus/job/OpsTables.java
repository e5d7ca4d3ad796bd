package io.gradus.job;

import io.gradus.ingest.Reconciliation.Line;
import io.gradus.lake.Lake;
import io.gradus.lake.RunRef;
import io.gradus.monitor.Quality.Check;
import io.gradus.report.StageTime;
import io.gradus.table.Ops;
import io.gradus.table.TableRows;
import io.gradus.table.TableSpec;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** What a run tells of itself, as rows of the ops tables. */
final class OpsTables {
  private final Lake lake;
  private final RunRef run;

  OpsTables(Lake lake, RunRef run) {
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

  void run(
      RunIdentity identity, TransactionInput input, Instant start, Instant end, long customers) {
    Row row =
        RowFactory.create(
            Timestamp.from(start),
            Seconds.between(start, end),
            identity.build().version() + " " + identity.build().hash(),
            identity.manifestHash(),
            identity.settingsHash(),
            identity.policyHash(),
            (long) input.manifest().files().size(),
            input.manifest().rows(),
            customers);
    write(Ops.RUN, List.of(row));
  }

  void stages(List<StageTime> stages) {
    List<Row> rows = new ArrayList<>();
    for (StageTime stage : stages) {
      Long about = stage.rows() < 0 ? null : stage.rows();
      rows.add(
          RowFactory.create(
              rows.size() + 1,
              stage.name(),
              stage.seconds(),
              about,
              stage.peakMemoryBytes(),
              stage.bytesWritten()));
    }
    write(Ops.RUN_STAGE, rows);
  }

  /** Values stand in the order of the table's contract. */
  void write(TableSpec table, List<Row> rows) {
    lake.replaceRun(table, TableRows.of(table, rows, run.asOf(), run.runId()), run);
  }

  /** An aggregate is a few rows: collected once, it is written and told from memory. */
  List<Row> replace(TableSpec table, Dataset<Row> rows) {
    List<Row> collected = TableRows.of(table, rows, run.asOf(), run.runId()).collectAsList();
    lake.replaceRun(table, collected, run);
    return collected;
  }
}
