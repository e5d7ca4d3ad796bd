package io.gradus.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.gradus.table.TableSpec.ColumnSpec;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Brings rows into the shape of their table's contract. */
public final class TableRows {
  private TableRows() {}

  /**
   * The contract's columns in its order and types, doubles rounded to ten significant digits so
   * that the order of a sum does not show. A nullable column that the rows do not have is NULL.
   *
   * @throws IllegalArgumentException when a required column is absent
   */
  public static Dataset<Row> of(
      TableSpec table, Dataset<Row> rows, LocalDate snapshotDate, String runId) {
    return shaped(table, rows, snapshotDate, runId, TenDigits::of);
  }

  /**
   * Like {@link #of(TableSpec, Dataset, LocalDate, String)} with doubles as they are, for rows that
   * are computed with again.
   */
  public static Dataset<Row> exact(
      TableSpec table, Dataset<Row> rows, LocalDate snapshotDate, String runId) {
    return shaped(table, rows, snapshotDate, runId, value -> value);
  }

  private static Dataset<Row> shaped(
      TableSpec table,
      Dataset<Row> rows,
      LocalDate snapshotDate,
      String runId,
      UnaryOperator<Column> number) {
    Set<String> present = new TreeSet<>(Arrays.asList(rows.columns()));
    List<Column> columns = new ArrayList<>();
    for (ColumnSpec column : table.columns()) {
      Column value = value(table, column, present, snapshotDate, runId);
      boolean rounded = column.type().equals(DataTypes.DoubleType);
      columns.add((rounded ? number.apply(value) : value).as(column.name()));
    }
    return rows.select(columns.toArray(Column[]::new));
  }

  /**
   * Like {@link #of(TableSpec, Dataset, LocalDate, String)} for rows at hand.
   *
   * @param rows values in the order of {@link TableSpec#ownSchema()}
   */
  public static List<Row> of(
      TableSpec table, List<Row> rows, LocalDate snapshotDate, String runId) {
    StructType schema = table.schema();
    return rows.stream()
        .map(row -> (Row) new GenericRowWithSchema(values(table, row, snapshotDate, runId), schema))
        .toList();
  }

  private static @Nullable Object[] values(
      TableSpec table, Row row, LocalDate snapshotDate, String runId) {
    List<@Nullable Object> values = new ArrayList<>();
    int own = 0;
    for (ColumnSpec column : table.columns()) {
      switch (column.name()) {
        case Columns.SNAPSHOT_DATE -> values.add(Date.valueOf(snapshotDate));
        case Columns.RUN_ID -> values.add(runId);
        default -> {
          Object value = row.get(own++);
          values.add(value instanceof Double number ? TenDigits.orNull(number) : value);
        }
      }
    }
    return values.toArray();
  }

  private static Column value(
      TableSpec table,
      ColumnSpec column,
      Set<String> present,
      LocalDate snapshotDate,
      String runId) {
    if (column.name().equals(Columns.SNAPSHOT_DATE)) {
      return lit(snapshotDate);
    }
    if (column.name().equals(Columns.RUN_ID)) {
      return lit(runId);
    }
    if (!present.contains(column.name())) {
      if (!column.nullable()) {
        throw new IllegalArgumentException(table.name() + " needs a column " + column.name());
      }
      return lit(null).cast(column.type());
    }
    return col(column.name()).cast(column.type());
  }
}
