package io.gradus.job;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.testing.SmallRows;
import io.gradus.testing.SparkExtension;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns kept in layers read as if they were kept as they are. */
@ExtendWith(SparkExtension.class)
class CustomerLayersTest {
  private static final String MODE = "spark.sql.codegen.factoryMode";

  /** Reads, adds, replaces, reorders and drops columns, and renames one. */
  private static final UnaryOperator<Dataset<Row>> FIRST =
      rows ->
          rows.withColumn("twice", col("spend").multiply(2))
              .withColumn("tags", array(col("name"), lit("x")))
              .withColumn("spend", col("spend").plus(1))
              .withColumnRenamed("name", "customer_name")
              .drop("unused");

  private static final UnaryOperator<Dataset<Row>> SECOND =
      rows ->
          rows.join(rows.groupBy("segment").count(), "segment")
              .withColumn("share", col("spend").divide(col("count")))
              .drop("twice");

  @ParameterizedTest
  @ValueSource(strings = {"CODEGEN_ONLY", "NO_CODEGEN"})
  void stepsGiveWhatTheyGiveOnRowsThatAreKeptWhole(String mode, SparkSession spark) {
    spark.conf().set(MODE, mode);
    Dataset<Row> rows = customers(spark);
    Dataset<Row> expected = SECOND.apply(FIRST.apply(rows));
    try (Kept kept = Kept.of(rows);
        CustomerLayers first = CustomerLayers.of(kept).with(FIRST);
        CustomerLayers second = first.with(SECOND)) {
      assertThat(second.count()).isEqualTo(3);
      assertThat(second.rows().columns()).isEqualTo(expected.columns());
      assertThat(second.rows().orderBy("customer_id").collectAsList())
          .isEqualTo(expected.orderBy("customer_id").collectAsList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CODEGEN_ONLY", "NO_CODEGEN"})
  void othersJoinAfterAStepAndTakePartInTheNext(String mode, SparkSession spark) {
    spark.conf().set(MODE, mode);
    Dataset<Row> rows = customers(spark);
    Dataset<Row> others = SmallRows.kept(FIRST.apply(rows).withColumn("customer_id", lit("z")));
    Dataset<Row> expected = SECOND.apply(SmallRows.kept(FIRST.apply(rows).union(others)));
    try (Kept kept = Kept.of(rows);
        CustomerLayers first = CustomerLayers.of(kept).with(FIRST);
        CustomerLayers second = first.and(others).with(SECOND)) {
      assertThat(second.count()).isEqualTo(6);
      assertThat(second.rows().collectAsList())
          .containsExactlyInAnyOrderElementsOf(expected.collectAsList());
    }
  }

  @Test
  void onlyLayersAreHandedOnWhereQueriesAreCompiled(SparkSession spark) {
    spark.conf().set(MODE, "CODEGEN_ONLY");
    try (Kept kept = Kept.of(customers(spark));
        CustomerLayers first = CustomerLayers.of(kept).with(FIRST);
        CustomerLayers second = first.with(SECOND)) {
      var leaf = second.rows().queryExecution().optimizedPlan().collectLeaves().head();
      assertThat(leaf.output().mkString(","))
          .matches("customer_id#\\d+,_layer_0#\\d+,_layer_1#\\d+,_layer_2#\\d+");
    }
  }

  private static Dataset<Row> customers(SparkSession spark) {
    return SmallRows.kept(
        spark.sql(
            "SELECT * FROM VALUES ('a', 'Ann', 1.5D, 's', 7), ('b', CAST(NULL AS STRING), 2.5D,"
                + " 's', 8), ('c', 'Cid', CAST(NULL AS DOUBLE), 't', 9)"
                + " AS t(customer_id, name, spend, segment, unused)"));
  }
}
