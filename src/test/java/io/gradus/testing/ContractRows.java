package io.gradus.testing;

import io.gradus.table.TableSpec;
import io.gradus.table.TableSpec.ColumnSpec;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a table contract written by hand: only the columns that matter are given, a required
 * column that is not given is zero, empty, false or 2026-01-01, any other is NULL.
 */
public final class ContractRows {
  private ContractRows() {}

  /**
   * Rows from lines of {@code |}-separated cells; an empty cell is a column that is not given.
   *
   * @param header the columns' names
   */
  public static Dataset<Row> of(
      SparkSession spark, TableSpec table, String header, List<String> lines) {
    List<String> names = cells(header);
    for (String name : names) {
      if (table.columns().stream().noneMatch(column -> column.name().equals(name))) {
        throw new IllegalArgumentException(table.name() + " has no column " + name);
      }
    }
    return spark.createDataFrame(
        lines.stream().map(line -> row(table, names, cells(line))).toList(), table.schema());
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
  }

  private static Row row(TableSpec table, List<String> names, List<String> cells) {
    if (cells.size() != names.size()) {
      throw new IllegalArgumentException(names + " against " + cells);
    }
    Map<String, String> given = new TreeMap<>();
    for (int i = 0; i < names.size(); i++) {
      given.put(names.get(i), cells.get(i));
    }
    return RowFactory.create(
        table.columns().stream().map(c -> value(c, given.getOrDefault(c.name(), ""))).toArray());
  }

  private static @Nullable Object value(ColumnSpec column, String text) {
    if (text.isEmpty() && column.nullable()) {
      return null;
    }
    return parsed(column.type(), text);
  }

  private static Object parsed(DataType type, String text) {
    String number = text.isEmpty() ? "0" : text;
    if (type instanceof DecimalType decimal) {
      return new BigDecimal(number).setScale(decimal.scale());
    } else if (type instanceof DoubleType) {
      return Double.valueOf(number);
    } else if (type instanceof LongType) {
      return Long.valueOf(number);
    } else if (type instanceof IntegerType) {
      return Integer.valueOf(number);
    } else if (type instanceof BooleanType) {
      return Boolean.valueOf(text);
    } else if (type instanceof DateType) {
      return Date.valueOf(text.isEmpty() ? LocalDate.of(2026, 1, 1) : LocalDate.parse(text));
    } else if (type instanceof TimestampType) {
      return Timestamp.from(Instant.parse(text.isEmpty() ? "2026-01-01T00:00:00Z" : text));
    } else if (type instanceof ArrayType list) {
      return Arrays.stream(text.split(";")).map(t -> parsed(list.elementType(), t)).toArray();
    }
    return text.replace("\\n", "\n").replace("\\t", "\t").replace("\\r", "\r").replace("\\0", "\0");
  }
}
