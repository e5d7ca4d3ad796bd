package io.gradus.job;

import static java.util.stream.Collectors.toSet;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.gradus.error.GradusException;
import io.gradus.export.Change;
import io.gradus.export.CsvLine;
import io.gradus.export.ExportRecord;
import io.gradus.export.Totals;
import io.gradus.export.Transfer;
import io.gradus.lake.Lake;
import io.gradus.lake.Publication;
import io.gradus.lake.Publications;
import io.gradus.lake.Staging;
import io.gradus.lake.Staging.Staged;
import io.gradus.report.TextTable.Result;
import io.gradus.table.Columns;
import io.gradus.table.Gold;
import io.gradus.table.Ops;
import io.gradus.table.TableSpec;
import io.gradus.table.TableSpec.ColumnSpec;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Hands the published gold and ops tables to another database or to files, as one run. */
public final class ExportJob {
  private static final List<String> HEADER = List.of("table", "rows", "loaded");

  private final SparkSession spark;
  private final InstantSource clock;

  public ExportJob(SparkSession spark, InstantSource clock) {
    this.spark = spark;
    this.clock = clock;
  }

  /** What was exported, table by table. */
  public record Report(String runId, String target, Result tables) {}

  /** The tables that can be exported. */
  public static List<TableSpec> exportable() {
    return Stream.of(Gold.tables(), Ops.tables()).flatMap(List::stream).toList();
  }

  /**
   * Brings a target to the run that is published now.
   *
   * @param tables names of tables; empty for all. Tables of earlier exports always come along, so
   *     that the target never shows two runs.
   * @throws GradusException (usage) for an unknown table or an empty lake; (storage) when the
   *     target fails or does not hold what was sent. The target is then as it was.
   */
  public Report run(String lakeRoot, Transfer transfer, List<String> tables) {
    Instant start = clock.instant();
    Lake lake = Lake.openToRead(spark, lakeRoot);
    Publications moment = lake.published();
    Publication run =
        moment
            .current()
            .orElseThrow(() -> GradusException.usage("Nothing is published in " + lakeRoot));
    List<TableSpec> wanted = wanted(lake, tables, transfer.tables());
    Staging staging = new Staging(spark, transfer.staging());
    Map<TableSpec, Change> changes = changes(lake, moment, wanted, transfer);
    List<ExportRecord> records = new ArrayList<>();
    List<List<Object>> lines = new ArrayList<>();
    for (var entry : changes.entrySet()) {
      TableSpec table = entry.getKey();
      Change change = entry.getValue();
      long loaded = 0;
      if (!change.isNone()) {
        loaded = load(lake.readPublished(table, moment), table, change, transfer, staging);
      }
      long rows = change.everything() ? loaded : total(transfer.runs(table));
      records.add(
          new ExportRecord(
              table.name(),
              run.runId(),
              run.asOf(),
              rows,
              ExportRecord.contractOf(table),
              start,
              Build.current().version()));
      lines.add(List.of(table.name(), rows, loaded));
    }
    transfer.publish(records);
    return new Report(run.runId(), transfer.name(), new Result(HEADER, rows(lines)));
  }

  private static List<List<@Nullable Object>> rows(List<List<Object>> lines) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    lines.forEach(line -> rows.add(new ArrayList<>(line)));
    return rows;
  }

  private static List<TableSpec> wanted(Lake lake, List<String> tables, Set<String> before) {
    Set<String> known = new TreeSet<>(exportable().stream().map(TableSpec::name).toList());
    for (String name : tables) {
      if (!known.contains(name)) {
        throw GradusException.usage("--tables: there is no table " + name + "; known are " + known);
      }
    }
    return exportable().stream()
        .filter(t -> tables.isEmpty() || tables.contains(t.name()) || before.contains(t.name()))
        .filter(lake::exists)
        .toList();
  }

  private static Map<TableSpec, Change> changes(
      Lake lake, Publications moment, List<TableSpec> tables, Transfer transfer) {
    Map<TableSpec, Map<String, Long>> there = new LinkedHashMap<>();
    Map<String, Map<String, Long>> published = new TreeMap<>();
    Dataset<Row> counts = null;
    for (TableSpec table : tables) {
      Map<String, Long> runs = transfer.runs(table);
      there.put(table, keepsRuns(table) ? runs : Map.of());
      if (!there.get(table).isEmpty()) {
        Dataset<Row> own =
            lake.readPublished(table, moment)
                .groupBy(lit(table.name()).as("name"), col(Columns.RUN_ID))
                .agg(count(lit(1)));
        counts = counts == null ? own : counts.union(own);
      }
    }
    if (counts != null) {
      // One Spark job for all tables.
      for (Row row : counts.collectAsList()) {
        published
            .computeIfAbsent(row.getString(0), name -> new TreeMap<>())
            .put(row.getString(1), row.getLong(2));
      }
    }
    Map<TableSpec, Change> changes = new LinkedHashMap<>();
    there.forEach(
        (table, runs) ->
            changes.put(
                table,
                runs.isEmpty()
                    ? Change.all()
                    : Change.between(runs, published.getOrDefault(table.name(), Map.of()))));
    return changes;
  }

  /** Rows of other tables, such as alerts with their state, change after their run. */
  private static boolean keepsRuns(TableSpec table) {
    Set<String> names = table.columns().stream().map(ColumnSpec::name).collect(toSet());
    return names.contains(Columns.RUN_ID) && names.contains(Columns.SNAPSHOT_DATE);
  }

  private static long load(
      Dataset<Row> published, TableSpec table, Change change, Transfer transfer, Staging staging) {
    Dataset<Row> rows =
        change.everything()
            ? published
            : published.where(col(Columns.RUN_ID).isInCollection(change.missing()));
    boolean none = !change.everything() && change.missing().isEmpty();
    Staged staged =
        none ? new Staged(List.of(), 0, Map.of()) : stage(rows, table, transfer, staging);
    transfer.load(table, change, staged.files());
    if (!none) {
      verify(table, change, staged, transfer, staging);
    }
    return staged.rows();
  }

  private static Staged stage(
      Dataset<Row> rows, TableSpec table, Transfer transfer, Staging staging) {
    Optional<CsvLine> line = transfer.line();
    if (line.isPresent()) {
      CsvLine lines = line.get();
      return staging.text(table.name(), rows, lines.of(table), lines.end());
    }
    Optional<Staged> stored = transfer.onlyReads() ? staging.inPlace(rows) : Optional.empty();
    return stored.orElseGet(() -> staging.parquet(table.name(), rows));
  }

  private static void verify(
      TableSpec table, Change change, Staged staged, Transfer transfer, Staging staging) {
    List<Path> files = transfer.written(table);
    Totals received =
        files.isEmpty() ? transfer.received(table, change) : totals(staging.recount(files));
    totals(staged)
        .differenceTo(received)
        .ifPresent(
            difference -> {
              throw GradusException.storage(
                  "The export was taken back: table "
                      + table.name()
                      + " at "
                      + transfer.name()
                      + ": "
                      + difference
                      + ". Run it again.");
            });
  }

  private static Totals totals(Staged staged) {
    return new Totals(staged.rows(), staged.sums());
  }

  private static long total(Map<String, Long> runs) {
    return runs.values().stream().mapToLong(Long::longValue).sum();
  }
}
