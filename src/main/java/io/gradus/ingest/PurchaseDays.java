package io.gradus.ingest;

import static io.gradus.table.Columns.AMOUNT;
import static io.gradus.table.Columns.CATEGORY;
import static io.gradus.table.Columns.CATEGORY_BITS;
import static io.gradus.table.Columns.CUSTOMER_ID;
import static io.gradus.table.Columns.DAY;
import static io.gradus.table.Columns.GROSS_ADDED;
import static io.gradus.table.Columns.GROSS_AMOUNT;
import static io.gradus.table.Columns.LINE_COUNT;
import static io.gradus.table.Columns.NET_AFTER;
import static io.gradus.table.Columns.NET_AMOUNT;
import static io.gradus.table.Columns.NET_BEFORE;
import static io.gradus.table.Columns.PRODUCT_ID;
import static io.gradus.table.Columns.REFUND_ADDED;
import static io.gradus.table.Columns.REFUND_AMOUNT;
import static io.gradus.table.Columns.REFUND_LINE_COUNT;
import static org.apache.spark.sql.functions.bit_or;
import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.gradus.table.Money;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Accepted transactions to one row per customer and business day. Refunds and cancellations net
 * against the customer on the day they happen, and never count as a purchase.
 */
public final class PurchaseDays {
  private static final int BITS = Long.SIZE;
  private static final String FOUND = "_found";

  private PurchaseDays() {}

  /**
   * Rows of {@code silver.purchase_day}, partitioned by customer so that features need no shuffle.
   */
  public static Dataset<Row> of(Dataset<Row> transactions) {
    Column what = coalesce(col(CATEGORY), col(PRODUCT_ID));
    Column bit =
        call_function("shiftleft", lit(1L), xxhash64(what).bitwiseAND(BITS - 1).cast("int"));
    Column cents = Money.toCents(col(AMOUNT));
    Dataset<Row> days =
        transactions
            .select(
                col(CUSTOMER_ID),
                col(DAY),
                cents.as(NET_AMOUNT),
                when(what.isNotNull().and(col(AMOUNT).gt(0)), bit).otherwise(0L).as(CATEGORY_BITS))
            .repartition(col(CUSTOMER_ID))
            .groupBy(CUSTOMER_ID, DAY)
            .agg(
                sum(NET_AMOUNT).as(NET_AMOUNT),
                sum(greatest(col(NET_AMOUNT), lit(0L))).as(GROSS_AMOUNT),
                sum(least(col(NET_AMOUNT), lit(0L))).as(REFUND_AMOUNT),
                count(lit(1)).cast("int").as(LINE_COUNT),
                sum(when(col(NET_AMOUNT).lt(0), 1).otherwise(0)).cast("int").as(REFUND_LINE_COUNT),
                bit_or(col(CATEGORY_BITS)).as(CATEGORY_BITS));
    return inDecimals(days);
  }

  /**
   * One row per customer and day of rows that have some of them more than once, because their
   * transactions came in parts.
   */
  public static Dataset<Row> merged(Dataset<Row> parts) {
    Dataset<Row> days =
        parts
            .groupBy(CUSTOMER_ID, DAY)
            .agg(
                sum(Money.toCents(col(NET_AMOUNT))).as(NET_AMOUNT),
                sum(Money.toCents(col(GROSS_AMOUNT))).as(GROSS_AMOUNT),
                sum(Money.toCents(col(REFUND_AMOUNT))).as(REFUND_AMOUNT),
                sum(LINE_COUNT).cast("int").as(LINE_COUNT),
                sum(REFUND_LINE_COUNT).cast("int").as(REFUND_LINE_COUNT),
                bit_or(col(CATEGORY_BITS)).as(CATEGORY_BITS));
    return inDecimals(days);
  }

  /**
   * What parts of days change: one row per customer and day of {@code silver.customer_change}.
   *
   * @param found the rows that these customers and days had before, each at most once
   * @param parts the rows to add to them, each at most once
   */
  public static Dataset<Row> changed(Dataset<Row> found, Dataset<Row> parts) {
    Column added = not(col(FOUND));
    Column net = Money.toCents(col(NET_AMOUNT));
    return found
        .withColumn(FOUND, lit(true))
        .unionByName(parts.withColumn(FOUND, lit(false)))
        .groupBy(CUSTOMER_ID, DAY)
        .agg(
            total(net, col(FOUND)).as(NET_BEFORE),
            Money.fromCents(sum(net)).as(NET_AFTER),
            total(Money.toCents(col(GROSS_AMOUNT)), added).as(GROSS_ADDED),
            total(Money.toCents(col(REFUND_AMOUNT)), added).as(REFUND_ADDED),
            sum(LINE_COUNT).cast("int").as(LINE_COUNT),
            bit_or(col(CATEGORY_BITS)).as(CATEGORY_BITS));
  }

  private static Column total(Column cents, Column when) {
    return Money.fromCents(sum(when(when, cents).otherwise(0L)));
  }

  private static Dataset<Row> inDecimals(Dataset<Row> days) {
    return days.select(
        col(CUSTOMER_ID),
        col(DAY),
        Money.fromCents(col(NET_AMOUNT)).as(NET_AMOUNT),
        Money.fromCents(col(GROSS_AMOUNT)).as(GROSS_AMOUNT),
        Money.fromCents(col(REFUND_AMOUNT)).as(REFUND_AMOUNT),
        col(LINE_COUNT),
        col(REFUND_LINE_COUNT),
        col(CATEGORY_BITS));
  }
}
