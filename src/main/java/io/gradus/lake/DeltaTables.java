package io.gradus.lake;

import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import io.gradus.error.GradusException;
import io.gradus.lake.CommitLog.Description;
import io.gradus.table.Columns;
import io.gradus.table.TableSpec;
import io.gradus.table.TableSpec.ColumnSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/** Creates Delta tables from their contracts and checks existing ones against them. */
final class DeltaTables {
  /** The table property by which a table of ours is known. */
  static final String OWNED = "gradus.table";

  private static final int SHORTEST_CHECKED_RETENTION_HOURS = 168;
  private static final int NEWEST_READER = 3;
  private static final int NEWEST_WRITER = 7;
  private static final String RETENTION_CHECK =
      "spark.databricks.delta.retentionDurationCheck.enabled";
  private static final String SMALL_FILE = "spark.databricks.delta.optimize.minFileSize";
  private static final String LARGE_FILE = "spark.databricks.delta.optimize.maxFileSize";
  private static final String VACUUM_LOGGING = "spark.databricks.delta.vacuum.logging.enabled";
  private static final String SESSION_MARKER = "spark.databricks.delta.commitInfo.userMetadata";

  private final SparkSession spark;
  private final SmallFiles files;
  private final LakeFolders folders;
  private final Set<String> ensured = new HashSet<>();

  DeltaTables(SparkSession spark, SmallFiles files, LakeFolders folders) {
    this.spark = spark;
    this.files = files;
    this.folders = folders;
  }

  CommitLog log(TableSpec spec) {
    return log(spec.path());
  }

  CommitLog log(String table) {
    return new CommitLog(files, folders.table(table));
  }

  boolean exists(TableSpec spec) {
    return log(spec).latestVersion().isPresent();
  }

  /** Creates the table, or checks once that the existing one is ours and fits the contract. */
  void ensure(TableSpec spec, String marker) {
    if (!ensured.add(spec.path())) {
      return;
    }
    Path path = folders.table(spec);
    if (exists(spec)) {
      check(spec, path, marker);
    } else if (files.list(path).stream()
        .anyMatch(entry -> !entry.getPath().getName().startsWith("_"))) {
      throw GradusException.storage(
          "Folder "
              + path
              + " exists and is not a table of this lake. Move it away or choose"
              + " another lake.");
    } else {
      withMarker(marker, () -> create(spec, path));
    }
  }

  private void create(TableSpec spec, Path path) {
    DeltaTableBuilder builder =
        DeltaTable.createIfNotExists(spark)
            .location(path.toString())
            .comment(spec.comment())
            .addColumns(spec.schema())
            .partitionedBy(spec.partitionBy().toArray(String[]::new))
            .property(OWNED, spec.path())
            .property("delta.enableDeletionVectors", "false")
            .property("delta.checkpointInterval", "50")
            .property("delta.logRetentionDuration", "interval 400 days")
            .property("delta.deletedFileRetentionDuration", "interval 7 days");
    spec.checks().forEach((name, rule) -> builder.property("delta.constraints." + name, rule));
    List<String> statistics = statisticsColumns(spec);
    if (statistics.isEmpty()) {
      builder.property("delta.dataSkippingNumIndexedCols", "0");
    } else {
      builder.property("delta.dataSkippingStatsColumns", String.join(",", statistics));
    }
    builder.execute();
  }

  /**
   * Columns with minima and maxima in the log: dates and numbers of the key, the business day, and
   * the run. Never a text from outside, because the log would keep identifiers after they were
   * erased.
   */
  private static List<String> statisticsColumns(TableSpec spec) {
    return spec.columns().stream()
        .filter(column -> !spec.partitionBy().contains(column.name()))
        .filter(
            column ->
                column.name().equals(Columns.RUN_ID)
                    || column.name().equals(Columns.DAY)
                    || (spec.keys().contains(column.name()) && ordered(column)))
        .map(ColumnSpec::name)
        .toList();
  }

  private static boolean ordered(ColumnSpec column) {
    return column.type() instanceof NumericType
        || column.type() instanceof DateType
        || column.type() instanceof TimestampType;
  }

  private void check(TableSpec spec, Path path, String marker) {
    Description found = owned(spec, path);
    if (!found.partitionBy().equals(spec.partitionBy())) {
      throw GradusException.storage(
          "Table "
              + path
              + " is partitioned by "
              + found.partitionBy()
              + ", this version expects "
              + spec.partitionBy()
              + ". Move it away and run a backfill.");
    }
    List<ColumnSpec> missing = missingColumns(spec, path, found.schema());
    if (!missing.isEmpty()) {
      withMarker(marker, () -> addColumns(path, missing));
    }
  }

