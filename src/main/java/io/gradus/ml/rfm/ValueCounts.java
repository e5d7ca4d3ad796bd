package io.gradus.ml.rfm;

import io.gradus.error.GradusException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How many customers have which value, by scope and measure, in one narrow pass: each partition
 * counts single values and falls back to logarithmic buckets, 128 to the log unit, when a measure
 * has too many of them. The driver receives, per scope and measure, at most {@value #MOST_VALUES}
 * values (256 a partition when there are more than 780 partitions) and 11,000 buckets a partition.
 */
final class ValueCounts {
  /** Scopes that may have cut-points of their own. */
  static final int MAX_SCOPES = 100;

  private static final int MOST_VALUES = 200_000;
  private static final int LEAST_VALUES_PER_PARTITION = 256;
  private static final int BUCKETS_PER_LOG_UNIT = 128;
  private static final int MEASURES = RfmMeasure.values().length;

  private ValueCounts() {}

  /** Whose values are counted. */
  record Group(String scope, int measure) {}

  /** The customers whose values lie in a bucket; exact when it is a single value. */
  record Bucket(long lowest, long highest, long customers) implements Serializable {
    private static final long serialVersionUID = 1L;

    Bucket plus(Bucket other) {
      return new Bucket(
          Math.min(lowest, other.lowest),
          Math.max(highest, other.highest),
          customers + other.customers);
    }
  }

  private record Counted(String scope, int measure, Bucket bucket) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Counts the customers.
   *
   * @param active one row per customer: {@code scope} STRING, then one BIGINT per measure
   * @param scoped whether scopes are counted apart as well
   * @return for each group its buckets in rising order, which do not overlap
   * @throws GradusException (usage) when there are more than {@value #MAX_SCOPES} scopes
   */
  static Map<Group, List<Bucket>> of(Dataset<Row> active, boolean scoped) {
    var partitions = active.javaRDD();
    int most =
        Math.max(
            LEAST_VALUES_PER_PARTITION, MOST_VALUES / Math.max(1, partitions.getNumPartitions()));
    Map<Group, List<Bucket>> parts = new HashMap<>();
    for (Counted counted : partitions.mapPartitions(new Counter(scoped, most)).collect()) {
      parts
          .computeIfAbsent(new Group(counted.scope(), counted.measure()), g -> new ArrayList<>())
          .add(counted.bucket());
    }
    if (parts.size() > MEASURES * (MAX_SCOPES + 1)) {
      throw GradusException.usage(
          "the RFM scope column has more than "
              + MAX_SCOPES
              + " values; choose a coarser one or none");
    }
    Map<Group, List<Bucket>> groups =
        new TreeMap<>(Comparator.comparing(Group::scope).thenComparing(Group::measure));
    parts.forEach((group, buckets) -> groups.put(group, merged(buckets)));
    return groups;
  }

  /** Single values stay single unless a partition had too many of them. */
  private static List<Bucket> merged(List<Bucket> buckets) {
    boolean exact = buckets.stream().allMatch(b -> b.lowest() == b.highest());
    Map<Long, Bucket> byPlace = new HashMap<>();
    for (Bucket bucket : buckets) {
      long place = exact ? bucket.lowest() : bucketOf(bucket.lowest());
      byPlace.merge(place, bucket, Bucket::plus);
    }
    return byPlace.values().stream().sorted(Comparator.comparingLong(Bucket::lowest)).toList();
  }

  /** Strict, because a bucket must hold the same values on every machine. */
  private static long bucketOf(long value) {
    long size = (long) (StrictMath.log1p(Math.abs((double) value)) * BUCKETS_PER_LOG_UNIT);
    return value < 0 ? -size : size;
  }

  /** Counts one partition. */
  private record Counter(boolean scoped, int most)
      implements FlatMapFunction<Iterator<Row>, Counted> {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<Counted> call(Iterator<Row> rows) {
      Map<String, Tally[]> scopes = new HashMap<>();
      Tally[] all = tallies();
      scopes.put(RfmCutPoint.OVERALL, all);
      while (rows.hasNext()) {
        Row row = rows.next();
        add(row, all);
        String scope = scoped && !row.isNullAt(0) ? row.getString(0) : RfmCutPoint.OVERALL;
        if (!scope.equals(RfmCutPoint.OVERALL)
            && (scopes.size() <= MAX_SCOPES + 1 || scopes.containsKey(scope))) {
          add(row, scopes.computeIfAbsent(scope, s -> tallies()));
        }
      }
      List<Counted> counted = new ArrayList<>();
      scopes.forEach(
          (scope, tallies) -> {
            for (int m = 0; m < MEASURES; m++) {
              for (Bucket bucket : tallies[m].buckets()) {
                counted.add(new Counted(scope, m, bucket));
              }
            }
          });
      return counted.iterator();
    }

    private Tally[] tallies() {
      Tally[] tallies = new Tally[MEASURES];
      for (int m = 0; m < MEASURES; m++) {
        tallies[m] = new Tally(most);
      }
      return tallies;
    }

    private static void add(Row row, Tally[] tallies) {
      for (int m = 0; m < MEASURES; m++) {
        tallies[m].add(row.getLong(m + 1));
      }
    }
  }

  /** Values of one group in one partition. */
  private static final class Tally {
    private static final int LOWEST = 0;
    private static final int HIGHEST = 1;
    private static final int CUSTOMERS = 2;

    private final int most;
    private Map<Long, long[]> byPlace = new HashMap<>();
    private boolean exact = true;

    Tally(int most) {
      this.most = most;
    }

    void add(long value) {
      add(exact ? value : bucketOf(value), value, value, 1);
      if (exact && byPlace.size() > most) {
        exact = false;
        Map<Long, long[]> values = byPlace;
        byPlace = new HashMap<>();
        values.forEach((v, b) -> add(bucketOf(v), v, v, b[CUSTOMERS]));
      }
    }

    private void add(long place, long lowest, long highest, long customers) {
      long[] bucket = byPlace.get(place);
      if (bucket == null) {
        byPlace.put(place, new long[] {lowest, highest, customers});
      } else {
        bucket[LOWEST] = Math.min(bucket[LOWEST], lowest);
        bucket[HIGHEST] = Math.max(bucket[HIGHEST], highest);
        bucket[CUSTOMERS] += customers;
      }
    }

    List<Bucket> buckets() {
      return byPlace.values().stream()
          .map(b -> new Bucket(b[LOWEST], b[HIGHEST], b[CUSTOMERS]))
          .toList();
    }
  }
}
