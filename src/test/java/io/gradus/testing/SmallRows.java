package io.gradus.testing;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A test's few rows, computed once. */
public final class SmallRows {
  private SmallRows() {}

  /** The same rows without the plan that made them: planning takes far longer than computing. */
  public static Dataset<Row> kept(Dataset<Row> rows) {
    return rows.sparkSession().createDataFrame(rows.collectAsList(), rows.schema());
  }
}
