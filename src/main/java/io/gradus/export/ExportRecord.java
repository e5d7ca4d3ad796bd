package io.gradus.export;

import static io.gradus.table.TableSpec.ColumnSpec.required;

import io.gradus.table.TableSpec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataTypes;

/**
 * What a target is told of one table it holds: a row of {@code gradus_export}.
 *
 * @param table the table's name
 * @param runId the published run that the target now shows, the same in every row
 * @param snapshotDate the run's as-of date
 * @param rows rows of the table in the target
 * @param contract fingerprint of the table's columns and types; another one makes it anew
 * @param exportedAt when the export was made
 * @param code release and hash of the code
 */
public record ExportRecord(
    String table,
    String runId,
    LocalDate snapshotDate,
    long rows,
    String contract,
    Instant exportedAt,
    String code) {
  /** The contract of the record's own table. */
  public static final TableSpec TABLE =
      new TableSpec(
          "export",
          "gradus_export",
          "Which published run the exported tables show",
          "one row per exported table",
          List.of("table_name"),
          List.of(),
          List.of(
              required("table_name", DataTypes.StringType, "Exported table"),
              required("run_id", DataTypes.StringType, "Published run, the same in every row"),
              required("snapshot_date", DataTypes.DateType, "As-of date of the run"),
              required("row_count", DataTypes.LongType, "Rows of the table"),
              required("contract", DataTypes.StringType, "Fingerprint of columns and types"),
              required("exported_at", DataTypes.TimestampType, "When the export was made"),
              required("code_version", DataTypes.StringType, "Release and hash of the code")),
          Map.of());

  /** The fingerprint of a table's keys, columns and types. */
  public static String contractOf(TableSpec table) {
    String shape =
        table.columns().stream()
            .map(c -> c.name() + " " + c.type().catalogString() + (c.nullable() ? "" : " !"))
            .collect(Collectors.joining("\n", table.keys() + "\n", ""));
    return UUID.nameUUIDFromBytes(shape.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** The values in the order of the table's columns. */
  List<Object> values() {
    return List.of(table, runId, snapshotDate, rows, contract, exportedAt, code);
  }
}
