package io.gradus.monitor;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.gradus.table.Columns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** The groups of customers that figures are told for: everybody, and each value of a column. */
final class Scopes {
  static final String COLUMN = "scope_column";
  static final String VALUE = "scope_value";

  /** The scope of everybody. */
  static final String ALL = "all";

  /** The value of the scope of everybody. */
  static final String ANY = "*";

  /** Columns of the customer master that cut customers into groups of a size to speak of. */
  static final List<String> MASTER =
      List.of(Columns.INDUSTRY, Columns.REGION, Columns.CUSTOMER_TYPE);

  private Scopes() {}

  /** Those of the columns that the rows have. */
  static List<String> present(Dataset<Row> rows, List<String> columns) {
    List<String> names = Arrays.asList(rows.columns());
    return columns.stream().filter(names::contains).toList();
  }

  /** Each row once for everybody and once for each of its groups. */
  static Dataset<Row> explode(Dataset<Row> rows, List<String> columns) {
    List<String> cuts = present(rows, columns);
    if (cuts.isEmpty()) {
      return rows.withColumn(COLUMN, lit(ALL)).withColumn(VALUE, lit(ANY));
    }
    List<Column> scopes = new ArrayList<>();
    scopes.add(struct(lit(ALL).as(COLUMN), lit(ANY).as(VALUE)));
    cuts.forEach(name -> scopes.add(struct(lit(name).as(COLUMN), col(name).as(VALUE))));
    return rows.withColumn("_scope", functions.explode(array(scopes.toArray(Column[]::new))))
        .withColumn(COLUMN, col("_scope." + COLUMN))
        .withColumn(VALUE, col("_scope." + VALUE))
        .where(col(VALUE).isNotNull());
  }
}
