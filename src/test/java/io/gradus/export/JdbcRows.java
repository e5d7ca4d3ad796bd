package io.gradus.export;

import io.gradus.lake.Lake;
import io.gradus.table.TableSpec;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Rows of a database and of the lake as text that can be compared. */
final class JdbcRows {
  private JdbcRows() {}

  static List<List<String>> query(Connection connection, String sql) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      int columns = found.getMetaData().getColumnCount();
      while (found.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(shown(found.getObject(i)));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  /** All rows of a table by its key. */
  static List<List<String>> all(Connection connection, TableSpec table) throws SQLException {
    String columns =
        String.join(", ", table.columns().stream().map(c -> '"' + lower(c.name()) + '"').toList());
    return query(
        connection,
        "SELECT "
            + columns
            + " FROM "
            + table.name()
            + " ORDER BY "
            + String.join(", ", table.keys()));
  }

  private static String lower(String name) {
    return name.toLowerCase(java.util.Locale.ROOT);
  }

  /** All published rows of a table by its key. */
  static List<List<String>> published(Lake lake, TableSpec table) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    var keys =
        table.keys().stream().map(functions::col).toArray(org.apache.spark.sql.Column[]::new);
    for (Row row : lake.readPublished(table).orderBy(keys).collectAsList()) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        cells.add(shown(row.get(i)));
      }
      rows.add(cells);
    }
    return rows;
  }

  private static String shown(Object value) throws SQLException {
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    } else if (value instanceof Timestamp time) {
      return time.toInstant().toString();
    } else if (value instanceof OffsetDateTime time) {
      return time.toInstant().toString();
    } else if (value instanceof Array list) {
      return Arrays.toString((Object[]) list.getArray());
    } else if (value instanceof scala.collection.Seq<?> list) {
      return scala.jdk.javaapi.CollectionConverters.asJava(list).toString();
    }
    return String.valueOf(value);
  }
}
