package io.gradus.feature;

import static io.gradus.feature.StateChanges.FIRST_LOST;
import static io.gradus.feature.StateChanges.LAST_LOST;
import static io.gradus.feature.StateChanges.P;
import static io.gradus.feature.StateChanges.SHRUNK;
import static io.gradus.feature.StateChanges.TOUCHED;
import static io.gradus.table.Columns.CATEGORY_BITS;
import static io.gradus.table.Columns.CUSTOMER_ID;
import static io.gradus.table.Columns.FIRST_DAY_AMOUNT;
import static io.gradus.table.Columns.FIRST_PURCHASE_DATE;
import static io.gradus.table.Columns.GROSS_TOTAL;
import static io.gradus.table.Columns.LARGEST_DAY_AMOUNT;
import static io.gradus.table.Columns.LAST_PURCHASE_DATE;
import static io.gradus.table.Columns.NET_TOTAL;
import static io.gradus.table.Columns.PURCHASE_DAYS;
import static io.gradus.table.Columns.PURCHASE_TOTAL;
import static io.gradus.table.Columns.REFUND_TOTAL;
import static io.gradus.table.Columns.SNAPSHOT_DATE;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.gradus.table.Money;
import io.gradus.table.Silver;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/**
 * Carries rows of {@code silver.customer_state} from one date to a later one. The result equals
 * {@link CustomerStates#at} of the later date, in every column.
 *
 * <p>The calendar shifts, days that leave a window are taken off its amount, and days that are new
 * or have changed are added. Only what cannot be taken back, such as a maximum whose day has
 * shrunk, is added up again from all of the customer's days.
 */
public final class StateStep {
  /** The column of {@link #touched} that is true for states which cannot be carried. */
  public static final String ANEW = "_anew";

  private static final String[] KEY = {CUSTOMER_ID};

  private final StateChanges since;
  private final LocalDate to;
  private final int shift;

  /** The step between the two dates of the changes. */
  public StateStep(StateChanges since) {
    this.since = since;
    this.to = since.to();
    this.shift = since.shift();
  }

  /**
   * The states of {@code from} of touched customers.
   *
   * @param states the states of {@code from}
   * @param changes of {@link StateChanges#of}; few enough to be sent to every worker
   */
  public Dataset<Row> known(Dataset<Row> states, Dataset<Row> changes) {
    return states
        .drop(PurchaseCalendar.columns())
        .join(broadcast(changes.select(CUSTOMER_ID)), KEY, "left_semi");
  }

  /**
   * Such states beside what happens to them, and in {@value #ANEW} whether a state cannot be
   * carried: the largest day has shrunk, or the first or last purchase is undone.
   *
   * @param known of {@link #known}
   * @param changes of {@link StateChanges#of}; few enough to be sent to every worker
   */
  public Dataset<Row> touched(Dataset<Row> known, Dataset<Row> changes) {
    Column anew =
        cents(LARGEST_DAY_AMOUNT)
            .equalTo(col(SHRUNK))
            .or(col(FIRST_PURCHASE_DATE).equalTo(date_sub(lit(to), col(FIRST_LOST))))
            .or(col(LAST_PURCHASE_DATE).equalTo(date_sub(lit(to), col(LAST_LOST))));
    return known.join(broadcast(changes), KEY).withColumn(ANEW, coalesce(anew, lit(false)));
  }

  /**
   * The states of the later date of customers with a new or changed day.
   *
   * @param purchaseDays rows of {@code silver.purchase_day} as they are now
   * @param changes of {@link StateChanges#of}
   * @param touched of {@link #touched}; few enough to be sent to every worker
   * @param anew the customers of {@code touched} who are added up again
   */
  public Dataset<Row> changed(
      Dataset<Row> purchaseDays, Dataset<Row> changes, Dataset<Row> touched, List<String> anew) {
    Dataset<Row> added =
        touched
            .where(not(col(ANEW)))
            .select(changedColumns().toArray(Column[]::new))
            .unionByName(newcomers(changes, touched));
    Dataset<Row> all = PurchaseCalendar.counted(added);
    Column again = col(CUSTOMER_ID).isInCollection(anew);
    return anew.isEmpty() ? all : all.unionByName(CustomerStates.at(purchaseDays.where(again), to));
  }

  /**
   * The states of the later date of all other customers. They are apart from {@link #changed}
   * because one projection for all of them is too large for the JVM to compile.
   *
   * @param states the states of {@code from}
   * @param days of {@link StateChanges#days}; few enough customers to be sent to every worker
   */
  public Dataset<Row> unchanged(Dataset<Row> states, Dataset<Row> days) {
    return states
        .join(broadcast(since.leaving(days)), KEY, "left")
        .where(not(coalesce(col(TOUCHED), lit(false))))
        .select(movedColumns().toArray(Column[]::new));
  }

