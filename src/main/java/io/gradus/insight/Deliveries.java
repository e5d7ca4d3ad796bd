package io.gradus.insight;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.gradus.table.Columns;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How often deliveries to a customer come late, from the optional feed of deliveries. */
public final class Deliveries {
  /** The day promised. */
  public static final String PROMISED = "promised_on";

  /** The day of delivery; NULL while it is open. */
  public static final String DELIVERED = "delivered_on";

  private static final int YEAR = 365;

  private Deliveries() {}

  /**
   * Adds {@code late_delivery_rate}, the share of the deliveries promised for the last 365 days
   * that came, or still are, later than promised; NULL for customers without one.
   *
   * @param deliveries rows of customer_id, promised_on and delivered_on; what is delivered later is
   *     open on the as-of date
   */
  public static Dataset<Row> add(Dataset<Row> customers, Dataset<Row> deliveries, LocalDate asOf) {
    Column delivered = when(col(DELIVERED).leq(lit(asOf)), col(DELIVERED));
    Column late = coalesce(delivered, lit(asOf)).gt(col(PROMISED));
    Dataset<Row> rates =
        deliveries
            .where(col(PROMISED).gt(lit(asOf.minusDays(YEAR))).and(col(PROMISED).leq(lit(asOf))))
            .groupBy(Columns.CUSTOMER_ID)
            .agg(avg(when(late, 1.0).otherwise(0.0)).as(Columns.LATE_DELIVERY_RATE));
    return customers.join(rates, new String[] {Columns.CUSTOMER_ID}, "left");
  }
}
