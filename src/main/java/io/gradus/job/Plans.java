package io.gradus.job;

import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.jdk.javaapi.CollectionConverters;

/** Rows of a plan and what a plan tells of itself, which Spark's public interface leaves out. */
final class Plans {
  private Plans() {}

  static Dataset<Row> rows(SparkSession spark, LogicalPlan plan) {
    return org.apache.spark.sql.classic.Dataset.ofRows(
        (org.apache.spark.sql.classic.SparkSession) spark, plan);
  }

  /** Names of the columns that a step hands on as they are. */
  static Set<String> handedOn(Dataset<Row> rows, Dataset<Row> step) {
    AttributeSet known = rows.queryExecution().analyzed().outputSet();
    return CollectionConverters.asJava(step.queryExecution().analyzed().output()).stream()
        .filter(known::contains)
        .map(Attribute::name)
        .collect(Collectors.toSet());
  }

  /** The same rows as the only node of their plan. */
  static Dataset<Row> leaf(Dataset<Row> rows) {
    return ((org.apache.spark.sql.classic.SparkSession) rows.sparkSession())
        .internalCreateDataFrame(rows.queryExecution().toRdd(), rows.schema(), false);
  }
}
