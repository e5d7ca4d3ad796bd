package io.gradus.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.gradus.error.GradusException;
import io.gradus.lake.DeltaAppend.Fence;
import io.gradus.table.Columns;
import io.gradus.table.TableSpec;
import io.gradus.table.TableSpec.ColumnSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.jspecify.annotations.Nullable;

/** Writes rows into a Delta table in one commit, then asks the table's log whether it landed. */
final class TableWriter {
  private final LakeFolders folders;
  private final DeltaTables tables;

  /** A later night that replaces one row writes its file anew. */
  private static final long ROWS_PER_FILE = 250_000;

  private final SmallAppend small;
  private final FileCopy copies;

  TableWriter(SparkSession spark, LakeFolders folders, DeltaTables tables) {
    this.folders = folders;
    this.tables = tables;
    this.small = new SmallAppend(spark, folders);
    this.copies = new FileCopy(spark, folders);
  }

  /**
   * Adds rows that are at hand.
   *
   * @param rows values in the order of the table's columns
   * @param fence a transaction version below which nothing is written, if any
   * @throws GradusException fenced when the log does not show the commit afterwards
   */
  Commit append(TableSpec spec, List<Row> rows, RunRef run, String marker, @Nullable Fence fence) {
    run.lock().verifyHeld();
    CommitLog log = tables.log(spec);
    long before = log.version();
    String hash = small.append(spec, rows, run, marker, fence);
    return commit(spec, landed(log, spec, run, marker, before), hash);
  }

  /**
   * Adds the rows of a commit to another table of the same columns.
   *
   * @throws GradusException fenced when the log does not show the commit afterwards
   */
  Commit copy(TableSpec from, Commit written, TableSpec to, RunRef run, String marker) {
    run.lock().verifyHeld();
    CommitLog log = tables.log(to);
    long before = log.version();
    List<AddFile> files = tables.log(from).additions(written.version());
    copies.append(from, files, to, written.rows(), run, marker);
    return commit(to, landed(log, to, run, marker, before), written.contentHash());
  }

  private static Commit commit(TableSpec spec, CommitLog.Entry entry, String hash) {
    return new Commit(spec.path(), entry.version(), entry.rows(), entry.bytes(), hash);
  }

  /**
   * Writes once.
   *
   * @param options Delta's write options beside the marker, such as {@code replaceWhere}
   * @throws GradusException fenced when the log does not show the commit afterwards
   */
  Commit write(
      TableSpec spec,
      Dataset<Row> rows,
      RunRef run,
      String mode,
      Map<String, String> options,
      String marker) {
    run.lock().verifyHeld();
    CommitLog log = tables.log(spec);
    long before = log.version();
    Observation written = new Observation();
    DataFrameWriter<Row> writer =
        RowHash.observed(spec, arranged(spec, conform(spec, rows, run)), written)
            .write()
            .format("delta")
            .mode(mode)
            .option("maxRecordsPerFile", ROWS_PER_FILE)
            .options(options)
            .option("userMetadata", marker);
    try {
      writer.save(folders.table(spec).toString());
    } catch (RuntimeException e) {
      throw StorageFailures.translate("Writing table " + spec.path(), e);
    } catch (Exception e) {
      // Scala code throws checked exceptions undeclared.
      throw StorageFailures.translate("Writing table " + spec.path(), e);
    }
    return commit(spec, landed(log, spec, run, marker, before), RowHash.of(written));
  }

  /**
   * The run's commit as the log shows it.
   *
   * @param before the newest version before the commit
   * @throws GradusException fenced when the log does not show it
   */
  static CommitLog.Entry landed(
      CommitLog log, TableSpec spec, RunRef run, String marker, long before) {
    FailPoints.reach("after-commit-" + spec.name());
    CommitLog.Entry entry =
        log.find(marker, before)
            .orElseThrow(
                () ->
                    GradusException.fenced(
                        "Table "
                            + spec.path()
                            + " does not show the commit of run "
                            + run.runId()
                            + ": a later run has taken over."));
    run.lock().verifyHeld();
    return entry;
  }

  /**
   * The contract's columns in its order. The run and the as-of date are filled in where the rows do
   * not have them; columns the contract does not know are left out.
   */
  private static Dataset<Row> conform(TableSpec spec, Dataset<Row> rows, RunRef run) {
    Set<String> names = Set.of(rows.columns());
    List<Column> columns = new ArrayList<>();
    for (ColumnSpec column : spec.columns()) {
      String name = column.name();
      if (names.contains(name)) {
        requireType(spec, column, rows.schema().apply(name).dataType());
        columns.add(col("`" + name + "`"));
      } else if (name.equals(Columns.RUN_ID)) {
        columns.add(lit(run.runId()).as(name));
      } else if (name.equals(Columns.SNAPSHOT_DATE)) {
        columns.add(lit(run.asOf()).as(name));
      } else {
        throw new IllegalArgumentException(
            "rows for table " + spec.path() + " lack the column " + name);
      }
    }
    return rows.select(columns.toArray(Column[]::new));
  }

  private static void requireType(TableSpec spec, ColumnSpec column, DataType found) {
    String wanted = column.type().catalogString();
    if (!found.catalogString().equals(wanted)) {
      throw new IllegalArgumentException(
          "rows for table "
              + spec.path()
              + " have "
              + column.name()
              + " as "
              + found.catalogString()
              + ", its contract says "
              + wanted);
    }
  }

  /** Aggregates go into one sorted file; tables that grow with the customers keep their split. */
  private static Dataset<Row> arranged(TableSpec spec, Dataset<Row> rows) {
    boolean grows = spec.layer().equals("silver") || spec.keys().contains(Columns.CUSTOMER_ID);
    if (grows) {
      return rows;
    }
    Column[] order = spec.keys().stream().map(functions::col).toArray(Column[]::new);
    return rows.coalesce(1).sortWithinPartitions(order);
  }
}
