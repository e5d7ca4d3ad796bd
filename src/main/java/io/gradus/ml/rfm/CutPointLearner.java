package io.gradus.ml.rfm;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import io.gradus.ml.rfm.ValueCounts.Bucket;
import io.gradus.ml.rfm.ValueCounts.Group;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Exact cut-points without a sort or a global window. Values are whole numbers (days, counts,
 * cents) in which more is better. Scores are ceil(5·F) with the mid-distribution function F(v) =
 * (customers below v + half of those at v) / customers (Parzen 1979), so equal values score
 * equally.
 *
 * <p>One pass counts the values, {@link ValueCounts}; where that had to fall back to buckets, the
 * at most four buckets a cut can lie in are counted in ever finer equal pieces until a piece is a
 * single value: two or three more passes, for the money of a large company. Every comparison is in
 * integers, so the result is exact and the same on any partitioning. The driver holds the value
 * counts and {@value #PIECES} pieces per open cut.
 */
final class CutPointLearner {
  private static final int PIECES = 16_384;

  private static final String SCOPE = "scope";
  private static final String MEASURE = "measure";
  private static final String VALUE = "value";

  private CutPointLearner() {}

  /** Where an interval under refinement starts. */
  private record Place(String scope, int measure, long lowest) {
    static Place of(Open open) {
      Group group = open.cut().group();
      return new Place(group.scope(), group.measure(), open.interval().lowest());
    }
  }

  /** A cut to be found: what is known of the customers below its interval and the value above. */
  private record Cut(Group group, int score, long total, long below, @Nullable Long next) {}

  /**
   * A cut that lies in the interval, or at its {@code next} when no value there earns the score.
   */
  private record Open(Cut cut, Bucket interval) {}

  /**
   * @param active one row per customer with a purchase in the window: {@code scope} STRING, then
   *     one BIGINT column per measure named by its ordinal, more being better
   * @param scoped whether scopes get cut-points of their own
   * @param minScopeSize scopes with fewer customers get no cut-points of their own
   */
  static List<RfmCutPoint> learn(Dataset<Row> active, boolean scoped, int minScopeSize) {
    List<RfmCutPoint> found = new ArrayList<>();
    List<Open> unsettled = new ArrayList<>();
    ValueCounts.of(active, scoped)
        .forEach(
            (group, buckets) -> {
              long total = buckets.stream().mapToLong(Bucket::customers).sum();
              if (total >= minScopeSize || group.scope().equals(RfmCutPoint.OVERALL)) {
                for (int score = 2; score <= 5; score++) {
                  locate(new Cut(group, score, total, 0, null), buckets, found, unsettled);
                }
              }
            });
    List<Open> open = unsettled;
    Dataset<Row> values = perMeasure(active, scoped);
    while (!open.isEmpty()) {
      open = refine(values, open, found);
    }
    return found;
  }

  private static Dataset<Row> perMeasure(Dataset<Row> active, boolean scoped) {
    Column scope =
        scoped
            ? explode(expr("array_distinct(array_compact(array('*', scope)))"))
            : lit(RfmCutPoint.OVERALL);
    return active
        .withColumn(SCOPE, scope)
        .select(
            col(SCOPE), expr("stack(3, 0, `0`, 1, `1`, 2, `2`)").as(new String[] {MEASURE, VALUE}));
  }

  /**
   * Finds the lowest value v with 5·(2·below(v) + at(v)) &gt; 2·(score − 1)·total, or the bucket it
   * may be in.
   */
  private static void locate(
      Cut cut, List<Bucket> buckets, List<RfmCutPoint> found, List<Open> open) {
    long needed = 2L * (cut.score() - 1) * cut.total();
    long below = cut.below();
    for (int i = 0; i < buckets.size(); i++) {
      Bucket bucket = buckets.get(i);
      long through = below + bucket.customers();
      boolean single = bucket.lowest() == bucket.highest();
      if (10L * below >= needed || (single && 5L * (below + through) > needed)) {
        found.add(cutPoint(cut, bucket.lowest()));
        return;
      }
      if (!single && 10L * through > needed) {
        @Nullable Long next =
            i + 1 < buckets.size() ? Long.valueOf(buckets.get(i + 1).lowest()) : cut.next();
        open.add(new Open(new Cut(cut.group(), cut.score(), cut.total(), below, next), bucket));
        return;
      }
      below = through;
    }
    found.add(cutPoint(cut, cut.next()));
  }

  private static RfmCutPoint cutPoint(Cut cut, @Nullable Long value) {
    RfmMeasure measure = RfmMeasure.values()[cut.group().measure()];
    @Nullable Double threshold =
        value == null
            ? null
            : switch (measure) {
              case RECENCY -> (double) -value;
              case FREQUENCY -> (double) value;
              case MONETARY -> value / 100.0;
            };
    return new RfmCutPoint(cut.group().scope(), measure, cut.score(), threshold, cut.total());
  }

  private static List<Open> refine(Dataset<Row> values, List<Open> open, List<RfmCutPoint> found) {
    Map<Place, List<Bucket>> pieces = new HashMap<>();
    Dataset<Row> intervals = intervals(values, open);
    Dataset<Row> counts =
        values
            .join(
                broadcast(intervals),
                values
                    .col(SCOPE)
                    .equalTo(intervals.col("interval_scope"))
                    .and(values.col(MEASURE).equalTo(intervals.col("interval_measure")))
                    .and(col(VALUE).between(col("lowest"), col("highest"))))
            .groupBy(
                col(SCOPE),
                col(MEASURE),
                col("lowest"),
                expr("(value - lowest) div width").as("piece"))
            .agg(min(VALUE), max(VALUE), count(lit(1)));
    for (Row row : counts.collectAsList()) {
      Bucket piece = new Bucket(row.getLong(4), row.getLong(5), row.getLong(6));
      pieces
          .computeIfAbsent(
              new Place(row.getString(0), row.getInt(1), row.getLong(2)), p -> new ArrayList<>())
          .add(piece);
    }
    List<Open> still = new ArrayList<>();
    for (Open cut : open) {
      List<Bucket> buckets = new ArrayList<>(pieces.getOrDefault(Place.of(cut), List.of()));
      buckets.sort(Comparator.comparingLong(Bucket::lowest));
      locate(cut.cut(), buckets, found, still);
    }
    return still;
  }

  private static Dataset<Row> intervals(Dataset<Row> values, List<Open> open) {
    Set<Row> rows = new LinkedHashSet<>();
    for (Open cut : open) {
      Bucket interval = cut.interval();
      long width = (interval.highest() - interval.lowest()) / PIECES + 1;
      rows.add(
          RowFactory.create(
              cut.cut().group().scope(),
              cut.cut().group().measure(),
              interval.lowest(),
              interval.highest(),
              width));
    }
    StructType schema =
        new StructType()
            .add("interval_scope", DataTypes.StringType)
            .add("interval_measure", DataTypes.IntegerType)
            .add("lowest", DataTypes.LongType)
            .add("highest", DataTypes.LongType)
            .add("width", DataTypes.LongType);
    return values.sparkSession().createDataFrame(List.copyOf(rows), schema);
  }
}
