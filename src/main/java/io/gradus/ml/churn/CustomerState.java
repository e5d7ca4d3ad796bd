package io.gradus.ml.churn;

import static io.gradus.table.Columns.AGE;
import static io.gradus.table.Columns.AVERAGE_DAY_AMOUNT;
import static io.gradus.table.Columns.CATEGORY_BREADTH;
import static io.gradus.table.Columns.DAYS_SINCE_LAST;
import static io.gradus.table.Columns.FREQUENCY;
import static io.gradus.table.Columns.GAP_CV;
import static io.gradus.table.Columns.LARGEST_DAY_AMOUNT;
import static io.gradus.table.Columns.LOG_GAP_MEAN;
import static io.gradus.table.Columns.LOG_GAP_SD;
import static io.gradus.table.Columns.MONETARY_VALUE;
import static io.gradus.table.Columns.NET_TOTAL;
import static io.gradus.table.Columns.PURCHASES_180D;
import static io.gradus.table.Columns.PURCHASES_30D;
import static io.gradus.table.Columns.PURCHASES_90D;
import static io.gradus.table.Columns.RECENCY;
import static io.gradus.table.Columns.RETURN_RATE;
import static io.gradus.table.Columns.SPEND_30D;
import static io.gradus.table.Columns.SPEND_365D;
import static io.gradus.table.Columns.SPEND_90D;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.gradus.clv.History;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/**
 * What churn risk knows of one customer with at least one purchase: a row of {@code
 * CustomerFeatures} as plain numbers. Days are whole days, money is net and in the lake's currency.
 *
 * @param frequency repeat purchase days
 * @param recencyDays days from the first to the last purchase
 * @param ageDays days from the first purchase to the cut-off
 * @param daysSinceLast days from the last purchase to the cut-off
 * @param purchases30 purchase days in the last 30 days; likewise 90 and 180
 * @param spend30 net amount of the last 30 days; likewise 90 and 365
 * @param netTotal net amount of all days
 * @param averageDay mean net amount of a purchase day, &gt; 0
 * @param largestDay largest net amount of a day, &gt; 0
 * @param gapVariation coefficient of variation of the gaps; NaN below two gaps
 * @param repeatAverage mean net amount of the repeat purchase days; NaN without one
 * @param logGapMean mean of ln(gap in days); NaN without gap
 * @param logGapDeviation standard deviation of ln(gap in days); NaN below two gaps
 * @param breadth estimated number of categories, ≥ 0
 * @param returnRate refunds ÷ gross amount, ≥ 0
 */
record CustomerState(
    int frequency,
    int recencyDays,
    int ageDays,
    int daysSinceLast,
    int purchases30,
    int purchases90,
    int purchases180,
    double spend30,
    double spend90,
    double spend365,
    double netTotal,
    double averageDay,
    double largestDay,
    double repeatAverage,
    double gapVariation,
    double logGapMean,
    double logGapDeviation,
    double breadth,
    double returnRate) {

  private static final List<String> COUNTS =
      List.of(
          FREQUENCY, RECENCY, AGE, DAYS_SINCE_LAST, PURCHASES_30D, PURCHASES_90D, PURCHASES_180D);
  private static final List<String> AMOUNTS =
      List.of(SPEND_30D, SPEND_90D, SPEND_365D, NET_TOTAL, AVERAGE_DAY_AMOUNT, LARGEST_DAY_AMOUNT);
  private static final List<String> STATISTICS =
      List.of(MONETARY_VALUE, GAP_CV, LOG_GAP_MEAN, LOG_GAP_SD);
  private static final List<String> RATES = List.of(CATEGORY_BREADTH, RETURN_RATE);

  /** The features of a row as the struct that {@link #of} reads. */
  static Column columns() {
    return struct(
        Stream.of(
                COUNTS.stream().map(name -> col(name).cast("int")),
                AMOUNTS.stream().map(name -> coalesce(col(name).cast("double"), lit(0.0))),
                STATISTICS.stream().map(name -> coalesce(col(name), lit(Double.NaN))),
                RATES.stream().map(name -> coalesce(col(name), lit(0.0))))
            .flatMap(columns -> columns)
            .toArray(Column[]::new));
  }

  /** The numbers of a struct made by {@link #columns}; its frequency is not NULL. */
  static CustomerState of(Row row) {
    return new CustomerState(
        row.getInt(0),
        row.getInt(1),
        row.getInt(2),
        row.getInt(3),
        row.getInt(4),
        row.getInt(5),
        row.getInt(6),
        row.getDouble(7),
        row.getDouble(8),
        row.getDouble(9),
        row.getDouble(10),
        row.getDouble(11),
        row.getDouble(12),
        row.getDouble(13),
        row.getDouble(14),
        row.getDouble(15),
        row.getDouble(16),
        row.getDouble(17),
        row.getDouble(18));
  }

  /** The statistics that a buy-till-you-die model needs. */
  History history() {
    return new History(frequency, recencyDays, ageDays);
  }

  /** Purchase days, the first one included. */
  int purchaseDays() {
    return frequency + 1;
  }

  /**
   * Gaps that the logarithmic statistics rest on; those beyond the features' calendar are unseen.
   */
  int gaps() {
    if (Double.isNaN(logGapMean)) {
      return 0;
    }
    return Double.isNaN(logGapDeviation) ? 1 : frequency;
  }
}
