package io.gradus.monitor;

import static org.apache.spark.sql.functions.add_months;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.trunc;
import static org.apache.spark.sql.functions.when;

import io.gradus.table.Columns;
import io.gradus.table.Money;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Growth accounting: the buyers of a month are new, returning or resurrected, and those of the
 * month before who did not come are dormant; so buyers = buyers before − dormant + new +
 * resurrected.
 */
public final class LifecycleBridge {
  private LifecycleBridge() {}

  /**
   * Rows of {@code gold.lifecycle_bridge}.
   *
   * @param days rows of {@code silver.purchase_day}
   * @param customers graded customers with their first purchase
   * @param from first day of the first month
   * @param to first day of the month after the last one
   */
  public static Dataset<Row> of(
      Dataset<Row> days, Dataset<Row> customers, LocalDate from, LocalDate to) {
    Dataset<Row> months =
        days.where(col(Columns.NET_AMOUNT).gt(0))
            .where(col(Columns.DAY).geq(lit(from.minusMonths(1))))
            .where(col(Columns.DAY).lt(lit(to)))
            .groupBy(col(Columns.CUSTOMER_ID), trunc(col(Columns.DAY), "month").as("month"))
            .agg(
                sum(Money.toCents(col(Columns.NET_AMOUNT))).as("cents"),
                min(Columns.DAY).as("first_day"));
    WindowSpec order = Window.partitionBy(Columns.CUSTOMER_ID).orderBy("month");
    Dataset<Row> buyers =
        months
            .withColumn("_last", lag("month", 1).over(order))
            .withColumn("_next", lead("month", 1).over(order))
            .join(
                customers.select(Columns.CUSTOMER_ID, Columns.GRADE, Columns.FIRST_PURCHASE_DATE),
                Columns.CUSTOMER_ID);
    Column before = add_months(col("month"), -1);
    Column after = add_months(col("month"), 1);
    Column came =
        when(col(Columns.FIRST_PURCHASE_DATE).equalTo(col("first_day")), "new")
            .when(coalesce(col("_last").equalTo(before), lit(false)), "returning")
            .otherwise("resurrected");
    Column stayed = coalesce(col("_next").equalTo(after), lit(false));
    Column left = when(stayed, lit(null).cast("string")).otherwise(lit("dormant"));
    return buyers
        .withColumn(
            "_step",
            explode(
                array(
                    struct(col("month").as("month"), came.as("movement")),
                    struct(after.as("month"), left.as("movement")))))
        .select(col("_step.*"), col(Columns.GRADE), col("cents"))
        .where(col("movement").isNotNull())
        .where(col("month").geq(lit(from)).and(col("month").lt(lit(to))))
        .groupBy("month", "movement", Columns.GRADE)
        .agg(count(lit(1)).as("customers"), Money.fromCents(sum("cents")).as("revenue"));
  }
}
