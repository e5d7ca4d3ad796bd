package io.gradus.lake;

import static io.gradus.table.TableSpec.ColumnSpec.optional;
import static io.gradus.table.TableSpec.ColumnSpec.required;

import io.gradus.table.Columns;
import io.gradus.table.TableSpec;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/** Small tables of the shapes a night writes. */
final class LakeFixture {
  private LakeFixture() {}

  static final LocalDate FIRST = LocalDate.of(2026, 1, 31);
  static final LocalDate SECOND = LocalDate.of(2026, 2, 1);

  /** One row per customer, replaced each night. */
  static final TableSpec CURRENT = spec("gold", "customer_current", List.of());

  /** One row per customer and as-of date. */
  static final TableSpec SNAPSHOT =
      spec("gold", "customer_history", List.of(Columns.SNAPSHOT_DATE));

  /** Rows that only ever grow. */
  static final TableSpec GROWING =
      new TableSpec(
          "silver",
          "movement",
          "Movements as they arrived.",
          "one row per movement",
          List.of(Columns.CUSTOMER_ID),
          List.of(),
          List.of(
              required(Columns.CUSTOMER_ID, DataTypes.StringType, "The customer."),
              required(Columns.AMOUNT, TableSpec.MONEY, "Money, two decimals.")),
          Map.of());

  private static TableSpec spec(String layer, String name, List<String> partitionBy) {
    return new TableSpec(
        layer,
        name,
        "Customers, graded.",
        "one row per customer",
        List.of(Columns.SNAPSHOT_DATE, Columns.CUSTOMER_ID),
        partitionBy,
        List.of(
            required(Columns.SNAPSHOT_DATE, DataTypes.DateType, "The as-of date."),
            required(Columns.CUSTOMER_ID, DataTypes.StringType, "The customer's key."),
            optional(Columns.TOTAL_SCORE, DataTypes.DoubleType, "Score, 0 to 100."),
            required(Columns.RUN_ID, DataTypes.StringType, "The run that wrote the row.")),
        Map.of("score_range", "total_score BETWEEN 0 AND 100"));
  }

  /** Customers c0 … c(n−1), each with the same score. */
  static Dataset<Row> customers(SparkSession spark, int n, double score) {
    return spark
        .range(n)
        .selectExpr(
            "concat('c', id) AS customer_id", "CAST(" + score + " AS DOUBLE) AS total_score");
  }

  static Dataset<Row> movements(SparkSession spark, int n) {
    return spark
        .range(n)
        .selectExpr("concat('c', id) AS customer_id", "CAST(1.25 AS DECIMAL(18,2)) AS amount");
  }

  static RunLock lock(SparkSession spark, Path root) {
    return RunLock.acquire(spark, root.toString(), "test", InstantSource.system());
  }

  /** A small night: the current table, a snapshot of it, one publication. */
  static Publication night(Lake lake, SparkSession spark, RunRef run, int n, double score) {
    lake.overwrite(CURRENT, customers(spark, n, score), run);
    lake.replaceRun(SNAPSHOT, customers(spark, n, score), run);
    return lake.publish(run, Map.of());
  }
}
