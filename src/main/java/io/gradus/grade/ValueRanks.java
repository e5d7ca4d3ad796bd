package io.gradus.grade;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log2;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.gradus.table.TableSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Each customer's place in the falling order of an amount, exactly, without a global sort: equal
 * amounts are counted once, amounts are summed inside buckets of the logarithm, and the buckets'
 * totals, at most some 3,500 per scope, are the only thing that reaches the driver. Equal amounts
 * share rank and shares.
 */
final class ValueRanks {
  /** 1 for the largest amount of the scope; equal amounts share the best rank. */
  static final String RANK = "_rank";

  /** Share 0..1 of the scope's positive amounts that lies before the customer. */
  static final String SHARE = "_share";

  /** Share 0..1 of the scope's customers that lies before the customer. */
  static final String COUNT_SHARE = "_count_share";

  private static final String SCOPE = "_scope";
  private static final String CENTS = "_cents";
  private static final String COUNT = "_n";
  private static final String BUCKET = "_bucket";
  private static final String COUNT_BEFORE = "_count_before";
  private static final String CENTS_BEFORE = "_cents_before";
  private static final String COUNT_TOTAL = "_count_total";
  private static final String CENTS_TOTAL = "_cents_total";
  private static final int BUCKETS_PER_DOUBLING = 64;
  private static final long BROADCAST_LIMIT = 300_000;

  private ValueRanks() {}

  /**
   * Adds the three columns.
   *
   * @param scope the text within which customers are ordered, never NULL
   * @param amount the amount, rounded to cents; NULL and NaN count as 0, amounts of 0 and less come
   *     last and weigh nothing
   * @param counted whether a row is one of the customers that are ranked; others are placed among
   *     them without moving anybody
   */
  static Dataset<Row> add(Dataset<Row> customers, Column scope, Column amount, Column counted) {
    Column cents =
        coalesce(amount.cast(TableSpec.MONEY), lit(0)).multiply(100).cast(DataTypes.LongType);
    Dataset<Row> values =
        customers
            .groupBy(scope.as(SCOPE), cents.as(CENTS))
            .agg(count(when(counted, 1)).as(COUNT))
            .withColumn(BUCKET, bucket(col(CENTS)));
    List<Row> totals =
        values
            .groupBy(SCOPE, BUCKET)
            .agg(sum(COUNT), sum(col(COUNT).multiply(weight())), count(lit(1)))
            .collectAsList();
    Dataset<Row> offsets =
        broadcast(customers.sparkSession().createDataFrame(offsets(totals), offsetSchema()));
    Dataset<Row> ranks = ranks(values.join(offsets, new String[] {SCOPE, BUCKET}));
    long distinct = totals.stream().mapToLong(row -> row.getLong(4)).sum();
    return customers
        .withColumn(SCOPE, scope)
        .withColumn(CENTS, cents)
        .join(
            distinct <= BROADCAST_LIMIT ? broadcast(ranks) : ranks,
            new String[] {SCOPE, CENTS},
            "left")
        .drop(SCOPE, CENTS);
  }

  private static Column bucket(Column cents) {
    return when(
            cents.gt(0),
            floor(log2(cents.cast(DataTypes.DoubleType)).multiply(BUCKETS_PER_DOUBLING))
                .cast(DataTypes.IntegerType))
        .otherwise(-1);
  }

  private static Column weight() {
    return greatest(col(CENTS), lit(0L));
  }

  private static Dataset<Row> ranks(Dataset<Row> values) {
    var before =
        Window.partitionBy(SCOPE, BUCKET)
            .orderBy(col(CENTS).desc())
            .rowsBetween(Window.unboundedPreceding(), -1);
    Column countBefore = coalesce(sum(col(COUNT)).over(before), lit(0L)).plus(col(COUNT_BEFORE));
    Column centsBefore =
        coalesce(sum(col(COUNT).multiply(weight())).over(before), lit(0L)).plus(col(CENTS_BEFORE));
    return values.select(
        col(SCOPE),
        col(CENTS),
        countBefore.plus(1).as(RANK),
        when(col(CENTS_TOTAL).gt(0), centsBefore.divide(col(CENTS_TOTAL))).otherwise(1.0).as(SHARE),
        countBefore.divide(col(COUNT_TOTAL)).as(COUNT_SHARE));
  }

  private static List<Row> offsets(List<Row> totals) {
    List<Row> falling = new ArrayList<>(totals);
    falling.sort(
        Comparator.<Row, String>comparing(row -> row.getString(0))
            .thenComparing(row -> -row.getInt(1)));
    Map<String, long[]> whole = new HashMap<>();
    for (Row row : falling) {
      long[] scope = whole.computeIfAbsent(row.getString(0), key -> new long[2]);
      scope[0] = Math.addExact(scope[0], row.getLong(2));
      scope[1] = Math.addExact(scope[1], row.getLong(3));
    }
    Map<String, long[]> running = new HashMap<>();
    List<Row> offsets = new ArrayList<>(falling.size());
    for (Row row : falling) {
      long[] before = running.computeIfAbsent(row.getString(0), key -> new long[2]);
      long[] scope = whole.getOrDefault(row.getString(0), before);
      offsets.add(
          RowFactory.create(
              row.getString(0), row.getInt(1), before[0], before[1], scope[0], scope[1]));
      before[0] += row.getLong(2);
      before[1] += row.getLong(3);
    }
    return offsets;
  }

  private static StructType offsetSchema() {
    return new StructType()
        .add(SCOPE, DataTypes.StringType)
        .add(BUCKET, DataTypes.IntegerType)
        .add(COUNT_BEFORE, DataTypes.LongType)
        .add(CENTS_BEFORE, DataTypes.LongType)
        .add(COUNT_TOTAL, DataTypes.LongType)
        .add(CENTS_TOTAL, DataTypes.LongType);
  }
}
