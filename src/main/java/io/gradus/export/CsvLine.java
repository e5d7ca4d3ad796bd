package io.gradus.export;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.replace;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import io.gradus.table.TableSpec;
import io.gradus.table.TableSpec.ColumnSpec;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Rows as lines of CSV by RFC 4180. Text is always quoted, so that an empty text and NULL differ:
 * NULL is an empty cell without quotes. Numbers and dates are ISO, instants UTC.
 */
public enum CsvLine {
  /** For people and spreadsheets: text that would be taken for a formula gets an apostrophe. */
  SPREADSHEET("\r\n") {
    @Override
    Column text(Column value) {
      Column formula = substring(value, 1, 1).isin("=", "+", "-", "@", "\t", "\r");
      return when(formula, concat(lit("'"), value)).otherwise(value);
    }

    @Override
    Column list(Column values) {
      return to_json(values);
    }
  },

  /**
   * For PostgreSQL's COPY: lists as array literals; the one character it cannot keep is left out.
   */
  POSTGRES("\n") {
    @Override
    Column text(Column value) {
      return replace(value, lit("\u0000"), lit(""));
    }

    @Override
    Column list(Column values) {
      Column texts = values.cast("array<string>");
      Column quoted = transform(texts, v -> concat(lit("\""), escaped(v), lit("\"")));
      return concat(lit("{"), array_join(quoted, ","), lit("}"));
    }

    private Column escaped(Column value) {
      return replace(replace(text(value), lit("\\"), lit("\\\\")), lit("\""), lit("\\\""));
    }
  };

  private static final String ISO_INSTANT = "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX";

  private final String end;

  CsvLine(String end) {
    this.end = end;
  }

  abstract Column text(Column value);

  abstract Column list(Column values);

  /** What ends a line. */
  public String end() {
    return end;
  }

  /** The names of the columns as a line without its end. */
  public String header(TableSpec table) {
    return table.columns().stream().map(ColumnSpec::name).collect(Collectors.joining(","));
  }

  /** One line per row. */
  public Column of(TableSpec table) {
    return concat_ws(
            ",",
            table.columns().stream()
                .map(column -> cell(column.type(), col(column.name())))
                .toArray(Column[]::new))
        .as("line");
  }

  private Column cell(DataType type, Column value) {
    Column text;
    if (type instanceof StringType) {
      text = quoted(text(value));
    } else if (type instanceof ArrayType) {
      text = quoted(list(value));
    } else if (type instanceof TimestampType) {
      text = date_format(value, ISO_INSTANT);
    } else {
      text = value.cast("string");
    }
    return coalesce(text, lit(""));
  }

  private static Column quoted(Column value) {
    return concat(lit("\""), replace(value, lit("\""), lit("\"\"")), lit("\""));
  }
}
