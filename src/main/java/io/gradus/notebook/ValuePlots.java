package io.gradus.notebook;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_diff;
import static org.apache.spark.sql.functions.lit;

import io.gradus.clv.Horizon;
import io.gradus.clv.PurchaseProcess;
import io.gradus.ml.clv.PurchasePlots;
import io.gradus.ml.clv.PurchasePlots.Cell;
import io.gradus.ml.clv.PurchasePlots.Tracked;
import io.gradus.table.Columns;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The usual pictures of a purchase model. */
public final class ValuePlots {
  private static final int STEP_DAYS = 7;

  private ValuePlots() {}

  /**
   * P(alive) by repeat purchases (down) and day of the last purchase (across).
   *
   * @param ageDays days since the first purchase of all cells
   * @param largestFrequency last row
   */
  public static Html probabilityAlive(PurchaseProcess process, int ageDays, int largestFrequency) {
    int step = Math.max(1, ageDays / 12);
    List<Cell> cells =
        PurchasePlots.matrix(process, ageDays, largestFrequency, step, Horizon.ofDays(ageDays));
    List<String> rows = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    for (int x = 1; x <= largestFrequency; x++) {
      rows.add(x == 1 ? "1 repeat" : x + " repeats");
    }
    for (int day = step; day <= ageDays; day += step) {
      columns.add("day " + day);
    }
    double[][] values = new double[rows.size()][columns.size()];
    for (Cell cell : cells) {
      values[cell.frequency() - 1][cell.recencyDays() / step - 1] = cell.probabilityAlive();
    }
    return Grid.heatMap(
        "P(alive) " + ageDays + " days after the first purchase, by the day of the last one",
        rows,
        columns,
        values,
        "%.2f");
  }

  /** Mean purchases after the cut-off by repeat purchases before it, expected and actual. */
  public static Plot calibration(Dataset<Row> customers, String expected, int largestFrequency) {
    Frame groups =
        Frame.of(
            PurchasePlots.calibration(
                customers,
                Columns.FREQUENCY,
                expected,
                Hindsight.ACTUAL_PURCHASES,
                largestFrequency));
    double[] frequency = groups.numbers("frequency");
    return new Plot("Calibration", "repeat purchases before the cut-off", "purchases after it")
        .fromZero()
        .line("expected", frequency, groups.numbers("expected"))
        .line("actual", frequency, groups.numbers("actual"));
  }

  /**
   * Cumulative repeat purchases of all customers known at the cut-off, week by week.
   *
   * @param customers features at the cut-off
   * @param purchaseDays all purchase days, those after the cut-off included
   */
  public static Plot tracking(
      PurchaseProcess process,
      Dataset<Row> customers,
      Dataset<Row> purchaseDays,
      LocalDate cutOff,
      int daysAhead) {
    List<Tracked> expected =
        PurchasePlots.tracking(
            process, PurchasePlots.customersByAge(customers, Columns.AGE), STEP_DAYS, daysAhead);
    Frame days = Frame.of(repeatPurchases(customers, purchaseDays, cutOff));
    double[] day = days.numbers("day");
    double[] purchases = days.numbers("purchases");
    double[] x = new double[expected.size()];
    double[] model = new double[x.length];
    double[] actual = new double[x.length];
    double sum = 0;
    int next = 0;
    for (int i = 0; i < x.length; i++) {
      x[i] = expected.get(i).day() / (double) STEP_DAYS;
      model[i] = expected.get(i).expected();
      for (; next < day.length && day[next] <= expected.get(i).day(); next++) {
        sum += purchases[next];
      }
      actual[i] = sum;
    }
    return new Plot("Repeat purchases so far", "weeks from the cut-off", "purchases")
        .wide(620)
        .line("expected", x, model)
        .line("actual", x, actual)
        .mark(0, "cut-off");
  }

  /** Repeat purchases by day, counted from the cut-off. */
  private static Dataset<Row> repeatPurchases(
      Dataset<Row> customers, Dataset<Row> purchaseDays, LocalDate cutOff) {
    return purchaseDays
        .where(col(Columns.NET_AMOUNT).gt(0))
        .join(
            customers.select(Columns.CUSTOMER_ID, Columns.FIRST_PURCHASE_DATE), Columns.CUSTOMER_ID)
        .where(col(Columns.DAY).gt(col(Columns.FIRST_PURCHASE_DATE)))
        .groupBy(date_diff(col(Columns.DAY), lit(cutOff)).as("day"))
        .agg(count(lit(1)).as("purchases"))
        .orderBy("day");
  }
}
