package io.gradus.insight;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.gradus.table.Columns;
import io.gradus.table.TenDigits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What the peers of a customer are like, to whom a customer's own noisy figures are shrunk: mean
 * and spread of growth, and the usual rhythm of purchases. Peers are the customers of the same
 * cluster, or all where there are no clusters; groups below {@value #LEAST} borrow from all.
 */
final class PeerStatistics {
  static final String GROWTH_MEAN = "_peer_growth_mean";
  static final String GROWTH_VARIANCE = "_peer_growth_variance";
  static final String LOG_GAP = "_peer_log_gap";
  static final String LOG_GAP_VARIANCE = "_peer_log_gap_variance";

  /** Customers below which a group's figures are mixed with everybody's. */
  static final int LEAST = 30;

  /** Purchases in two years below which a customer's growth says nothing of the peers'. */
  private static final int LEAST_PURCHASES = 4;

  private static final String PEERS = "_peers";
  private static final int SUMS = 9;

  /** Mean gap of a month and a spread of e^±0.9, where nobody has bought twice. */
  private static final double DEFAULT_LOG_GAP = Math.log(30);

  private static final double DEFAULT_LOG_GAP_VARIANCE = .81;

  private PeerStatistics() {}

  /** The group of a customer. */
  static Column peers(Dataset<Row> customers) {
    boolean clustered = Arrays.asList(customers.columns()).contains(Columns.CLUSTER_KEY);
    return clustered
        ? coalesce(col(Columns.CLUSTER_KEY).cast(DataTypes.StringType), lit(""))
        : lit("");
  }

  /**
   * Adds the four columns of the customer's peers; one aggregation, of which one row per group
   * reaches the driver.
   *
   * @param customers with {@link Growth#RAW} and {@link Growth#RAW_VARIANCE}
   */
  static Dataset<Row> add(Dataset<Row> customers) {
    Column regular = col(Columns.PURCHASES_730D).geq(LEAST_PURCHASES);
    Column g = when(regular, col(Growth.RAW));
    Column w = when(regular, lit(1.0).divide(col(Growth.RAW_VARIANCE)));
    Column gap = col(Columns.LOG_GAP_MEAN);
    Column spread = col(Columns.LOG_GAP_SD).multiply(col(Columns.LOG_GAP_SD));
    List<Row> groups =
        customers
            .groupBy(peers(customers).as(PEERS))
            .agg(
                count(g),
                total(w),
                total(w.multiply(g)),
                total(w.multiply(g).multiply(g)),
                total(w.multiply(w)),
                count(gap),
                total(gap),
                count(spread),
                total(spread))
            .collectAsList();
    double[] all = new double[SUMS];
    groups.forEach(row -> addTo(all, sums(row)));
    double[] everybody = statistics(all);
    List<Row> rows = new ArrayList<>();
    for (Row group : groups) {
      double[] own = sums(group);
      double[] figures = everybody;
      if (own[0] >= LEAST && own[7] >= LEAST) {
        figures = statistics(own);
      }
      rows.add(
          RowFactory.create(
              group.getString(0),
              TenDigits.of(figures[0]),
              TenDigits.of(figures[1]),
              TenDigits.of(figures[2]),
              TenDigits.of(figures[3])));
    }
    Dataset<Row> peers = customers.sparkSession().createDataFrame(rows, schema());
    return customers
        .withColumn(PEERS, peers(customers))
        .join(broadcast(peers), new String[] {PEERS}, "left")
        .drop(PEERS);
  }

  /** Takes the four columns away again. */
  static Dataset<Row> drop(Dataset<Row> customers) {
    return customers.drop(GROWTH_MEAN, GROWTH_VARIANCE, LOG_GAP, LOG_GAP_VARIANCE);
  }

  /**
   * From sums to mean growth, its variance between customers (DerSimonian and Laird 1986,
   * Controlled Clinical Trials 7, with weights w = 1/se²), mean log gap and mean variance of log
   * gaps.
   */
  private static double[] statistics(double[] s) {
    double mean = s[0] > 0 ? s[2] / s[1] : 0;
    double q = s[3] - s[1] * mean * mean;
    double between = s[0] > 1 ? (q - (s[0] - 1)) / (s[1] - s[4] / s[1]) : 0;
    return new double[] {
      mean,
      Math.max(0, between),
      s[5] > 0 ? s[6] / s[5] : DEFAULT_LOG_GAP,
      s[7] > 0 ? s[8] / s[7] : DEFAULT_LOG_GAP_VARIANCE
    };
  }

  private static Column total(Column values) {
    return coalesce(sum(values), lit(0.0));
  }

  private static double[] sums(Row row) {
    double[] sums = new double[SUMS];
    for (int i = 0; i < SUMS; i++) {
      sums[i] = ((Number) row.get(i + 1)).doubleValue();
    }
    return sums;
  }

  private static void addTo(double[] all, double[] part) {
    for (int i = 0; i < all.length; i++) {
      all[i] += part[i];
    }
  }

  private static StructType schema() {
    return new StructType()
        .add(PEERS, DataTypes.StringType)
        .add(GROWTH_MEAN, DataTypes.DoubleType)
        .add(GROWTH_VARIANCE, DataTypes.DoubleType)
        .add(LOG_GAP, DataTypes.DoubleType)
        .add(LOG_GAP_VARIANCE, DataTypes.DoubleType);
  }
}
