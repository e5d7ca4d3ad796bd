package io.gradus.insight;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.gradus.table.Columns;
import io.gradus.table.TableSpec;
import java.time.LocalDate;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a customer contributed in a year: revenue less the costs of serving it. */
public final class Profit {
  private static final int YEAR = 365;
  private static final String COST = "_cost_365d";

  private Profit() {}

  /**
   * Adds {@code margin_rate}, what the costs of the whole history leave of the customer's revenue,
   * 0..1: 1 − costs / net revenue; everybody's together where a customer has no cost or no revenue,
   * so that unknown costs do not look like none. A rate that the customers have goes before it.
   *
   * @param customers read twice
   * @param costs as for {@link #add}
   */
  public static Dataset<Row> addMargin(Dataset<Row> customers, Dataset<Row> costs, LocalDate asOf) {
    Dataset<Row> known =
        costs
            .where(col(Columns.DAY).leq(lit(asOf)))
            .groupBy(Columns.CUSTOMER_ID)
            .agg(sum(Columns.AMOUNT).as(COST));
    Dataset<Row> joined = customers.join(known, new String[] {Columns.CUSTOMER_ID}, "left");
    Column counts = col(COST).isNotNull().and(col(Columns.NET_TOTAL).gt(0));
    Row whole =
        joined
            .where(counts)
            .agg(sum(COST).cast("double"), sum(Columns.NET_TOTAL).cast("double"))
            .head();
    Column everybody =
        whole.isNullAt(0)
            ? lit(null).cast("double")
            : lit(Math.min(1, Math.max(0, 1 - whole.getDouble(0) / whole.getDouble(1))));
    Column share = col(COST).cast("double").divide(col(Columns.NET_TOTAL).cast("double"));
    Column own = least(greatest(lit(1.0).minus(share), lit(0.0)), lit(1.0));
    Column rate = when(counts, own).otherwise(everybody);
    boolean given = Arrays.asList(customers.columns()).contains(Columns.MARGIN_RATE);
    return joined
        .withColumn(Columns.MARGIN_RATE, given ? coalesce(col(Columns.MARGIN_RATE), rate) : rate)
        .drop(COST);
  }

  /**
   * Adds {@code profit_365d}, the net revenue of the last 365 days less the costs of these days;
   * NULL for customers without a cost in them, whose costs nobody knows.
   *
   * @param costs rows of customer_id, day and amount, a cost being positive; later days are not
   *     known yet
   */
  public static Dataset<Row> add(Dataset<Row> customers, Dataset<Row> costs, LocalDate asOf) {
    Dataset<Row> known =
        costs
            .where(col(Columns.DAY).gt(lit(asOf.minusDays(YEAR))))
            .where(col(Columns.DAY).leq(lit(asOf)))
            .groupBy(Columns.CUSTOMER_ID)
            .agg(sum(Columns.AMOUNT).as(COST));
    return customers
        .join(known, new String[] {Columns.CUSTOMER_ID}, "left")
        .withColumn(
            Columns.PROFIT_365D, col(Columns.SPEND_365D).minus(col(COST)).cast(TableSpec.MONEY))
        .drop(COST);
  }
}
