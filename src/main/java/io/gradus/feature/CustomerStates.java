package io.gradus.feature;

import static io.gradus.table.Columns.CATEGORY_BITS;
import static io.gradus.table.Columns.CUSTOMER_ID;
import static io.gradus.table.Columns.DAY;
import static io.gradus.table.Columns.FIRST_DAY_AMOUNT;
import static io.gradus.table.Columns.FIRST_PURCHASE_DATE;
import static io.gradus.table.Columns.GROSS_AMOUNT;
import static io.gradus.table.Columns.GROSS_TOTAL;
import static io.gradus.table.Columns.LARGEST_DAY_AMOUNT;
import static io.gradus.table.Columns.LAST_PURCHASE_DATE;
import static io.gradus.table.Columns.NET_AMOUNT;
import static io.gradus.table.Columns.NET_TOTAL;
import static io.gradus.table.Columns.PURCHASE_DAYS;
import static io.gradus.table.Columns.PURCHASE_TOTAL;
import static io.gradus.table.Columns.REFUND_AMOUNT;
import static io.gradus.table.Columns.REFUND_TOTAL;
import static org.apache.spark.sql.functions.bit_or;
import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.gradus.table.Money;
import io.gradus.table.Silver;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows of {@code silver.customer_state}: everything that the features of a date need, in numbers
 * that {@link StateStep} can carry to a later date.
 */
public final class CustomerStates {
  static final int[] WINDOWS = {30, 90, 180, 365, 730};

  private static final String AGE_DAYS = "_age";
  private static final String NET = "_net";
  private static final String PURCHASE_AGE = "_purchase_age";

  private CustomerStates() {}

  /**
   * The state of every customer that has a row on or before the date, by one aggregation without
   * windows over rows. It needs no shuffle when the input is already partitioned by customer.
   *
   * @param purchaseDays rows of {@code silver.purchase_day}
   * @param asOf the last day that is known; later rows change nothing
   */
  public static Dataset<Row> at(Dataset<Row> purchaseDays, LocalDate asOf) {
    List<Column> sums = aggregates();
    Dataset<Row> totals =
        known(purchaseDays, asOf)
            .groupBy(CUSTOMER_ID)
            .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new));
    Set<String> money =
        Set.of(
            NET_TOTAL,
            GROSS_TOTAL,
            REFUND_TOTAL,
            LARGEST_DAY_AMOUNT,
            PURCHASE_TOTAL,
            FIRST_DAY_AMOUNT);
    List<Column> out = new ArrayList<>();
    for (String name : totals.columns()) {
      Column value = col(name);
      if (name.equals(FIRST_PURCHASE_DATE) || name.equals(LAST_PURCHASE_DATE)) {
        out.add(date_sub(lit(asOf), value).as(name));
      } else {
        out.add(
            money.contains(name) || name.startsWith("spend_")
                ? Money.fromCents(value).as(name)
                : value);
      }
    }
    return PurchaseCalendar.counted(totals.select(out.toArray(Column[]::new)));
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
    sums.add(max(col(PURCHASE_AGE)).as(FIRST_PURCHASE_DATE));
    sums.add(min(col(PURCHASE_AGE)).as(LAST_PURCHASE_DATE));
    sums.add(sum(when(purchase, 1).otherwise(0)).cast("int").as(PURCHASE_DAYS));
    sums.add(sum(col(NET)).as(NET_TOTAL));
    sums.add(sum(col(GROSS_AMOUNT)).as(GROSS_TOTAL));
    sums.add(sum(col(REFUND_AMOUNT)).as(REFUND_TOTAL));
    sums.add(max(when(purchase, col(NET))).as(LARGEST_DAY_AMOUNT));
    sums.add(sum(when(purchase, col(NET))).as(PURCHASE_TOTAL));
    sums.add(max_by(col(NET), col(PURCHASE_AGE)).as(FIRST_DAY_AMOUNT));
    sums.add(bit_or(col(CATEGORY_BITS)).as(CATEGORY_BITS));
    for (int window : WINDOWS) {
      sums.add(sum(when(col(AGE_DAYS).lt(window), col(NET)).otherwise(0L)).as(spend(window)));
    }
    for (int word = 0; word < Silver.CALENDAR_WORDS; word++) {
      Column inWord = shiftright(col(PURCHASE_AGE), 6).equalTo(word);
      Column bit = call_function("shiftleft", lit(1L), col(PURCHASE_AGE).bitwiseAND(63));
      sums.add(bit_or(when(inWord, bit).otherwise(0L)).as(Silver.calendarWord(word)));
    }
    return sums;
  }

  static String spend(int window) {
    return "spend_" + window + "d";
  }
}
