package io.gradus.ml.cluster;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.signum;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Draws a sample stratified by value: strata are half units of ln(1 + |value|), at most 180; each
 * gets its exact proportional share (largest remainder) of the customers with the smallest hashes
 * of their ids. The same customers give the same sample on any partitioning. At most the sample
 * size and a tenth reach the driver.
 */
final class SampleDraw {
  private static final String ID = "id";
  private static final String STRATUM = "stratum";
  private static final String HASH = "hash";
  private static final String VALUE = "value";
  private static final int FIRST_FEATURE = 4;

  private final List<ClusterFeature> features;
  private final String keyCol;
  private final String valueCol;
  private final int size;
  private final long seed;

  SampleDraw(List<ClusterFeature> features, String keyCol, String valueCol, int size, long seed) {
    this.features = features;
    this.keyCol = keyCol;
    this.valueCol = valueCol;
    this.size = size;
    this.seed = seed;
  }

  CustomerSample draw(Dataset<?> customers) {
    Dataset<Row> eligible = eligible(customers);
    Map<Integer, Long> counts = new TreeMap<>();
    for (Row row : eligible.groupBy(STRATUM).agg(count(lit(1))).collectAsList()) {
      counts.put(row.getInt(0), row.getLong(1));
    }
    long total = counts.values().stream().mapToLong(Long::longValue).sum();
    Map<Integer, Integer> quotas = quotas(counts, total);
    List<Row> rows =
        total <= size
            ? eligible.collectAsList()
            : exact(candidates(eligible, counts, quotas).collectAsList(), quotas);
    return sample(rows, total);
  }

  private Dataset<Row> eligible(Dataset<?> customers) {
    Column value = coalesce(col(valueCol).cast("double"), lit(0.0));
    List<Column> columns = new ArrayList<>();
    columns.add(col(keyCol).cast("string").as(ID));
    columns.add(
        signum(value).multiply(floor(log1p(abs(value)).multiply(2))).cast("int").as(STRATUM));
    columns.add(xxhash64(col(keyCol).cast("string"), lit(seed)).as(HASH));
    columns.add(value.as(VALUE));
    Column known = lit(true);
    for (ClusterFeature feature : features) {
      Column transformed = feature.transform().apply(col(feature.column()));
      columns.add(transformed.as("feature_" + (columns.size() - FIRST_FEATURE)));
      known = feature.required() ? known.and(transformed.isNotNull()) : known;
    }
    return customers.toDF().where(known).select(columns.toArray(Column[]::new));
  }

  /** Proportional allocation; the seats left by rounding down go to the largest remainders. */
  private Map<Integer, Integer> quotas(Map<Integer, Long> counts, long total) {
    Map<Integer, Integer> quotas = new HashMap<>();
    List<Integer> byRemainder = new ArrayList<>(counts.keySet());
    int left = (int) Math.min(size, total);
    for (Map.Entry<Integer, Long> stratum : counts.entrySet()) {
      int quota = (int) Math.min(stratum.getValue(), size * stratum.getValue() / total);
      quotas.put(stratum.getKey(), quota);
      left -= quota;
    }
    byRemainder.sort(
        Comparator.<Integer>comparingLong(s -> -(size * counts.getOrDefault(s, 0L) % total))
            .thenComparing(s -> s));
    for (Integer stratum :
        byRemainder.subList(0, Math.max(0, Math.min(left, byRemainder.size())))) {
      quotas.merge(stratum, 1, Integer::sum);
    }
    return quotas;
  }

  /** The customers whose hash is low enough to hold the quota with six standard deviations. */
  private static Dataset<Row> candidates(
      Dataset<Row> eligible, Map<Integer, Long> counts, Map<Integer, Integer> quotas) {
    List<Row> limits = new ArrayList<>();
    counts.forEach(
        (stratum, count) -> {
          int quota = quotas.getOrDefault(stratum, 0);
          double share = (quota + 6 * Math.sqrt(quota) + 10) / count;
          long limit = share >= 1 ? Long.MAX_VALUE : (long) (share * 0x1p64 - 0x1p63);
          limits.add(RowFactory.create(stratum, limit));
        });
    StructType schema =
        new StructType()
            .add("limit_stratum", DataTypes.IntegerType)
            .add("limit", DataTypes.LongType);
    Dataset<Row> table = eligible.sparkSession().createDataFrame(limits, schema);
    return eligible
        .join(broadcast(table), eligible.col(STRATUM).equalTo(table.col("limit_stratum")))
        .where(col(HASH).leq(col("limit")));
  }

  private static List<Row> exact(List<Row> candidates, Map<Integer, Integer> quotas) {
    List<Row> ordered = new ArrayList<>(candidates);
    ordered.sort(
        Comparator.<Row>comparingInt(r -> r.getInt(1))
            .thenComparingLong(r -> r.getLong(2))
            .thenComparing(r -> r.getString(0)));
    Map<Integer, Integer> taken = new HashMap<>();
    List<Row> rows = new ArrayList<>();
    for (Row row : ordered) {
      if (taken.merge(row.getInt(1), 1, Integer::sum) <= quotas.getOrDefault(row.getInt(1), 0)) {
        rows.add(row);
      }
    }
    return rows;
  }

  private CustomerSample sample(List<Row> unordered, long customers) {
    List<Row> rows = new ArrayList<>(unordered);
    rows.sort(Comparator.comparing(r -> r.getString(0)));
    int d = features.size();
    String[] ids = new String[rows.size()];
    double[] value = new double[rows.size()];
    double[] points = new double[rows.size() * d];
    for (int i = 0; i < ids.length; i++) {
      Row row = rows.get(i);
      ids[i] = row.getString(0);
      value[i] = row.getDouble(3);
      for (int j = 0; j < d; j++) {
        boolean known = !row.isNullAt(FIRST_FEATURE + j);
        points[i * d + j] = known ? row.getDouble(FIRST_FEATURE + j) : Double.NaN;
      }
    }
    return new CustomerSample(ids, new Points(points, d), value, customers);
  }
}
