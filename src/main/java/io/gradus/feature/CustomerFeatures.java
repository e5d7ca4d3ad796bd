package io.gradus.feature;

import static io.gradus.table.Columns.AGE;
import static io.gradus.table.Columns.AVERAGE_DAY_AMOUNT;
import static io.gradus.table.Columns.CATEGORY_BITS;
import static io.gradus.table.Columns.CATEGORY_BREADTH;
import static io.gradus.table.Columns.CUSTOMER_ID;
import static io.gradus.table.Columns.DAYS_SINCE_LAST;
import static io.gradus.table.Columns.FIRST_DAY_AMOUNT;
import static io.gradus.table.Columns.FIRST_PURCHASE_DATE;
import static io.gradus.table.Columns.FREQUENCY;
import static io.gradus.table.Columns.GROSS_TOTAL;
import static io.gradus.table.Columns.LARGEST_DAY_AMOUNT;
import static io.gradus.table.Columns.LAST_PURCHASE_DATE;
import static io.gradus.table.Columns.MONETARY_VALUE;
import static io.gradus.table.Columns.NET_TOTAL;
import static io.gradus.table.Columns.PURCHASE_DAYS;
import static io.gradus.table.Columns.PURCHASE_TOTAL;
import static io.gradus.table.Columns.RECENCY;
import static io.gradus.table.Columns.REFUND_TOTAL;
import static io.gradus.table.Columns.RETURN_RATE;
import static org.apache.spark.sql.functions.bit_count;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.when;

import io.gradus.table.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Purchase days to one row per customer, as known at the end of one business day.
 *
 * <p>A purchase is a day with positive net amount. A customer with rows but no purchase (refunds
 * only) is kept: counts and money are known, dates and the purchase statistics are NULL.
 *
 * <p>Neither windows over rows nor distinct counts: the purchase days of the last {@value
 * #CALENDAR_DAYS} days are a bitmap of 64-bit words, from which the counts in windows and the gaps
 * between purchases are read.
 */
public final class CustomerFeatures {
  /** How far back, in days, gaps and window counts look. */
  public static final int CALENDAR_DAYS = 768;

  private CustomerFeatures() {}

  /**
   * The features of every customer that has a row on or before the date.
   *
   * @param purchaseDays rows of {@code silver.purchase_day}
   * @param asOf the last day that is known; later rows change nothing
   */
  public static Dataset<Row> at(Dataset<Row> purchaseDays, LocalDate asOf) {
    return of(CustomerStates.at(purchaseDays, asOf), asOf);
  }

  /**
   * The features of every customer.
   *
   * @param states rows of {@code silver.customer_state} of the date
   * @param asOf that date
   */
  public static Dataset<Row> of(Dataset<Row> states, LocalDate asOf) {
    Column x = col(PURCHASE_DAYS).minus(1);
    Column bought = col(PURCHASE_DAYS).gt(0);
    Column gross = Money.toCents(col(GROSS_TOTAL));
    List<Column> out = new ArrayList<>();
    out.add(col(CUSTOMER_ID));
    out.add(col(FIRST_PURCHASE_DATE));
    out.add(col(LAST_PURCHASE_DATE));
    out.add(when(bought, x).as(FREQUENCY));
    out.add(datediff(col(LAST_PURCHASE_DATE), col(FIRST_PURCHASE_DATE)).as(RECENCY));
    out.add(datediff(lit(asOf), col(FIRST_PURCHASE_DATE)).as(AGE));
    Column total = Money.toCents(col(PURCHASE_TOTAL));
    Column first = Money.toCents(col(FIRST_DAY_AMOUNT));
    out.add(when(x.gt(0), total.minus(first).divide(x.multiply(100))).as(MONETARY_VALUE));
    out.add(col(PURCHASE_DAYS));
    for (String sum : List.of(NET_TOTAL, GROSS_TOTAL, REFUND_TOTAL, LARGEST_DAY_AMOUNT)) {
      out.add(col(sum));
    }
    out.add(when(bought, total.divide(col(PURCHASE_DAYS).multiply(100))).as(AVERAGE_DAY_AMOUNT));
    out.add(datediff(lit(asOf), col(LAST_PURCHASE_DATE)).as(DAYS_SINCE_LAST));
    for (int window : CustomerStates.WINDOWS) {
      out.add(col(PurchaseCalendar.purchases(window)));
    }
    for (int window : CustomerStates.WINDOWS) {
      out.add(col(CustomerStates.spend(window)));
    }
    for (String gap : PurchaseCalendar.GAPS) {
      out.add(col(gap));
    }
    out.add(breadth(col(CATEGORY_BITS)).as(CATEGORY_BREADTH));
    out.add(
        when(gross.gt(0), Money.toCents(col(REFUND_TOTAL)).divide(gross).multiply(-1.0))
            .as(RETURN_RATE));
    return states.select(out.toArray(Column[]::new));
  }

  /**
   * Linear counting (Whang, Vander-Zanden and Taylor 1990) on 64 bits; a full bitmap reads as 266.
   */
  private static Column breadth(Column bits) {
    Column empty = lit(Long.SIZE).minus(bit_count(bits)).cast("double");
    Column share = greatest(empty, lit(1.0)).divide(Long.SIZE);
    return when(bits.notEqual(0L), log(share).multiply(-(double) Long.SIZE));
  }
}
