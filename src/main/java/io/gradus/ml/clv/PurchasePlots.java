package io.gradus.ml.clv;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;

import io.gradus.clv.History;
import io.gradus.clv.Horizon;
import io.gradus.clv.PurchaseProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The numbers behind the usual plots of a purchase model; drawing is left to reports. */
public final class PurchasePlots {
  private PurchasePlots() {}

  /**
   * Expected against actual purchases of a later period by the number of repeat purchases before:
   * frequency (the last row holds all above), customers, expected and actual mean.
   *
   * @param customers a model's input with the two other columns
   * @param largest frequencies from here on share a row
   */
  public static Dataset<Row> calibration(
      Dataset<Row> customers, String frequency, String expected, String actual, int largest) {
    return customers
        .where(col(frequency).isNotNull())
        .groupBy(least(col(frequency), lit(largest)).as("frequency"))
        .agg(
            count(lit(1)).as("customers"),
            avg(col(expected)).as("expected"),
            avg(col(actual)).as("actual"))
        .orderBy("frequency");
  }

  /**
   * A cohort's cumulative repeat purchases at one moment.
   *
   * @param day days after the as-of date; negative before it
   * @param expected expected number so far, from the model alone
   */
  public record Tracked(int day, double expected) {}

  /**
   * The expected cumulative repeat purchases of a cohort in equal steps of time: the sum of E[X(t)]
   * over its customers since their first purchases. Actual purchases are a count of purchase days.
   *
   * @param customersByAge number of customers by T in days; see {@link #customersByAge}
   * @param stepDays length of a step, ≥ 1
   * @param daysAhead how far beyond the as-of date, ≥ 0
   */
  public static List<Tracked> tracking(
      PurchaseProcess process, Map<Integer, Long> customersByAge, int stepDays, int daysAhead) {
    int oldest = customersByAge.keySet().stream().mapToInt(age -> age).max().orElse(0);
    History start = new History(0, 0, 0);
    double[] sinceFirst = new double[oldest + daysAhead + 1];
    for (int day = 1; day < sinceFirst.length; day++) {
      sinceFirst[day] = process.expectedPurchases(start, Horizon.ofDays(day));
    }
    List<Tracked> rows = new ArrayList<>();
    for (int day = daysAhead - (oldest + daysAhead) / stepDays * stepDays;
        day <= daysAhead;
        day += stepDays) {
      double sum = 0;
      for (Map.Entry<Integer, Long> group : customersByAge.entrySet()) {
        sum += group.getValue() * sinceFirst[Math.max(0, group.getKey() + day)];
      }
      rows.add(new Tracked(day, sum));
    }
    return rows;
  }

  /** The number of customers by whole days since their first purchase, at most one row per day. */
  public static Map<Integer, Long> customersByAge(Dataset<Row> customers, String age) {
    Map<Integer, Long> counts = new TreeMap<>();
    for (Row row :
        customers
            .where(col(age).isNotNull())
            .groupBy(col(age).cast("int"))
            .count()
            .collectAsList()) {
      counts.put(row.getInt(0), row.getLong(1));
    }
    return counts;
  }

  /**
   * One cell of the frequency–recency matrix.
   *
   * @param frequency repeat purchase days
   * @param recencyDays days from the first to the last purchase
   * @param probabilityAlive P(alive)
   * @param expectedPurchases expected purchases within the horizon
   */
  public record Cell(
      int frequency, int recencyDays, double probabilityAlive, double expectedPurchases) {}

  /**
   * P(alive) and expected purchases for customers of one age, by frequency and recency.
   *
   * @param ageDays T of all cells
   * @param largestFrequency last frequency, ≥ 1
   * @param recencyStepDays step between recencies, ≥ 1
   */
  public static List<Cell> matrix(
      PurchaseProcess process,
      int ageDays,
      int largestFrequency,
      int recencyStepDays,
      Horizon horizon) {
    List<Cell> cells = new ArrayList<>();
    for (int x = 1; x <= largestFrequency; x++) {
      for (int recency = recencyStepDays; recency <= ageDays; recency += recencyStepDays) {
        History history = new History(x, recency, ageDays);
        cells.add(
            new Cell(
                x,
                recency,
                process.probabilityAlive(history),
                process.expectedPurchases(history, horizon)));
      }
    }
    return cells;
  }
}
