package io.gradus.export;

import io.gradus.table.TableSpec;
import io.gradus.table.TableSpec.ColumnSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Table contracts in a database's data definition language. Names are in lower case, so that they
 * need no quotes in a query ({@code T} becomes {@code t}).
 */
enum SqlNames {
  DUCKDB("VARCHAR", "DOUBLE"),
  POSTGRES("text", "double precision");

  private final String text;
  private final String real;

  SqlNames(String text, String real) {
    this.text = text;
    this.real = real;
  }

  static String quoted(String name) {
    return '"' + name.toLowerCase(Locale.ROOT) + '"';
  }

  static String quoted(List<String> names) {
    return names.stream().map(SqlNames::quoted).collect(Collectors.joining(", "));
  }

  static String columns(TableSpec table) {
    return quoted(table.columns().stream().map(ColumnSpec::name).toList());
  }

  static String literal(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  /** {@code CREATE TABLE}, without keys. */
  String create(TableSpec table) {
    return table.columns().stream()
        .map(c -> quoted(c.name()) + ' ' + type(c.type()) + (c.nullable() ? "" : " NOT NULL"))
        .collect(Collectors.joining(", ", "CREATE TABLE " + quoted(table.name()) + " (", ")"));
  }

  /** The key and the indexes that look-ups need; best run after the rows are there. */
  List<String> keys(TableSpec table, List<String> lookups) {
    List<String> statements = new ArrayList<>();
    String name = quoted(table.name());
    boolean unknowns =
        table.columns().stream().anyMatch(c -> c.nullable() && table.keys().contains(c.name()));
    statements.add(
        unknowns
            ? "CREATE UNIQUE INDEX "
                + quoted(table.name() + "_key")
                + " ON "
                + name
                + " ("
                + quoted(table.keys())
                + ")"
            : "ALTER TABLE " + name + " ADD PRIMARY KEY (" + quoted(table.keys()) + ")");
    for (String column : lookups) {
      statements.add(
          "CREATE INDEX "
              + quoted(table.name() + "_by_" + column)
              + " ON "
              + name
              + " ("
              + quoted(column)
              + ")");
    }
    return statements;
  }

  /** What people read about the table and its columns. */
  List<String> comments(TableSpec table) {
    List<String> statements = new ArrayList<>();
    statements.add(
        "COMMENT ON TABLE "
            + quoted(table.name())
            + " IS "
            + literal(table.comment() + ". Grain: " + table.grain() + "."));
    for (ColumnSpec column : table.columns()) {
      statements.add(
          "COMMENT ON COLUMN "
              + quoted(table.name())
              + '.'
              + quoted(column.name())
              + " IS "
              + literal(column.comment()));
    }
    return statements;
  }

  private String type(DataType type) {
    if (type instanceof DecimalType decimal) {
      return "DECIMAL(" + decimal.precision() + "," + decimal.scale() + ")";
    }
    if (type instanceof ArrayType list) {
      return type(list.elementType()) + "[]";
    }
    if (type instanceof StringType) {
      return text;
    }
    if (type instanceof DoubleType) {
      return real;
    }
    if (type instanceof LongType) {
      return "BIGINT";
    }
    if (type instanceof IntegerType) {
      return "INTEGER";
    }
    if (type instanceof BooleanType) {
      return "BOOLEAN";
    }
    if (type instanceof DateType) {
      return "DATE";
    }
    if (type instanceof TimestampType) {
      return "TIMESTAMP WITH TIME ZONE";
    }
    throw new IllegalArgumentException("no database type for " + type.catalogString());
  }
}
