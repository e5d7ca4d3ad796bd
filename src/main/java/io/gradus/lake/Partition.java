package io.gradus.lake;

import io.gradus.table.Columns;
import io.gradus.table.TableSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The one partition into which a run's rows of a table go. */
final class Partition {
  private Partition() {}

  /** Whether all rows that a run adds to the table are in one of its partitions. */
  static boolean isOne(TableSpec spec) {
    return Set.of(Columns.RUN_ID, Columns.SNAPSHOT_DATE).containsAll(spec.partitionBy());
  }

  /** The values of the table's partition columns, as Delta's log keeps them. */
  static Map<String, String> of(TableSpec spec, RunRef run) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String column : spec.partitionBy()) {
      values.put(column, column.equals(Columns.RUN_ID) ? run.runId() : run.asOf().toString());
    }
    return values;
  }

  /** The folder below the table's, with a slash at its end; empty for a whole table. */
  static String folder(Map<String, String> partition) {
    StringBuilder folder = new StringBuilder();
    partition.forEach((column, value) -> folder.append(column + "=" + value + "/"));
    return folder.toString();
  }
}
