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
    String wanted = mapping.text().toLowerCase(Locale.ROOT);
    return present.stream()
        .filter(name -> name.toLowerCase(Locale.ROOT).equals(wanted))
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
