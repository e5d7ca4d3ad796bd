package io.gradus.ingest;

import io.gradus.config.ColumnMapping;
import io.gradus.error.GradusException;
import io.gradus.table.Columns;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A mapping of the configuration as a column of the source. */
final class MappedColumns {
  private static final List<String> OURS = List.of(Columns.SOURCE_FILE, Columns.SOURCE_ROW);

  private MappedColumns() {}

  /** Whether the source has the column; an expression says itself what it needs. */
  static boolean given(Dataset<Row> source, ColumnMapping mapping) {
    return mapping.expression()
        || Arrays.stream(source.columns())
            .anyMatch(name -> !OURS.contains(name) && same(name, mapping.text()));
  }

  private static boolean same(String a, String b) {
    return a.toLowerCase(Locale.ROOT).equals(b.toLowerCase(Locale.ROOT));
  }

  /**
   * The column or expression.
   *
   * @param key the configuration key, used in messages
   * @throws GradusException (input) when the source has no such column, (usage) when the expression
   *     cannot be used
   */
  static Column of(Dataset<Row> source, String key, ColumnMapping mapping) {
    if (mapping.expression()) {
      return Expressions.column(source, key, mapping.text());
    }
    List<String> present =
        Arrays.stream(source.columns()).filter(name -> !OURS.contains(name)).toList();
    return present.stream()
        .filter(name -> same(name, mapping.text()))
        .findFirst()
        .map(name -> source.col("`" + name.replace("`", "``") + "`"))
        .orElseThrow(
            () ->
                GradusException.input(
                    key
                        + ": the source has no column '"
                        + mapping.text()
                        + "'; its columns are "
                        + String.join(", ", present)));
  }
}
