package io.gradus.notebook;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A small result on the driver, column by column: what plots are made from. */
public final class Frame {
  private static final int MOST = 100_000;

  private final List<String> columns;
  private final List<Row> rows;

  private Frame(List<String> columns, List<Row> rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /**
   * Collects a result.
   *
   * @throws IllegalArgumentException when it has more than 100,000 rows
   */
  public static Frame of(Dataset<Row> result) {
    List<Row> rows = result.limit(MOST + 1).collectAsList();
    if (rows.size() > MOST) {
      throw new IllegalArgumentException(
          "the result has more than " + MOST + " rows; aggregate or sample it first");
    }
    return new Frame(Arrays.asList(result.columns()), rows);
  }

  /** Number of rows. */
  public int size() {
    return rows.size();
  }

  /** A numeric column; NULL is NaN. */
  public double[] numbers(String column) {
    int at = index(column);
    return rows.stream().mapToDouble(row -> number(row, at)).toArray();
  }

  /** A column as texts; NULL is the empty text. */
  public List<String> texts(String column) {
    int at = index(column);
    return rows.stream().map(row -> Objects.toString(row.get(at), "")).toList();
  }

  /**
   * A column spread over two others, for heat maps; NaN where no row is.
   *
   * @param rowNames wanted values of the row column, in order
   * @param columnNames wanted values of the other, in order
   */
  public double[][] matrix(
      String rowColumn,
      List<String> rowNames,
      String columnColumn,
      List<String> columnNames,
      String valueColumn) {
    double[][] matrix = new double[rowNames.size()][columnNames.size()];
    for (double[] row : matrix) {
      Arrays.fill(row, Double.NaN);
    }
    List<String> down = texts(rowColumn);
    List<String> across = texts(columnColumn);
    double[] values = numbers(valueColumn);
    for (int i = 0; i < values.length; i++) {
      int r = rowNames.indexOf(down.get(i));
      int c = columnNames.indexOf(across.get(i));
      if (r >= 0 && c >= 0) {
        matrix[r][c] = values[i];
      }
    }
    return matrix;
  }

  private int index(String column) {
    int at = columns.indexOf(column);
    if (at < 0) {
      throw new IllegalArgumentException(
          "there is no column " + column + "; there are " + String.join(", ", columns));
    }
    return at;
  }

  private static double number(Row row, int at) {
    Object value = row.get(at);
    return value instanceof BigDecimal money
        ? money.doubleValue()
        : value instanceof Number number ? number.doubleValue() : Double.NaN;
  }
}
