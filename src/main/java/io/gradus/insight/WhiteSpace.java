package io.gradus.insight;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.percentile;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.gradus.table.Columns;
import io.gradus.table.Money;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Seq;

/**
 * What the peers buy and a customer does not: the sum, over the categories the customer took
 * nothing of in the last 365 days, of the share of the peers who buy the category times what they
 * spend on it, as the median. Peers are the buyers of the same cluster, or all where there are no
 * clusters or fewer than {@value #LEAST_PEERS} of them. A category that fewer than {@value
 * #LEAST_BUYERS} peers buy is not missing. The driver holds the {@value #MOST_PAIRS} pairs of peers
 * and category with the most buyers.
 */
public final class WhiteSpace {
  private static final int LEAST_PEERS = 30;
  private static final int LEAST_BUYERS = 5;
  private static final int MOST_PAIRS = 20_000;
  private static final String PEERS = "_peers";
  private static final String EVERYBODY = "\u0000all";
  private static final String BUYERS = "_buyers";

  private WhiteSpace() {}

  /**
   * Adds {@code white_space}; NULL for customers without purchase.
   *
   * @param customers one row per customer with features, the categories of {@link ProductUse#add}
   *     and, where there are some, clusters; read twice, so persist it
   */
  public static Dataset<Row> add(Dataset<Row> customers) {
    Column peers = PeerStatistics.peers(customers);
    Column taken = col(ProductUse.CATEGORIES + ".key");
    Gaps gaps = new Gaps(worth(customers.withColumn(PEERS, peers)));
    Column missing =
        udf(gaps, DataTypes.LongType).apply(peers, coalesce(taken, array().cast("array<string>")));
    return customers
        .withColumn(
            Columns.WHITE_SPACE, when(col(Columns.PURCHASE_DAYS).gt(0), Money.fromCents(missing)))
        .drop(ProductUse.CATEGORIES);
  }

  /** Per peers and category, share of buyers times median spend, in cents. */
  private static Map<String, Map<String, Long>> worth(Dataset<Row> known) {
    // A row without category per active customer counts the peers themselves.
    Column nothing = struct(lit(null).cast("string").as("key"), lit(0L).as("cents"));
    List<Row> pairs =
        known
            .where(col(ProductUse.CATEGORIES).isNotNull())
            .select(
                explode(array(col(PEERS), lit(EVERYBODY))).as(PEERS),
                concat(array(nothing), col(ProductUse.CATEGORIES)).as("_items"))
            .select(col(PEERS), explode(col("_items")).as("_item"))
            .groupBy(col(PEERS), col("_item.key").as(Columns.CATEGORY))
            .agg(count(lit(1)).as(BUYERS), percentile(col("_item.cents"), lit(.5)).as("_median"))
            .where(col(BUYERS).geq(LEAST_BUYERS))
            .orderBy(col(BUYERS).desc(), col(PEERS), col(Columns.CATEGORY))
            .limit(MOST_PAIRS)
            .collectAsList();
    Map<String, Long> sizes = new HashMap<>();
    pairs.stream()
        .filter(pair -> pair.isNullAt(1))
        .forEach(pair -> sizes.put(pair.getString(0), pair.getLong(2)));
    Map<String, Map<String, Long>> worth = new HashMap<>();
    pairs.stream()
        .filter(pair -> !pair.isNullAt(1))
        .filter(pair -> isGroup(pair.getString(0), sizes))
        .sorted(Comparator.comparing(pair -> pair.getString(1)))
        .forEach(
            pair ->
                worth
                    .computeIfAbsent(pair.getString(0), group -> new HashMap<>())
                    .put(
                        pair.getString(1),
                        Math.round(
                            pair.getDouble(3)
                                * pair.getLong(2)
                                / sizes.getOrDefault(pair.getString(0), Long.MAX_VALUE))));
    return worth;
  }

  private static boolean isGroup(String peers, Map<String, Long> sizes) {
    return peers.equals(EVERYBODY) || sizes.getOrDefault(peers, 0L) >= LEAST_PEERS;
  }

  /** The worth of all categories of the peers but those taken. */
  private static final class Gaps implements UDF2<String, Seq<String>, Long> {
    private static final long serialVersionUID = 1L;

    private final HashMap<String, HashMap<String, Long>> worth = new HashMap<>();
    private final HashMap<String, Long> totals = new HashMap<>();

    Gaps(Map<String, Map<String, Long>> worth) {
      worth.forEach(
          (group, categories) -> {
            this.worth.put(group, new HashMap<>(categories));
            totals.put(group, categories.values().stream().mapToLong(Long::longValue).sum());
          });
    }

    @Override
    public Long call(String peers, Seq<String> taken) {
      String group = worth.containsKey(peers) ? peers : EVERYBODY;
      Map<String, Long> categories = worth.getOrDefault(group, new HashMap<>());
      long missing = totals.getOrDefault(group, 0L);
      for (int i = 0; i < taken.length(); i++) {
        missing -= categories.getOrDefault(taken.apply(i), 0L);
      }
      return missing;
    }
  }
}
