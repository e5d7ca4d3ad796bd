package io.gradus.feature;

import static io.gradus.table.Columns.CATEGORY_BITS;
import static io.gradus.table.Columns.CUSTOMER_ID;
import static io.gradus.table.Columns.DAY;
import static io.gradus.table.Columns.FIRST_DAY_AMOUNT;
import static io.gradus.table.Columns.FIRST_PURCHASE_DATE;
import static io.gradus.table.Columns.GROSS_ADDED;
import static io.gradus.table.Columns.GROSS_AMOUNT;
import static io.gradus.table.Columns.GROSS_TOTAL;
import static io.gradus.table.Columns.LARGEST_DAY_AMOUNT;
import static io.gradus.table.Columns.LAST_PURCHASE_DATE;
import static io.gradus.table.Columns.LINE_COUNT;
import static io.gradus.table.Columns.NET_AFTER;
import static io.gradus.table.Columns.NET_AMOUNT;
import static io.gradus.table.Columns.NET_BEFORE;
import static io.gradus.table.Columns.NET_TOTAL;
import static io.gradus.table.Columns.PURCHASE_DAYS;
import static io.gradus.table.Columns.PURCHASE_TOTAL;
import static io.gradus.table.Columns.REFUND_ADDED;
import static io.gradus.table.Columns.REFUND_AMOUNT;
import static io.gradus.table.Columns.REFUND_TOTAL;
import static org.apache.spark.sql.functions.bit_or;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.gradus.table.Money;
import io.gradus.table.Silver;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What happens to rows of {@code silver.customer_state} between two dates, for {@link StateStep}.
 */
public final class StateChanges {
  static final String P = "_change_";
  static final String TOUCHED = P + "touched";
  private static final String AGE_DAYS = P + "age";
  private static final String NET = P + "net";
  private static final String BEFORE = P + "before";
  private static final String LEFT = P + "left";
  static final String SHRUNK = P + "shrunk";
  static final String FIRST_LOST = P + "first_lost";
  static final String LAST_LOST = P + "last_lost";

  private final LocalDate from;
  private final LocalDate to;
  private final int shift;

  /**
   * The changes between two dates.
   *
   * @param from the date of the states
   * @param to the date to carry them to, on or after it
   */
  public StateChanges(LocalDate from, LocalDate to) {
    this.from = from;
    this.to = to;
    this.shift = (int) ChronoUnit.DAYS.between(from, to);
  }

  /** The date to carry states to. */
  LocalDate to() {
    return to;
  }

  /** Days between the two dates. */
  int shift() {
    return shift;
  }

  /**
   * The days that states have to be told of: new ones, ones that leave a window or the calendar,
   * and ones that have changed. For the other methods, which read them more than once.
   *
   * @param purchaseDays rows of {@code silver.purchase_day} as they are now
   * @param changed rows of {@code silver.customer_change}: every change of a day up to {@code from}
   *     since the states were made; later days are passed over
   */
  public Dataset<Row> days(Dataset<Row> purchaseDays, Dataset<Row> changed) {
    return scanned(purchaseDays).unionAll(recorded(changed));
  }

  /**
   * What leaves the windows: one row per customer of {@code days}, in {@value #TOUCHED} whether a
   * day is new or changed or a purchase leaves the calendar, which changes the gaps.
   *
   * @param days of {@link #days}
   */
  Dataset<Row> leaving(Dataset<Row> days) {
    List<Column> sums = new ArrayList<>();
    for (int window : CustomerStates.WINDOWS) {
      sums.add(sum(left(window).multiply(-1)).as(P + CustomerStates.spend(window)));
      sums.add(sum(one(left(window).gt(0))).cast("int").as(P + PurchaseCalendar.purchases(window)));
    }
    return days.groupBy(CUSTOMER_ID).agg(max(TOUCHED).as(TOUCHED), sums.toArray(Column[]::new));
  }

