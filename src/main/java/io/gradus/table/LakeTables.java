package io.gradus.table;

import static io.gradus.table.TableSpec.ColumnSpec.required;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** The tables that the lake keeps for itself. */
public final class LakeTables {
  private LakeTables() {}

  private static final DataType TEXT = DataTypes.StringType;

  /** What readers may see: one row per publication, withdrawal or fence. */
  public static final TableSpec PUBLICATION =
      new TableSpec(
          "ops",
          "publication",
          "Makes a run visible: readers take each table at the version of the newest published row.",
          "one row per publication of a run",
          List.of(Columns.SEQUENCE),
          List.of(),
          List.of(
              required(Columns.SEQUENCE, DataTypes.LongType, "Order of publication, from 1."),
              required(Columns.RUN_ID, TEXT, "The run."),
              required(Columns.SNAPSHOT_DATE, DataTypes.DateType, "The run's as-of date."),
              required(Columns.STATE, TEXT, "published, or withdrawn by a roll-back."),
              required(Columns.EPOCH, DataTypes.LongType, "Fencing epoch of the publishing run."),
              required(
                  Columns.TABLE_VERSIONS,
                  DataTypes.createMapType(TEXT, DataTypes.LongType, false),
                  "Delta version by table that belongs to this publication."),
              required(
                  Columns.ROW_COUNTS,
                  DataTypes.createMapType(TEXT, DataTypes.LongType, false),
                  "Rows the run wrote, by table."),
              required(
                  Columns.CONTENT_HASHES,
                  DataTypes.createMapType(TEXT, TEXT, false),
                  "Order-free hash of the rows the run wrote, by table."),
              required(
                  Columns.ATTRIBUTES,
                  DataTypes.createMapType(TEXT, TEXT, false),
                  "Provenance: hashes of inputs, configuration and policy, code version.")),
          Map.of(
              "publication_state", Columns.STATE + " IN ('published', 'withdrawn')",
              "publication_sequence", Columns.SEQUENCE + " >= 1"));

  /** Customers who were erased, as keyed hashes: what keeps them from coming back. */
  public static final TableSpec ERASURE =
      new TableSpec(
          "ops",
          "erasure",
          "Erased customers as keyed hashes; without the lake's key nobody can tell who they are.",
          "one row per erased customer",
          List.of(Columns.TOMBSTONE),
          List.of(),
          List.of(
              required(Columns.TOMBSTONE, TEXT, "HMAC-SHA256 of the customer id, hexadecimal."),
              required(Columns.BUCKET, DataTypes.IntegerType, "Keyed 16-bit hash, a fast test."),
              required(Columns.SNAPSHOT_DATE, DataTypes.DateType, "The day of the erasure."),
              required(Columns.RUN_ID, TEXT, "The erasure that added the row.")),
          Map.of());

  /** Every table of the lake's own. */
  public static List<TableSpec> tables() {
    return List.of(PUBLICATION, ERASURE);
  }
}
