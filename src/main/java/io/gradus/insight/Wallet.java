package io.gradus.insight;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.percentile;
import static org.apache.spark.sql.functions.when;

import io.gradus.table.Columns;
import io.gradus.table.TableSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What a customer could spend in a year, and how much of it is not spent here. The wallet is the
 * 80th percentile of the yearly revenue of the buyers among the peers: industry and region where
 * they are known, otherwise cluster and tenure. A group of n customers counts n/(n+30), the group
 * above it the rest; groups below 30 do not count at all. An estimate of the owner's own ({@code
 * wallet_estimate}) is mixed in by its {@code wallet_confidence} 0..1. No wallet is below the
 * revenue.
 */
final class Wallet {
  private static final double PERCENTILE = .8;
  private static final int LEAST = 30;
  private static final String FIRST = "_wallet_first";
  private static final String SECOND = "_wallet_second";
  private static final String PEER_WALLET = "_wallet_peers";
  private static final String EVERYBODY = "";

  private Wallet() {}

  /** Adds {@code wallet}, {@code headroom} (both DECIMAL(18,2)) and {@code wallet_peers}. */
  static Dataset<Row> add(Dataset<Row> customers) {
    Dataset<Row> keyed = keyed(customers);
    Map<List<String>, double[]> groups = groups(keyed);
    double[] all = groups.getOrDefault(List.of(EVERYBODY, EVERYBODY), new double[] {0, 0});
    List<Row> rows = new ArrayList<>();
    groups.forEach((key, figures) -> rows.add(row(key, groups, all)));
    Dataset<Row> wallets = customers.sparkSession().createDataFrame(rows, schema());
    Column revenue =
        greatest(coalesce(col(Columns.SPEND_365D), lit(0)), lit(0)).cast(DataTypes.DoubleType);
    Column peers = coalesce(col(PEER_WALLET), lit(all[1]));
    Column wallet = greatest(revenue, blended(customers, peers));
    return keyed
        .join(broadcast(wallets), new String[] {FIRST, SECOND}, "left")
        .withColumn(Columns.WALLET, wallet.cast(TableSpec.MONEY))
        .withColumn(Columns.HEADROOM, wallet.minus(revenue).cast(TableSpec.MONEY))
        .withColumn(Columns.WALLET_PEERS, coalesce(col(Columns.WALLET_PEERS), lit("all")))
        .drop(FIRST, SECOND, PEER_WALLET);
  }

  private static Dataset<Row> keyed(Dataset<Row> customers) {
    List<String> columns = Arrays.asList(customers.columns());
    Column first;
    Column second;
    if (columns.contains(Columns.INDUSTRY)) {
      first = text(columns, Columns.INDUSTRY);
      second = text(columns, Columns.REGION);
    } else {
      first = text(columns, Columns.CLUSTER_KEY);
      second =
          when(col(Columns.AGE).isNull(), "none")
              .when(col(Columns.AGE).lt(365), "first year")
              .when(col(Columns.AGE).lt(730), "second year")
              .otherwise("older");
    }
    return customers.withColumn(FIRST, first).withColumn(SECOND, second);
  }

  private static Column text(List<String> columns, String column) {
    return columns.contains(column)
        ? coalesce(col(column).cast(DataTypes.StringType), lit("unknown"))
        : lit("unknown");
  }

  private static Map<List<String>, double[]> groups(Dataset<Row> keyed) {
    Map<List<String>, double[]> groups = new HashMap<>();
    keyed
        .where(col(Columns.PURCHASE_DAYS).gt(0))
        .select(
            col(FIRST),
            col(SECOND),
            col(Columns.SPEND_365D).cast(DataTypes.DoubleType).as("_spend"))
        .rollup(col(FIRST), col(SECOND))
        .agg(count(lit(1)), percentile(col("_spend"), lit(PERCENTILE)))
        .collectAsList()
        .forEach(
            row ->
                groups.put(
                    List.of(
                        row.isNullAt(0) ? EVERYBODY : row.getString(0),
                        row.isNullAt(1) ? EVERYBODY : row.getString(1)),
                    new double[] {row.getLong(2), Math.max(0, row.getDouble(3))}));
    return groups;
  }

  private static Row row(List<String> key, Map<List<String>, double[]> groups, double[] all) {
    double[] wide = groups.getOrDefault(List.of(key.get(0), EVERYBODY), all);
    double[] own = groups.getOrDefault(key, all);
    double shrunkWide = shrunk(wide, all[1]);
    String level =
        own[0] >= LEAST ? key.get(0) + " / " + key.get(1) : wide[0] >= LEAST ? key.get(0) : "all";
    return RowFactory.create(key.get(0), key.get(1), shrunk(own, shrunkWide), level);
  }

  private static double shrunk(double[] group, double above) {
    double weight = group[0] < LEAST ? 0 : group[0] / (group[0] + LEAST);
    return weight * group[1] + (1 - weight) * above;
  }

  private static Column blended(Dataset<Row> customers, Column peers) {
    List<String> columns = Arrays.asList(customers.columns());
    if (!columns.contains(Columns.WALLET_ESTIMATE)) {
      return peers;
    }
    Column confidence =
        columns.contains(Columns.WALLET_CONFIDENCE)
            ? coalesce(col(Columns.WALLET_CONFIDENCE).cast(DataTypes.DoubleType), lit(.5))
            : lit(.5);
    Column share = least(greatest(confidence, lit(0.0)), lit(1.0));
    Column estimate = col(Columns.WALLET_ESTIMATE).cast(DataTypes.DoubleType);
    return coalesce(estimate.multiply(share).plus(peers.multiply(lit(1.0).minus(share))), peers);
  }

  private static StructType schema() {
    return new StructType()
        .add(FIRST, DataTypes.StringType)
        .add(SECOND, DataTypes.StringType)
        .add(PEER_WALLET, DataTypes.DoubleType)
        .add(Columns.WALLET_PEERS, DataTypes.StringType);
  }
}
