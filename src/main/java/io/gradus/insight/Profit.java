package io.gradus.insight;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.gradus.table.Columns;
import io.gradus.table.TableSpec;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a customer contributed in a year: revenue less the costs of serving it. */
public final class Profit {
  private static final int YEAR = 365;
  private static final String COST = "_cost_365d";

  private Profit() {}

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
