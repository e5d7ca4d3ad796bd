package io.gradus.monitor;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import io.gradus.table.Columns;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Cuts at the tenths of a column. Beyond {@value #SAMPLE} customers a sample by hash of the id is
 * cut, so that the same customers give the same cuts however they are partitioned.
 */
final class Deciles {
  static final int SAMPLE = 50_000;
  private static final String TENTHS =
      "array(0.1D, 0.2D, 0.3D, 0.4D, 0.5D, 0.6D, 0.7D, 0.8D, 0.9D)";

  private Deciles() {}

  /** One row with an array of nine values per column; NULL for a column without values. */
  static Dataset<Row> cuts(Dataset<Row> customers, List<Column> values, long count) {
    long every = Math.max(1, count / SAMPLE);
    Dataset<Row> sample =
        every == 1
            ? customers
            : customers.where(pmod(xxhash64(col(Columns.CUSTOMER_ID)), lit(every)).equalTo(0));
    Dataset<Row> named = sample.select(values.toArray(Column[]::new));
    Column[] tenths =
        Arrays.stream(named.columns())
            .map(name -> expr("percentile(" + name + ", " + TENTHS + ")").as(name))
            .toArray(Column[]::new);
    return named.agg(tenths[0], Arrays.copyOfRange(tenths, 1, tenths.length));
  }

  /** The rows with the decile, 1 to 10, of each of the columns as a column of a new name. */
  static Dataset<Row> join(Dataset<Row> rows, List<String> columns, String prefix, long count) {
    List<Column> values =
        columns.stream().map(name -> col(name).cast("double").as("_cut_" + name)).toList();
    Dataset<Row> result = rows.crossJoin(broadcast(cuts(rows, values, count)));
    for (String name : columns) {
      Column below = expr("size(filter(_cut_" + name + ", c -> c < CAST(" + name + " AS DOUBLE)))");
      result = result.withColumn(prefix + name, below.plus(1)).drop("_cut_" + name);
    }
    return result;
  }
}
