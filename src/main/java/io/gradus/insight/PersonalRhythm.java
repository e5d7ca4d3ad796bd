package io.gradus.insight;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.when;

import io.gradus.table.Columns;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * After how many silent days a customer is overdue or lapsed, by the customer's own rhythm: log
 * gaps are taken as normal, their mean and variance shrunk to the peers with the weight of five
 * gaps, σ at least .25, as no rhythm is known better than that, and the quantiles exp(μ + z·σ)
 * clipped to 14..720 days.
 */
final class PersonalRhythm {
  /** The lapsing threshold of the peers, to which the customer's own silences do not belong. */
  static final String PEER_LAPSED = "_peer_lapsed_after_days";

  private static final double PRIOR_GAPS = 5;
  private static final double Z80 = 0.8416212335729143;
  private static final double Z95 = 1.6448536269514722;
  private static final double LEAST_SPREAD = .25;
  private static final int LEAST_DAYS = 14;
  private static final int MOST_DAYS = 720;

  private PersonalRhythm() {}

  /** Adds {@code overdue_after_days} (80 %) and {@code lapsed_after_days} (95 %). */
  static Dataset<Row> add(Dataset<Row> customers) {
    Column gaps = coalesce(col(Columns.FREQUENCY), lit(0)).cast("double");
    Column peerMean = col(PeerStatistics.LOG_GAP);
    Column peerVariance = col(PeerStatistics.LOG_GAP_VARIANCE);
    Column mean =
        gaps.multiply(coalesce(col(Columns.LOG_GAP_MEAN), peerMean))
            .plus(peerMean.multiply(PRIOR_GAPS))
            .divide(gaps.plus(PRIOR_GAPS));
    Column known = greatest(gaps.minus(1), lit(0.0));
    Column own = col(Columns.LOG_GAP_SD).multiply(col(Columns.LOG_GAP_SD));
    Column variance =
        known
            .multiply(coalesce(own, peerVariance))
            .plus(peerVariance.multiply(PRIOR_GAPS))
            .divide(known.plus(PRIOR_GAPS));
    return customers
        .withColumn(Columns.OVERDUE_AFTER_DAYS, threshold(mean, variance, Z80))
        .withColumn(Columns.LAPSED_AFTER_DAYS, threshold(mean, variance, Z95))
        .withColumn(PEER_LAPSED, threshold(peerMean, peerVariance, Z95));
  }

  private static Column threshold(Column mean, Column variance, double z) {
    Column days = exp(mean.plus(greatest(sqrt(variance), lit(LEAST_SPREAD)).multiply(z)));
    return when(
        col(Columns.PURCHASE_DAYS).gt(0),
        round(least(greatest(days, lit((double) LEAST_DAYS)), lit((double) MOST_DAYS)), 0)
            .cast("int"));
  }
}
