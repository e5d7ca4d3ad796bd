package io.gradus.monitor;

import static java.util.stream.Collectors.toMap;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** The structure of the graded customers. */
public final class Structure {
  private Structure() {}

  /**
   * One row per scope and grade: customers, money, retention, mean churn probability, provisional
   * share, and prospects, who count nowhere else. Scopes are everybody and each industry, region
   * and type that the customers have.
   *
   * @param graded one row per graded customer
   */
  public static Dataset<Row> gradeSummary(Dataset<Row> graded) {
    Column before = col(Columns.PURCHASES_730D).minus(col(Columns.PURCHASES_365D)).gt(0);
    Column retained = before.and(col(Columns.PURCHASES_365D).gt(0));
    Column earlier =
        Money.toCents(col(Columns.SPEND_730D)).minus(Money.toCents(col(Columns.SPEND_365D)));
    Dataset<Row> sums =
        Scopes.explode(graded, Scopes.MASTER)
            .groupBy(Scopes.COLUMN, Scopes.VALUE, Columns.GRADE)
            .agg(
                count(when(Lifecycle.isCustomer(), 1)).as("customers"),
                cents(Columns.SPEND_365D, "revenue_365d"),
                sum(profit(graded)).as(Columns.PROFIT_365D),
                cents(Columns.CLV_12M, "clv_12m"),
                sum(when(
                            Lifecycle.isCustomer(),
                            coalesce(Money.toCents(col(Columns.HEADROOM)), lit(0L)))
                        .otherwise(0L))
                    .as("headroom"),
                cents(Columns.REVENUE_AT_RISK, "revenue_at_risk"),
                avg(Columns.CHURN_PROBABILITY).as("mean_churn_probability"),
                avg(when(
                        Lifecycle.isCustomer(), when(col(Columns.PROVISIONAL), 1.0).otherwise(0.0)))
                    .as("provisional_share"),
                count(when(Lifecycle.isCustomer(), null).otherwise(1)).as("prospects"),
                violations(before, "customers_before"),
                violations(retained, "customers_retained"),
                sum(when(before, earlier).otherwise(0L)).as("revenue_before"),
                sum(when(before, Money.toCents(col(Columns.SPEND_365D))).otherwise(0L))
                    .as("revenue_retained"),
                cents(Columns.SPEND_30D, "revenue_30d"),
                sum(Columns.PURCHASES_30D).as("purchases_30d"),
                sum(Columns.PURCHASES_90D).as("purchases_90d"));
    WindowSpec scope = Window.partitionBy(Scopes.COLUMN, Scopes.VALUE);
    return sums.withColumn("_customers", sum("customers").over(scope))
        .withColumn("_revenue", sum("revenue_365d").over(scope))
        .withColumn("customer_share", share("customers", "_customers"))
        .withColumn("revenue_share", share("revenue_365d", "_revenue"))
        .withColumn("retention", share("customers_retained", "customers_before"))
        .withColumn("net_revenue_retention", share("revenue_retained", "revenue_before"))
        .withColumns(money("revenue_365d", Columns.PROFIT_365D, "clv_12m", "headroom"))
        .withColumns(money("revenue_at_risk", "revenue_before", "revenue_retained", "revenue_30d"))
        .drop("_customers", "_revenue");
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
        .where(col(Columns.MATRIX_CELL).isNotNull())
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
            violations(
                col(Columns.PURCHASE_DAYS).equalTo(0).and(col(Columns.NET_TOTAL).lt(0)),
                "refund_only"),
            cents(Columns.NET_TOTAL, "net_cents"));
    return graded
        .agg(counts.get(0), counts.subList(1, counts.size()).toArray(Column[]::new))
        .head();
  }

  /** Without a feed of costs nobody has a profit. */
  private static Column profit(Dataset<Row> graded) {
    return Scopes.present(graded, List.of(Columns.PROFIT_365D)).isEmpty()
        ? lit(null).cast("bigint")
        : Money.toCents(col(Columns.PROFIT_365D));
  }

  private static Column share(String part, String whole) {
    return when(col(whole).gt(0), col(part).divide(col(whole)));
  }

  private static Map<String, Column> money(String... cents) {
    return Arrays.stream(cents).collect(toMap(name -> name, name -> Money.fromCents(col(name))));
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
    return sum(coalesce(Money.toCents(col(money)), lit(0L))).as(name);
  }
}
