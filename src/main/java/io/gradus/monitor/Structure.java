package io.gradus.monitor;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.gradus.insight.Lifecycle;
import io.gradus.table.Columns;
import io.gradus.table.Money;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The structure of the graded customers. */
public final class Structure {
  private Structure() {}

  /**
   * One row per grade: customers, money, mean churn probability, provisional share, and prospects,
   * who count nowhere else.
   *
   * @param graded one row per graded customer
   */
  public static Dataset<Row> gradeSummary(Dataset<Row> graded) {
    Dataset<Row> sums =
        graded
            .groupBy(Columns.GRADE)
            .agg(
                count(when(Lifecycle.isCustomer(), 1)).as("customers"),
                cents(Columns.SPEND_365D, "revenue_365d"),
                cents(Columns.CLV_12M, "clv_12m"),
                sum(when(Lifecycle.isCustomer(), coalesce(Money.toCents(col(Columns.HEADROOM)), lit(0L)))
                        .otherwise(0L))
                    .as("headroom"),
                cents(Columns.REVENUE_AT_RISK, "revenue_at_risk"),
                avg(Columns.CHURN_PROBABILITY).as("mean_churn_probability"),
                avg(when(Lifecycle.isCustomer(), when(col(Columns.PROVISIONAL), 1.0).otherwise(0.0)))
                    .as("provisional_share"),
                count(when(Lifecycle.isCustomer(), null).otherwise(1)).as("prospects"));
    // A handful of grades: the totals join as one row.
    Dataset<Row> totals =
        sums.agg(sum("customers").as("_customers"), sum("revenue_365d").as("_revenue"));
    return sums.crossJoin(totals)
        .select(
            col(Columns.GRADE),
            col("customers"),
            when(col("_customers").gt(0), col("customers").divide(col("_customers")))
                .as("customer_share"),
            Money.fromCents(col("revenue_365d")).as("revenue_365d"),
            when(col("_revenue").gt(0), col("revenue_365d").divide(col("_revenue")))
                .as("revenue_share"),
            Money.fromCents(col("clv_12m")).as("clv_12m"),
            Money.fromCents(col("headroom")).as("headroom"),
            Money.fromCents(col("revenue_at_risk")).as("revenue_at_risk"),
            col("mean_churn_probability"),
            col("provisional_share"),
            col("prospects"));
  }

  /** Customers by official grade and by the grade of the coming policy, with their revenue. */
  public static Dataset<Row> shadowSummary(Dataset<Row> graded) {
    return graded
        .where(Lifecycle.isCustomer())
        .groupBy(Columns.SHADOW_POLICY, Columns.GRADE, Columns.GRADE_SHADOW)
        .agg(count(lit(1)).as("customers"), cents(Columns.SPEND_365D, "revenue_365d"))
        .withColumn("revenue_365d", Money.fromCents(col("revenue_365d")));
  }

  /** Customers per cell of the value–potential matrix, with their revenue. */
  public static Dataset<Row> matrixSummary(Dataset<Row> graded) {
    return graded
        .where(col(Columns.MATRIX_CELL).isNotNull().and(Lifecycle.isCustomer()))
        .groupBy(Columns.MATRIX_CELL, Columns.MATRIX_CELL_ZH)
        .agg(count(lit(1)).as("customers"), cents(Columns.SPEND_365D, "revenue_365d"))
        .withColumn("revenue_365d", Money.fromCents(col("revenue_365d")));
  }

  /** The checks that every published customer table passes, as one row of counts. */
  public static Row integrity(Dataset<Row> graded) {
    List<Column> counts =
        List.of(
            count(lit(1)).as("rows"),
            count(when(Lifecycle.isCustomer(), 1)).as("customers"),
            violations(col(Columns.CUSTOMER_ID).isNull(), "customer_null"),
            violations(outside(Columns.CHURN_PROBABILITY), "churn_outside"),
            violations(outside(Columns.PROBABILITY_ALIVE), "alive_outside"),
            violations(col(Columns.CLV_12M).lt(0).or(col(Columns.CLV_36M).lt(0)), "clv_negative"),
            violations(
                Lifecycle.isCustomer()
                    .and(
                        coalesce(
                                col(Columns.R_SCORE)
                                    .between(1, 5)
                                    .and(col(Columns.F_SCORE).between(1, 5))
                                    .and(col(Columns.M_SCORE).between(1, 5)),
                                lit(false))
                            .equalTo(false)),
                "rfm_outside"),
            violations(col(Columns.GRADE).isNull(), "grade_null"),
            cents(Columns.NET_TOTAL, "net_cents"));
    return graded
        .agg(counts.get(0), counts.subList(1, counts.size()).toArray(Column[]::new))
        .head();
  }

  private static Column outside(String probability) {
    return org.apache
        .spark
        .sql
        .functions
        .not(col(probability).between(0, 1))
        .or(org.apache.spark.sql.functions.isnan(col(probability)));
  }

  private static Column violations(Column condition, String name) {
    return sum(when(condition, 1L).otherwise(0L)).as(name);
  }

  private static Column cents(String money, String name) {
    return sum(coalesce(Money.toCents(col(money)), lit(0L)))
        .as(name);
  }
}