  /** The table's definition, unless it is not ours or beyond this program. */
  Description owned(TableSpec spec, Path path) {
    Description found = log(spec).description().orElseThrow(() -> notOurs(path));
    if (found.readerVersion() > NEWEST_READER || found.writerVersion() > NEWEST_WRITER) {
      throw GradusException.storage(
          "Table "
              + path
              + " was written by a newer program (protocol "
              + found.readerVersion()
              + ", "
              + found.writerVersion()
              + "). Use that program's version of Gradus.");
    }
    if (!spec.path().equals(found.properties().get(OWNED))) {
      throw notOurs(path);
    }
    return found;
  }

  private static GradusException notOurs(Path path) {
    return GradusException.storage(
        "Table " + path + " was not made by Gradus. Move it away or choose another lake.");
  }

  private static List<ColumnSpec> missingColumns(TableSpec spec, Path path, StructType actual) {
    Set<String> names = Set.of(actual.fieldNames());
    List<ColumnSpec> missing = new ArrayList<>();
    for (ColumnSpec column : spec.columns()) {
      if (!names.contains(column.name())) {
        if (!column.nullable()) {
          throw GradusException.storage(
              "Table "
                  + path
                  + " lacks the column "
                  + column.name()
                  + ", which must have values. Move the table away and run a backfill.");
        }
        missing.add(column);
        continue;
      }
      StructField field = actual.apply(column.name());
      String found = field.dataType().catalogString();
      if (!found.equals(column.type().catalogString())) {
        throw GradusException.storage(
            "Table "
                + path
                + " has "
                + column.name()
                + " as "
                + found
                + ", this version writes "
                + column.type().catalogString()
                + ". Move the table away and run a backfill.");
      }
    }
    return missing;
  }

  void addColumns(Path path, List<ColumnSpec> missing) {
    String columns =
        missing.stream()
            .map(
                column ->
                    "`"
                        + column.name()
                        + "` "
                        + column.type().sql()
                        + " COMMENT '"
                        + column.comment().replace("\\", "\\\\").replace("'", "\\'")
                        + "'")
            .collect(Collectors.joining(", "));
    spark.sql("ALTER TABLE delta.`" + path + "` ADD COLUMNS (" + columns + ")");
  }

  /** Goes back to an earlier version in one commit. */
  void restore(String table, long version, String marker) {
    Path path = folders.table(table);
    withMarker(
        marker,
        () -> DeltaTable.forPath(spark, path.toString()).restoreToVersion(version).collectAsList());
  }

  /** Deletes rows in one commit, or in none when no row meets the condition. */
  long delete(TableSpec spec, String condition, String marker) {
    Path path = folders.table(spec);
    withMarker(marker, () -> DeltaTable.forPath(spark, path.toString()).delete(condition));
    return log(spec).version();
  }

  /**
   * Joins files below a size in one commit, or in none when there is nothing to join.
   *
   * @return the newest version
   */
  long compact(TableSpec spec, long belowBytes, String marker) {
    Path path = folders.table(spec);
    spark.conf().set(SMALL_FILE, Long.toString(belowBytes));
    spark.conf().set(LARGE_FILE, Long.toString(belowBytes));
    try {
      withMarker(
          marker,
          () ->
              DeltaTable.forPath(spark, path.toString())
                  .optimize()
                  .executeCompaction()
                  .collectAsList());
    } finally {
      spark.conf().unset(SMALL_FILE);
      spark.conf().unset(LARGE_FILE);
    }
    return log(spec).version();
  }

  /** Deletes files that no version of the last hours refers to; makes no commit of its own. */
  void vacuum(TableSpec spec, int keepHours) {
    boolean checked = keepHours >= SHORTEST_CHECKED_RETENTION_HOURS;
    spark.conf().set(RETENTION_CHECK, Boolean.toString(checked));
    // Logged, a vacuum would move each table past its published version.
    spark.conf().set(VACUUM_LOGGING, "false");
    try {
      DeltaTable.forPath(spark, folders.table(spec).toString()).vacuum(keepHours);
    } catch (RuntimeException e) {
      throw StorageFailures.translate("Vacuuming table " + spec.path(), e);
    } finally {
      spark.conf().unset(RETENTION_CHECK);
      spark.conf().unset(VACUUM_LOGGING);
    }
  }

  /** Commands take the commit's marker from the session only. */
  void withMarker(String marker, Runnable command) {
    spark.conf().set(SESSION_MARKER, marker);
    try {
      command.run();
    } catch (RuntimeException e) {
      throw StorageFailures.translate("A change of a table", e);
    } finally {
      spark.conf().unset(SESSION_MARKER);
    }
  }
}
