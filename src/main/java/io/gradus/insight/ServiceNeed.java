package io.gradus.insight;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.when;

import io.gradus.table.Columns;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Whether a customer needs products, service, both or neither: purchases and tickets per purchase
 * of the last 365 days, each on a log scale against the mean of the customers who bought in that
 * year.
 */
public final class ServiceNeed {
  /** Buys more often than the mean, and asks no more than it. */
  public static final String PRODUCT = "product";

  /** Asks more per purchase than the mean, and buys no more often. */
  public static final String SERVICE = "service";

  /** Above the mean in both. */
  public static final String BOTH = "both";

  /** Above the mean in neither. */
  public static final String NEITHER = "neither";

  private static final int YEAR = 365;

  private ServiceNeed() {}

  /**
   * Adds {@code tickets_365d} (0 for customers without), {@code service_intensity}, the tickets per
   * purchase, and {@code need}; the last two are NULL for customers without purchase in the year.
   *
   * @param customers read twice, so persist it
   * @param tickets rows of customer_id and day; later days are not known yet
   */
  public static Dataset<Row> add(Dataset<Row> customers, Dataset<Row> tickets, LocalDate asOf) {
    Dataset<Row> counted =
        tickets
            .where(col(Columns.DAY).gt(lit(asOf.minusDays(YEAR))))
            .where(col(Columns.DAY).leq(lit(asOf)))
            .groupBy(Columns.CUSTOMER_ID)
            .agg(count(lit(1)).cast("int").as(Columns.TICKETS_365D));
    Column purchases = col(Columns.PURCHASES_365D);
    Dataset<Row> known =
        customers
            .join(counted, new String[] {Columns.CUSTOMER_ID}, "left")
            .withColumn(Columns.TICKETS_365D, coalesce(col(Columns.TICKETS_365D), lit(0)))
            .withColumn(
                Columns.SERVICE_INTENSITY,
                when(purchases.gt(0), col(Columns.TICKETS_365D).divide(purchases)));
    Column asks = log1p(col(Columns.SERVICE_INTENSITY));
    Column buys = when(purchases.gt(0), log1p(purchases));
    // Rounded, so that the order of the sums decides no customer's need.
    Row mean = known.agg(round(avg(asks), 9), round(avg(buys), 9)).head();
    if (mean.isNullAt(0)) {
      return known.withColumn(Columns.NEED, lit(null).cast("string"));
    }
    Column service = round(asks, 9).gt(mean.getDouble(0));
    Column product = round(buys, 9).gt(mean.getDouble(1));
    return known.withColumn(
        Columns.NEED,
        when(
            purchases.gt(0),
            when(service.and(product), BOTH)
                .when(service, SERVICE)
                .when(product, PRODUCT)
                .otherwise(NEITHER)));
  }
}
