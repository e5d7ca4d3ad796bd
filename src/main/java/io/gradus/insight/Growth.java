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
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Yearly growth of revenue, from the window sums of the features: ln of the revenue per day of the
 * last 365 days over that of the 365 days before, with k added to both sums. It needs two windows
 * that can be compared: a customer known for less than {@value #LEAST_PRIOR_DAYS} days of the
 * earlier year has no growth, as a part of a year says nothing of another season. Where the first
 * purchase falls into the earlier window it is left out of it together with its day: a window that
 * begins with a purchase looks busier than the customer is, and everybody would seem to shrink.
 *
 * <p>k is half the customer's own average purchase, so that a change of currency changes nothing.
 * With n purchases of about exponential size a sum has the relative variance 2/n, hence the
 * standard error. Each estimate is then shrunk to its peers by empirical Bayes: (τ²·g + se²·μ)/(τ²
 * + se²).
 */
final class Growth {
  /** The customer's own estimate as a log ratio per year; NULL when there is none. */
  static final String RAW = "_growth_raw";

  /** The sampling variance of the estimate. */
  static final String RAW_VARIANCE = "_growth_raw_variance";

  /** The value of {@code growth_method} of a customer with two comparable years. */
  static final String RATIO = "ratio";

  /** The value of {@code growth_method} of a customer without them. */
  static final String NONE = "none";

  private static final int YEAR = 365;

  /** Eleven months of twelve: each season but one month occurs in both windows. */
  private static final int LEAST_PRIOR_DAYS = 335;

  private static final double RELATIVE_VARIANCE = 2;

  private Growth() {}

  /** Adds the own estimate, its variance and {@code growth_method}. */
  static Dataset<Row> addRaw(Dataset<Row> customers) {
    Column prior = least(col(Columns.AGE).minus(YEAR), lit(YEAR));
    Column comparable = coalesce(prior.geq(LEAST_PRIOR_DAYS), lit(false));
    Column earlier = col(Columns.PURCHASES_730D).minus(col(Columns.PURCHASES_365D));
    Column noise =
        relativeVariance(col(Columns.PURCHASES_365D))
            .plus(relativeVariance(earlier.minus(when(firstIsInside(), 1).otherwise(0))));
    return customers
        .withColumn(RAW, when(comparable, ratio(prior)))
        .withColumn(RAW_VARIANCE, when(comparable, noise))
        .withColumn(Columns.GROWTH_METHOD, when(comparable, RATIO).otherwise(NONE));
  }

  /**
   * The shrunk growth as a rate (0.10 = 10 % a year) and the standard error of its logarithm; NULL
   * for customers without an own estimate, so that nothing is said of them.
   *
   * @param customers with {@link #RAW} and {@link PeerStatistics}
   */
  static Dataset<Row> addShrunk(Dataset<Row> customers) {
    Column mean = col(PeerStatistics.GROWTH_MEAN);
    Column between = col(PeerStatistics.GROWTH_VARIANCE);
    Column noise = col(RAW_VARIANCE);
    Column weight = between.divide(between.plus(noise));
    Column shrunk = mean.plus(weight.multiply(col(RAW).minus(mean)));
    return customers
        .withColumn(Columns.GROWTH, exp(shrunk).minus(1))
        .withColumn(Columns.GROWTH_SE, sqrt(weight.multiply(noise)))
        .drop(RAW, RAW_VARIANCE);
  }

  private static Column ratio(Column priorDays) {
    Column last = revenue(col(Columns.SPEND_365D));
    Column both = col(Columns.SPEND_730D).minus(col(Columns.SPEND_365D)).cast("double");
    Column prior = revenue(both.minus(when(firstIsInside(), firstAmount()).otherwise(0.0)));
    return rate(last, lit(YEAR)).minus(rate(prior, priorDays));
  }

  /** Whether the first purchase lies in the window of days 365 to 729 back. */
  private static Column firstIsInside() {
    return col(Columns.AGE).lt(2 * YEAR);
  }

  /** Net amount of the first purchase day: all purchase days less the repeated ones. */
  private static Column firstAmount() {
    Column all = col(Columns.AVERAGE_DAY_AMOUNT).multiply(col(Columns.PURCHASE_DAYS));
    Column repeated = col(Columns.MONETARY_VALUE).multiply(col(Columns.FREQUENCY));
    return all.minus(coalesce(repeated, lit(0.0)));
  }

  private static Column rate(Column revenue, Column days) {
    Column half = col(Columns.AVERAGE_DAY_AMOUNT).divide(2);
    return log(revenue.plus(half).divide(days));
  }

  private static Column revenue(Column amount) {
    return greatest(amount.cast("double"), lit(0.0));
  }

  private static Column relativeVariance(Column purchases) {
    return lit(RELATIVE_VARIANCE).divide(purchases.plus(.5));
  }
}