  /**
   * What happens to the states of touched customers: one row for each.
   *
   * @param days of {@link #days}
   */
  public Dataset<Row> of(Dataset<Row> days) {
    Dataset<Row> touched = days.where(col(TOUCHED)).select(CUSTOMER_ID).distinct();
    List<Column> sums = aggregates();
    return days.join(broadcast(touched), new String[] {CUSTOMER_ID}, "left_semi")
        .groupBy(CUSTOMER_ID)
        .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new));
  }

  /** A new day can enter and leave windows in a long step. */
  private Dataset<Row> scanned(Dataset<Row> purchaseDays) {
    Column entered = between(from, to);
    Column forgotten = leaves(CustomerFeatures.CALENDAR_DAYS).and(col(NET_AMOUNT).gt(0));
    Column any = entered.or(forgotten);
    for (int window : CustomerStates.WINDOWS) {
      any = any.or(leaves(window));
    }
    return purchaseDays
        .where(any)
        .select(
            col(CUSTOMER_ID),
            entered.or(forgotten).as(TOUCHED),
            datediff(lit(to), col(DAY)).as(AGE_DAYS),
            inCents(entered, NET_AMOUNT).as(NET),
            lit(0L).as(BEFORE),
            inCents(entered, GROSS_AMOUNT).as(GROSS_ADDED),
            inCents(entered, REFUND_AMOUNT).as(REFUND_ADDED),
            when(entered, col(CATEGORY_BITS)).otherwise(0L).as(CATEGORY_BITS),
            Money.toCents(col(NET_AMOUNT)).as(LEFT));
  }

  /** Of a day that changed more than once, the first state it was in and the last. */
  private Dataset<Row> recorded(Dataset<Row> changed) {
    List<Column> columns = new ArrayList<>();
    columns.add(col(CUSTOMER_ID));
    columns.add(lit(true).as(TOUCHED));
    columns.add(datediff(lit(to), col(DAY)).as(AGE_DAYS));
    for (String name : List.of(NET, BEFORE, GROSS_ADDED, REFUND_ADDED, CATEGORY_BITS)) {
      columns.add(col(name));
    }
    columns.add(lit(0L).as(LEFT));
    return changed
        .where(col(DAY).leq(lit(from)))
        .groupBy(CUSTOMER_ID, DAY)
        .agg(
            max_by(Money.toCents(col(NET_AFTER)), col(LINE_COUNT)).as(NET),
            min_by(Money.toCents(col(NET_BEFORE)), col(LINE_COUNT)).as(BEFORE),
            sum(Money.toCents(col(GROSS_ADDED))).as(GROSS_ADDED),
            sum(Money.toCents(col(REFUND_ADDED))).as(REFUND_ADDED),
            bit_or(col(CATEGORY_BITS)).as(CATEGORY_BITS))
        .select(columns.toArray(Column[]::new));
  }

  private Column leaves(int window) {
    return between(from.minusDays(window), to.minusDays(window));
  }

  private static Column between(LocalDate after, LocalDate until) {
    return col(DAY).gt(lit(after)).and(col(DAY).leq(lit(until)));
  }

  private static Column inCents(Column when, String amount) {
    return when(when, Money.toCents(col(amount))).otherwise(0L);
  }

  /** A day of which nothing is new has an amount of zero before and after. */
  private List<Column> aggregates() {
    Column bought = col(NET).gt(0);
    Column had = col(BEFORE).gt(0);
    Column added = col(NET).minus(col(BEFORE));
    Column age = when(bought, col(AGE_DAYS));
    Column lost = when(had.and(not(bought)), col(AGE_DAYS));
    List<Column> sums = new ArrayList<>();
    sums.add(max(age).as(P + FIRST_PURCHASE_DATE));
    sums.add(min(age).as(P + LAST_PURCHASE_DATE));
    sums.add(sum(one(bought).minus(one(had))).cast("int").as(P + PURCHASE_DAYS));
    sums.add(sum(added).as(P + NET_TOTAL));
    sums.add(sum(GROSS_ADDED).as(P + GROSS_TOTAL));
    sums.add(sum(REFUND_ADDED).as(P + REFUND_TOTAL));
    sums.add(max(when(bought, col(NET))).as(P + LARGEST_DAY_AMOUNT));
    sums.add(sum(positive(NET).minus(positive(BEFORE))).as(P + PURCHASE_TOTAL));
    sums.add(max_by(col(NET), age).as(P + FIRST_DAY_AMOUNT));
    sums.add(bit_or(col(CATEGORY_BITS)).as(P + CATEGORY_BITS));
    sums.add(max(when(had.and(added.lt(0)), col(BEFORE))).as(SHRUNK));
    sums.add(max(lost).as(FIRST_LOST));
    sums.add(min(lost).as(LAST_LOST));
    for (int window : CustomerStates.WINDOWS) {
      Column inside = when(col(AGE_DAYS).lt(window + shift), added).otherwise(0L);
      sums.add(sum(inside.minus(left(window))).as(P + CustomerStates.spend(window)));
    }
    Column bit = call_function("shiftleft", lit(1L), col(AGE_DAYS).bitwiseAND(63));
    for (int word = 0; word < Silver.CALENDAR_WORDS; word++) {
      Column turned = bought.notEqual(had).and(shiftright(col(AGE_DAYS), 6).equalTo(word));
      sums.add(bit_or(when(turned, bit).otherwise(0L)).as(P + Silver.calendarWord(word)));
    }
    return sums;
  }

  /** The amount of a day that leaves a window. */
  private Column left(int window) {
    Column age = col(AGE_DAYS);
    return when(age.geq(window).and(age.lt(window + shift)), col(LEFT)).otherwise(0L);
  }

  private static Column one(Column condition) {
    return when(condition, 1).otherwise(0);
  }

  private static Column positive(String cents) {
    return greatest(col(cents), lit(0L));
  }
}
