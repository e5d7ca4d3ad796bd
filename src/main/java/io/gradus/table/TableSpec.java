package io.gradus.table;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The contract of one Delta table.
 *
 * @param layer the folder below the lake: {@code silver}, {@code gold} or {@code ops}
 * @param name the table's name, singular snake_case
 * @param comment one sentence on what a row means
 * @param grain what one row stands for, in words
 * @param keys the columns that identify a row within a run
 * @param partitionBy the columns that cut the table's folders; may be empty
 * @param columns every column in order
 * @param checks named SQL conditions that hold for every row; empty where no rule is absolute
 */
public record TableSpec(
    String layer,
    String name,
    String comment,
    String grain,
    List<String> keys,
    List<String> partitionBy,
    List<ColumnSpec> columns,
    Map<String, String> checks) {

  /** Money: two decimals, up to 9,999,999,999,999,999.99. */
  public static final DecimalType MONEY = DataTypes.createDecimalType(18, 2);

  public TableSpec {
    keys = List.copyOf(keys);
    partitionBy = List.copyOf(partitionBy);
    columns = List.copyOf(columns);
    checks = Map.copyOf(checks);
  }

  /**
   * One column of a table.
   *
   * @param name the column's name
   * @param type its Spark SQL type
   * @param nullable whether NULL, always meaning unknown, may occur
   * @param comment unit, range and meaning in one sentence
   */
  public record ColumnSpec(String name, DataType type, boolean nullable, String comment) {
    /** A column in which every row has a value. */
    public static ColumnSpec required(String name, DataType type, String comment) {
      return new ColumnSpec(name, type, false, comment);
    }

    /** A column in which a value may be unknown. */
    public static ColumnSpec optional(String name, DataType type, String comment) {
      return new ColumnSpec(name, type, true, comment);
    }
  }

  /** The Spark schema with a comment on each column. */
  public StructType schema() {
    StructType schema = new StructType();
    for (ColumnSpec column : columns) {
      schema = schema.add(column.name(), column.type(), column.nullable(), column.comment());
    }
    return schema;
  }

  /** The schema without the run and its as-of date: what a job fills by itself. */
  public StructType ownSchema() {
    return new StructType(
        Arrays.stream(schema().fields())
            .filter(field -> !field.name().equals(Columns.RUN_ID))
            .filter(field -> !field.name().equals(Columns.SNAPSHOT_DATE))
            .toArray(StructField[]::new));
  }

  /** The folder of the table relative to the lake's root. */
  public String path() {
    return layer + "/" + name;
  }
}