  private Dataset<Row> newcomers(Dataset<Row> changes, Dataset<Row> touched) {
    Set<String> known = new HashSet<>(List.of(changes.columns()));
    known.addAll(List.of(ANEW, SNAPSHOT_DATE));
    List<Column> columns = new ArrayList<>(List.of(col("*")));
    for (StructField field : touched.schema().fields()) {
      if (!known.contains(field.name())) {
        columns.add(none(field.name()).cast(field.dataType()).as(field.name()));
      }
    }
    return changes
        .join(broadcast(touched.select(CUSTOMER_ID)), KEY, "left_anti")
        .select(columns.toArray(Column[]::new))
        .select(changedColumns().toArray(Column[]::new));
  }

  /** The state of a customer of whom nothing was known. */
  private static Column none(String name) {
    return switch (name) {
      case FIRST_PURCHASE_DATE,
          LAST_PURCHASE_DATE,
          LARGEST_DAY_AMOUNT,
          PURCHASE_TOTAL,
          FIRST_DAY_AMOUNT ->
          lit(null);
      default -> lit(0);
    };
  }

  /** A state of which only the date moves. No purchase leaves its calendar, so the gaps stay. */
  private List<Column> movedColumns() {
    List<Column> columns = new ArrayList<>();
    for (String name :
        List.of(
            CUSTOMER_ID,
            FIRST_PURCHASE_DATE,
            LAST_PURCHASE_DATE,
            PURCHASE_DAYS,
            NET_TOTAL,
            GROSS_TOTAL,
            REFUND_TOTAL,
            LARGEST_DAY_AMOUNT,
            PURCHASE_TOTAL,
            FIRST_DAY_AMOUNT,
            CATEGORY_BITS)) {
      columns.add(col(name));
    }
    columns.addAll(spends());
    for (int window : CustomerStates.WINDOWS) {
      String name = PurchaseCalendar.purchases(window);
      columns.add(col(name).minus(coalesce(col(P + name), lit(0))).as(name));
    }
    for (String gap : PurchaseCalendar.GAPS) {
      columns.add(col(gap));
    }
    for (int word = 0; word < Silver.CALENDAR_WORDS; word++) {
      columns.add(shifted(word).as(Silver.calendarWord(word)));
    }
    return columns;
  }

  /** A state with new or changed days. */
  private List<Column> changedColumns() {
    Column count = plus(PURCHASE_DAYS);
    Column first = date_sub(lit(to), col(P + FIRST_PURCHASE_DATE));
    Column last = date_sub(lit(to), col(P + LAST_PURCHASE_DATE));
    Column earlier = first.leq(coalesce(col(FIRST_PURCHASE_DATE), first));
    Column total = coalesce(cents(PURCHASE_TOTAL), lit(0L)).plus(col(P + PURCHASE_TOTAL));
    Column largest = greatest(cents(LARGEST_DAY_AMOUNT), col(P + LARGEST_DAY_AMOUNT));
    Column firstAmount =
        when(earlier, col(P + FIRST_DAY_AMOUNT)).otherwise(cents(FIRST_DAY_AMOUNT));
    List<Column> columns = new ArrayList<>();
    columns.add(col(CUSTOMER_ID));
    columns.add(least(col(FIRST_PURCHASE_DATE), first).as(FIRST_PURCHASE_DATE));
    columns.add(greatest(col(LAST_PURCHASE_DATE), last).as(LAST_PURCHASE_DATE));
    columns.add(count.as(PURCHASE_DAYS));
    for (String name : List.of(NET_TOTAL, GROSS_TOTAL, REFUND_TOTAL)) {
      columns.add(money(cents(name).plus(col(P + name)), name));
    }
    columns.add(money(largest, LARGEST_DAY_AMOUNT));
    columns.add(money(when(count.gt(0), total), PURCHASE_TOTAL));
    columns.add(money(firstAmount, FIRST_DAY_AMOUNT));
    columns.add(col(CATEGORY_BITS).bitwiseOR(col(P + CATEGORY_BITS)).as(CATEGORY_BITS));
    columns.addAll(spends());
    for (int word = 0; word < Silver.CALENDAR_WORDS; word++) {
      String name = Silver.calendarWord(word);
      columns.add(shifted(word).bitwiseXOR(col(P + name)).as(name));
    }
    return columns;
  }

  private static List<Column> spends() {
    List<Column> columns = new ArrayList<>();
    for (int window : CustomerStates.WINDOWS) {
      String name = CustomerStates.spend(window);
      columns.add(money(cents(name).plus(coalesce(col(P + name), lit(0L))), name));
    }
    return columns;
  }

  private static Column plus(String name) {
    return col(name).plus(col(P + name));
  }

  private static Column cents(String name) {
    return Money.toCents(col(name));
  }

  private static Column money(Column cents, String name) {
    return Money.fromCents(cents).as(name);
  }

  /** A word of the calendar when every purchase lies {@code shift} days further back. */
  private Column shifted(int word) {
    int bits = shift % Long.SIZE;
    Column high = call_function("shiftleft", calendar(word - shift / Long.SIZE), lit(bits));
    if (bits == 0) {
      return high;
    }
    Column low = calendar(word - shift / Long.SIZE - 1);
    return high.bitwiseOR(call_function("shiftrightunsigned", low, lit(Long.SIZE - bits)));
  }

  private static Column calendar(int word) {
    return word < 0 ? lit(0L) : col(Silver.calendarWord(word));
  }
}
