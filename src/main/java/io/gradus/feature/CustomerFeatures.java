package io.gradus.feature;

import static io.gradus.table.Columns.AGE;
import static io.gradus.table.Columns.AVERAGE_DAY_AMOUNT;
import static io.gradus.table.Columns.CATEGORY_BITS;
import static io.gradus.table.Columns.CATEGORY_BREADTH;
import static io.gradus.table.Columns.CUSTOMER_ID;
import static io.gradus.table.Columns.DAY;
import static io.gradus.table.Columns.DAYS_SINCE_LAST;
import static io.gradus.table.Columns.FIRST_PURCHASE_DATE;
import static io.gradus.table.Columns.FREQUENCY;
import static io.gradus.table.Columns.GAP_CV;
import static io.gradus.table.Columns.GAP_MEAN;
import static io.gradus.table.Columns.GROSS_AMOUNT;
import static io.gradus.table.Columns.GROSS_TOTAL;
import static io.gradus.table.Columns.LARGEST_DAY_AMOUNT;
import static io.gradus.table.Columns.LAST_PURCHASE_DATE;
import static io.gradus.table.Columns.LOG_GAP_MEAN;
import static io.gradus.table.Columns.LOG_GAP_SD;
import static io.gradus.table.Columns.MONETARY_VALUE;
import static io.gradus.table.Columns.NET_AMOUNT;
import static io.gradus.table.Columns.NET_TOTAL;
import static io.gradus.table.Columns.PURCHASE_DAYS;
import static io.gradus.table.Columns.RECENCY;
import static io.gradus.table.Columns.REFUND_AMOUNT;
import static io.gradus.table.Columns.REFUND_TOTAL;
import static io.gradus.table.Columns.RETURN_RATE;
import static org.apache.spark.sql.functions.bit_count;
import static org.apache.spark.sql.functions.bit_or;
import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
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
 * <p>One aggregation, without windows over rows or distinct counts: the purchase days of the last
 * {@value #CALENDAR_DAYS} days are a bitmap of {@value #WORDS} words, from which the counts in
 * windows and the gaps between purchases are read. It needs no shuffle when the input is already
 * partitioned by customer.
 */
public final class CustomerFeatures {
  /** How far back, in days, gaps and window counts look. */
  public static final int CALENDAR_DAYS = 768;

  static final int WORDS = CALENDAR_DAYS / Long.SIZE;

  private static final int[] WINDOWS = {30, 90, 180, 365, 730};
  private static final String AGE_DAYS = "_age";
  private static final String NET = "_net";
  private static final String PURCHASE_AGE = "_purchase_age";
  private static final String FIRST_NET = "_first_net";
  private static final String PURCHASE_NET = "_purchase_net";
  private static final String GAPS = "_gaps";

  private CustomerFeatures() {}

  /**
   * The features of every customer that has a row on or before the date.
   *
   * @param purchaseDays rows of {@code silver.purchase_day}
   * @param asOf the last day that is known; later rows change nothing
   */
  public static Dataset<Row> at(Dataset<Row> purchaseDays, LocalDate asOf) {
    Dataset<Row> known = known(purchaseDays, asOf);
    List<Column> sums = aggregates();
    Dataset<Row> totals =
        known
            .groupBy(CUSTOMER_ID)
            .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new));
    return describe(totals, asOf);
  }

  private static Dataset<Row> known(Dataset<Row> purchaseDays, LocalDate asOf) {
    Column purchased = col(NET).gt(0);
    return purchaseDays
        .where(col(DAY).leq(lit(asOf)))
        .select(
            col(CUSTOMER_ID),
            datediff(lit(asOf), col(DAY)).as(AGE_DAYS),
            Money.toCents(col(NET_AMOUNT)).as(NET),
            Money.toCents(col(GROSS_AMOUNT)).as(GROSS_AMOUNT),
            Money.toCents(col(REFUND_AMOUNT)).as(REFUND_AMOUNT),
            col(CATEGORY_BITS))
        .withColumn(PURCHASE_AGE, when(purchased, col(AGE_DAYS)));
  }

  private static List<Column> aggregates() {
    Column purchase = col(PURCHASE_AGE).isNotNull();
    List<Column> sums = new ArrayList<>();
    sums.add(max(col(PURCHASE_AGE)).as(AGE));
    sums.add(min(col(PURCHASE_AGE)).as(DAYS_SINCE_LAST));
    sums.add(sum(when(purchase, 1).otherwise(0)).cast("int").as(PURCHASE_DAYS));
    sums.add(sum(col(NET)).as(NET_TOTAL));
    sums.add(sum(col(GROSS_AMOUNT)).as(GROSS_TOTAL));
    sums.add(sum(col(REFUND_AMOUNT)).as(REFUND_TOTAL));
    sums.add(max(when(purchase, col(NET))).as(LARGEST_DAY_AMOUNT));
    sums.add(sum(when(purchase, col(NET))).as(PURCHASE_NET));
    sums.add(max_by(col(NET), col(PURCHASE_AGE)).as(FIRST_NET));
    sums.add(bit_or(col(CATEGORY_BITS)).as(CATEGORY_BITS));
    for (int window : WINDOWS) {
      sums.add(sum(when(col(AGE_DAYS).lt(window), col(NET)).otherwise(0L)).as(spend(window)));
    }
    for (int word = 0; word < WORDS; word++) {
      Column inWord = shiftright(col(PURCHASE_AGE), 6).equalTo(word);
      Column bit = call_function("shiftleft", lit(1L), col(PURCHASE_AGE).bitwiseAND(63));
      sums.add(bit_or(when(inWord, bit).otherwise(0L)).as(word(word)));
    }
    return sums;
  }

  private static Dataset<Row> describe(Dataset<Row> totals, LocalDate asOf) {
    Column x = col(PURCHASE_DAYS).minus(1);
    Column bought = col(PURCHASE_DAYS).gt(0);
    Column[] words = new Column[WORDS];
    for (int i = 0; i < WORDS; i++) {
      words[i] = col(word(i));
    }
    List<Column> out = new ArrayList<>();
    out.add(col(CUSTOMER_ID));
    out.add(date_sub(lit(asOf), col(AGE)).as(FIRST_PURCHASE_DATE));
    out.add(date_sub(lit(asOf), col(DAYS_SINCE_LAST)).as(LAST_PURCHASE_DATE));
    out.add(when(bought, x).as(FREQUENCY));
    out.add(col(AGE).minus(col(DAYS_SINCE_LAST)).as(RECENCY));
    out.add(col(AGE));
    out.add(
        when(x.gt(0), col(PURCHASE_NET).minus(col(FIRST_NET)).divide(x.multiply(100)))
            .as(MONETARY_VALUE));
    out.add(col(PURCHASE_DAYS));
    for (String total : List.of(NET_TOTAL, GROSS_TOTAL, REFUND_TOTAL, LARGEST_DAY_AMOUNT)) {
      out.add(Money.fromCents(col(total)).as(total));
    }
    out.add(
        when(bought, col(PURCHASE_NET).divide(col(PURCHASE_DAYS).multiply(100)))
            .as(AVERAGE_DAY_AMOUNT));
    out.add(col(DAYS_SINCE_LAST));
    for (int window : WINDOWS) {
      out.add(purchasesWithin(window).cast("int").as(purchases(window)));
    }
    for (int window : WINDOWS) {
      out.add(Money.fromCents(col(spend(window))).as(spend(window)));
    }
    for (String gap : List.of(GAP_MEAN, GAP_CV, LOG_GAP_MEAN, LOG_GAP_SD)) {
      out.add(col(GAPS + "." + gap));
    }
    out.add(breadth(col(CATEGORY_BITS)).as(CATEGORY_BREADTH));
    out.add(
        when(col(GROSS_TOTAL).gt(0), col(REFUND_TOTAL).divide(col(GROSS_TOTAL)).multiply(-1.0))
            .as(RETURN_RATE));
    return totals
        .withColumn(GAPS, PurchaseGaps.of(struct(words)))
        .select(out.toArray(Column[]::new));
  }

  private static Column purchasesWithin(int days) {
    Column count = lit(0);
    for (int word = 0; word * Long.SIZE < days; word++) {
      int rest = days - word * Long.SIZE;
      Column bits = col(word(word));
      count =
          count.plus(bit_count(rest >= Long.SIZE ? bits : bits.bitwiseAND(lit((1L << rest) - 1))));
    }
    return count;
  }

  /**
   * Linear counting (Whang, Vander-Zanden and Taylor 1990) on 64 bits; a full bitmap reads as 266.
   */
  private static Column breadth(Column bits) {
    Column empty = lit(Long.SIZE).minus(bit_count(bits)).cast("double");
    Column share = greatest(empty, lit(1.0)).divide(Long.SIZE);
    return when(bits.notEqual(0L), log(share).multiply(-(double) Long.SIZE));
  }

  private static String word(int index) {
    return "_calendar_" + index;
  }

  private static String spend(int window) {
    return "spend_" + window + "d";
  }

  private static String purchases(int window) {
    return "purchases_" + window + "d";
  }
}
