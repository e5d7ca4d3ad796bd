package io.gradus.job;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Rows of a plan, which Spark's public interface does not make. */
final class Plans {
  private Plans() {}

  static Dataset<Row> rows(SparkSession spark, LogicalPlan plan) {
    return org.apache.spark.sql.classic.Dataset.ofRows(
        (org.apache.spark.sql.classic.SparkSession) spark, plan);
  }

  /** The same rows as the only node of their plan. */
  static Dataset<Row> leaf(Dataset<Row> rows) {
    return ((org.apache.spark.sql.classic.SparkSession) rows.sparkSession())
        .internalCreateDataFrame(rows.queryExecution().toRdd(), rows.schema(), false);
  }
}
