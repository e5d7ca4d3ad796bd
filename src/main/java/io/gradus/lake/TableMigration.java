package io.gradus.lake;

import io.delta.tables.DeltaTable;
import io.gradus.lake.CommitLog.Description;
import io.gradus.table.TableSpec;
import io.gradus.table.TableSpec.ColumnSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Changes one table of an earlier layout into what its contract says now. */
final class TableMigration {
  private static final String CONSTRAINT = "delta.constraints.";

  private final SparkSession spark;
  private final DeltaTables tables;
  private final LakeFolders folders;

  TableMigration(SparkSession spark, DeltaTables tables, LakeFolders folders) {
    this.spark = spark;
    this.tables = tables;
    this.folders = folders;
  }

  /**
   * Takes back rules that no longer hold, lets columns be NULL that may be, adds columns, and
   * states the new rules.
   *
   * @param olderRows SQL values of added columns in the rows that exist; NULL where not given
   * @param marker kept with each commit
   * @return whether anything was changed
   */
  boolean bring(TableSpec spec, Map<String, String> olderRows, String marker) {
    Path path = folders.table(spec);
    Description found = tables.owned(spec, path);
    Map<String, String> rules = rules(found);
    List<String> dropped =
        rules.entrySet().stream()
            .filter(rule -> !rule.getValue().equals(spec.checks().get(rule.getKey())))
            .map(Map.Entry::getKey)
            .toList();
    List<String> added =
        spec.checks().keySet().stream()
            .filter(name -> !rules.containsKey(name) || dropped.contains(name))
            .sorted()
            .toList();
    List<String> relaxed =
        spec.columns().stream()
            .filter(ColumnSpec::nullable)
            .map(ColumnSpec::name)
            .filter(name -> strict(found, name))
            .toList();
    Set<String> names = Set.of(found.schema().fieldNames());
    List<ColumnSpec> missing =
        spec.columns().stream().filter(column -> !names.contains(column.name())).toList();
    String table = "ALTER TABLE delta.`" + path + "` ";
    tables.withMarker(
        marker,
        () -> {
          dropped.forEach(name -> spark.sql(table + "DROP CONSTRAINT `" + name + "`"));
          relaxed.forEach(name -> spark.sql(table + "ALTER COLUMN `" + name + "` DROP NOT NULL"));
          add(path, missing, olderRows);
          added.forEach(
              name ->
                  spark.sql(
                      table
                          + "ADD CONSTRAINT `"
                          + name
                          + "` CHECK ("
                          + spec.checks().get(name)
                          + ")"));
        });
    return !(dropped.isEmpty() && added.isEmpty() && relaxed.isEmpty() && missing.isEmpty());
  }

  private void add(Path path, List<ColumnSpec> missing, Map<String, String> olderRows) {
    if (missing.isEmpty()) {
      return;
    }
    tables.addColumns(path, missing);
    Map<String, String> values = new TreeMap<>(olderRows);
    values.keySet().retainAll(missing.stream().map(ColumnSpec::name).toList());
    if (!values.isEmpty()) {
      DeltaTable.forPath(spark, path.toString()).updateExpr(values);
    }
  }

  private static Map<String, String> rules(Description found) {
    Map<String, String> rules = new TreeMap<>();
    found
        .properties()
        .forEach(
            (key, rule) -> {
              if (key.startsWith(CONSTRAINT)) {
                rules.put(key.substring(CONSTRAINT.length()), rule);
              }
            });
    return rules;
  }

  private static boolean strict(Description found, String column) {
    return List.of(found.schema().fieldNames()).contains(column)
        && !found.schema().apply(column).nullable();
  }
}
