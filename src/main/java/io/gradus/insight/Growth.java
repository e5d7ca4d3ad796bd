package io.gradus.insight;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.when;

import io.gradus.table.Columns;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Yearly growth of revenue, from the window sums of the features.
 *
 * <ul>
 *   <li>{@code ratio}: known for at least 90 days of the year before last: ln of the revenue per
 *       day of the last 365 days over that of the 365 days before, with k added to both sums and
 *       only days since the first purchase counted.
 *   <li>{@code trend}: known for at least 270 days: the median of the pairwise slopes (Theil 1950,
 *       Sen 1968) of log revenue per day over days 0–89, 90–179 and 180–364 back.
 *   <li>{@code peers}: younger customers say nothing of growth themselves.
 * </ul>
 *
 * k is half the customer's own average purchase, so that a change of currency changes nothing. With
 * n purchases of about exponential size a sum has the relative variance 2/n, hence the standard
 * error. Each estimate is then shrunk to its peers by empirical Bayes: (τ²·g + se²·μ)/(τ² + se²).
 */
final class Growth {
  /** The customer's own estimate as a log ratio per year; NULL when there is none. */
  static final String RAW = "_growth_raw";

  /** The sampling variance of the estimate. */
  static final String RAW_VARIANCE = "_growth_raw_variance";

  private static final List<String> RATES = List.of("_rate_0", "_rate_1", "_rate_2");
  private static final List<String> SLOPES = List.of("_slope_01", "_slope_02", "_slope_12");
  private static final int YEAR = 365;
  private static final int LEAST_PRIOR_DAYS = 90;
  private static final int LEAST_TREND_DAYS = 270;
  private static final double RELATIVE_VARIANCE = 2;

  private Growth() {}

  /** Adds the own estimate and its variance. */
  static Dataset<Row> addRaw(Dataset<Row> customers) {
    Column known = col(Columns.AGE).plus(1);
    Column prior = least(known.minus(YEAR), lit(YEAR));
    Column hasRatio = known.isNotNull().and(prior.geq(LEAST_PRIOR_DAYS));
    Column hasTrend = known.geq(LEAST_TREND_DAYS);
    return addSlopes(customers, known, hasTrend)
        .withColumn(RAW, when(hasRatio, ratio(prior)).when(hasTrend, medianSlope()))
        .withColumn(
            RAW_VARIANCE,
            when(
                    hasRatio,
                    variance(
                        col(Columns.PURCHASES_365D),
                        col(Columns.PURCHASES_730D).minus(col(Columns.PURCHASES_365D))))
                .when(
                    hasTrend,
                    variance(
                            col(Columns.PURCHASES_90D),
                            col(Columns.PURCHASES_365D).minus(col(Columns.PURCHASES_180D)))
                        .divide(square(lastGapYears(known)))))
        .withColumn(
            Columns.GROWTH_METHOD,
            when(hasRatio, "ratio").when(hasTrend, "trend").otherwise("peers"))
        .drop(RATES.get(0), RATES.get(1), RATES.get(2))
        .drop(SLOPES.get(0), SLOPES.get(1), SLOPES.get(2));
  }

  /**
   * The shrunk growth as a rate (0.10 = 10 % a year) and the standard error of its logarithm.
   *
   * @param customers with {@link #RAW} and {@link PeerStatistics}
   */
  static Dataset<Row> addShrunk(Dataset<Row> customers) {
    Column mean = col(PeerStatistics.GROWTH_MEAN);
    Column between = col(PeerStatistics.GROWTH_VARIANCE);
    Column noise = col(RAW_VARIANCE);
    Column weight = between.divide(between.plus(noise));
    Column shrunk = mean.plus(weight.multiply(col(RAW).minus(mean)));
    Column bought = col(Columns.PURCHASE_DAYS).gt(0);
    return customers
        .withColumn(Columns.GROWTH, when(bought, exp(coalesce(shrunk, mean)).minus(1)))
        .withColumn(
            Columns.GROWTH_SE, when(bought, sqrt(coalesce(weight.multiply(noise), between))))
        .drop(RAW, RAW_VARIANCE);
  }

  private static Column ratio(Column priorDays) {
    Column last = revenue(Columns.SPEND_365D);
    Column prior = difference(Columns.SPEND_730D, Columns.SPEND_365D);
    return rate(last, lit(YEAR)).minus(rate(prior, priorDays));
  }

  /**
   * Adds the log rates of the three windows, then the slopes between them: each is written once, as
   * the median below names every slope three times.
   */
  private static Dataset<Row> addSlopes(Dataset<Row> customers, Column known, Column hasTrend) {
    Column oldest = least(known, lit(YEAR)).minus(180);
    Column years = lastGapYears(known);
    return customers
        .withColumn(RATES.get(0), when(hasTrend, rate(revenue(Columns.SPEND_90D), lit(90))))
        .withColumn(
            RATES.get(1),
            when(hasTrend, rate(difference(Columns.SPEND_180D, Columns.SPEND_90D), lit(90))))
        .withColumn(
            RATES.get(2),
            when(hasTrend, rate(difference(Columns.SPEND_365D, Columns.SPEND_180D), oldest)))
        .withColumn(SLOPES.get(0), slope(0, 1).multiply(YEAR).divide(90))
        .withColumn(SLOPES.get(1), slope(0, 2).divide(years))
        .withColumn(SLOPES.get(2), slope(1, 2).divide(years.minus(90.0 / YEAR)));
  }

  private static Column slope(int newer, int older) {
    return col(RATES.get(newer)).minus(col(RATES.get(older)));
  }

  private static Column medianSlope() {
    Column a = col(SLOPES.get(0));
    Column b = col(SLOPES.get(1));
    Column c = col(SLOPES.get(2));
    return a.plus(b).plus(c).minus(greatest(a, b, c)).minus(least(a, b, c));
  }

  /** Years between the middle of the last 90 days and that of the oldest trend window. */
  private static Column lastGapYears(Column known) {
    Column oldestMiddle = least(known, lit(YEAR)).plus(180).divide(2);
    return oldestMiddle.minus(45).divide(YEAR);
  }

  private static Column rate(Column revenue, Column days) {
    Column half = col(Columns.AVERAGE_DAY_AMOUNT).divide(2);
    return log(revenue.plus(half).divide(days));
  }

  private static Column revenue(String column) {
    return greatest(col(column).cast("double"), lit(0.0));
  }

  private static Column difference(String longer, String shorter) {
    return greatest(col(longer).minus(col(shorter)).cast("double"), lit(0.0));
  }

  private static Column variance(Column recent, Column earlier) {
    return lit(RELATIVE_VARIANCE)
        .divide(recent.plus(.5))
        .plus(lit(RELATIVE_VARIANCE).divide(earlier.plus(.5)));
  }

  private static Column square(Column value) {
    return value.multiply(value);
  }
}
