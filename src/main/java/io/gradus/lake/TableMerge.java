package io.gradus.lake;

import io.delta.tables.DeltaTable;
import io.gradus.error.GradusException;
import io.gradus.table.TableSpec;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Replaces, adds and removes single rows by key, in one commit. */
final class TableMerge {
  private final Lake lake;

  TableMerge(Lake lake) {
    this.lake = lake;
  }

  /**
   * Merges once; {@link Lake#merge} says what.
   *
   * @throws GradusException fenced when the log does not show the commit afterwards
   */
  Commit merge(TableSpec spec, Dataset<Row> changes, String among, RunRef run) {
    run.lock().verifyHeld();
    Path path = lake.folders().table(spec);
    CommitLog log = lake.tables().log(spec);
    long before = log.version();
    String marker = lake.marker(run);
    String sameKey =
        spec.keys().stream()
            .map(key -> "old." + key + " = new." + key)
            .collect(Collectors.joining(" AND ", "old." + among + " AND ", ""));
    lake.tables()
        .withMarker(
            marker,
            () ->
                DeltaTable.forPath(lake.spark(), path.toString())
                    .as("old")
                    .merge(changes.as("new"), sameKey)
                    .whenMatched("new." + Lake.REMOVED)
                    .delete()
                    .whenMatched()
                    .updateAll()
                    .whenNotMatched("NOT new." + Lake.REMOVED)
                    .insertAll()
                    .execute());
    CommitLog.Entry entry = TableWriter.landed(log, spec, run, marker, before);
    return new Commit(spec.path(), entry.version(), entry.rows(), entry.bytes(), "");
  }
}
