package io.gradus.ml.cluster;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.gradus.ml.InputColumns;
import io.gradus.table.Columns;
import io.gradus.table.TenDigits;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Describes clusters: one row per cluster and feature with {@code cluster_key, cluster_name,
 * cluster_name_zh, customers, customer_share, revenue, revenue_share, mean_distance, feature,
 * feature_mean, population_mean, z_score}. Shares are of the clustered customers; revenue is the
 * sum of the value column, its share NULL when the total is not positive; means are of the
 * untransformed feature over the customers in whom it is known; the z-score is the cluster's mean
 * scaled value in standard deviations from the training population. A cluster without customers
 * today has rows with zeros and NULL means. One aggregation; the driver holds a row per cluster.
 */
final class ClusterProfile {
  static final StructType SCHEMA =
      new StructType()
          .add(Columns.CLUSTER_KEY, DataTypes.StringType, false)
          .add(Columns.CLUSTER_NAME, DataTypes.StringType, false)
          .add(Columns.CLUSTER_NAME_ZH, DataTypes.StringType, false)
          .add("customers", DataTypes.LongType, false)
          .add("customer_share", DataTypes.DoubleType, true)
          .add("revenue", DataTypes.createDecimalType(18, 2), false)
          .add("revenue_share", DataTypes.DoubleType, true)
          .add("mean_distance", DataTypes.DoubleType, true)
          .add("feature", DataTypes.StringType, false)
          .add("feature_mean", DataTypes.DoubleType, true)
          .add("population_mean", DataTypes.DoubleType, true)
          .add("z_score", DataTypes.DoubleType, true);

  private final LearnedClusters learned;

  ClusterProfile(LearnedClusters learned) {
    this.learned = learned;
  }

  Dataset<Row> of(Dataset<Row> assigned) {
    InputColumns.require(assigned.schema(), Columns.CLUSTER_KEY);
    List<Row> groups = aggregate(assigned).collectAsList();
    Map<String, Row> byKey = new HashMap<>();
    long customers = 0;
    BigDecimal revenue = BigDecimal.ZERO;
    for (Row group : groups) {
      byKey.put(group.getString(0), group);
      customers += group.getLong(1);
      revenue = revenue.add(group.isNullAt(2) ? BigDecimal.ZERO : group.getDecimal(2));
    }
    double[] population = populationMeans(groups);
    List<Row> rows = new ArrayList<>();
    for (ClusterInfo cluster : learned.clusters()) {
      Row group = byKey.get(cluster.key());
      for (int j = 0; j < learned.features().size(); j++) {
        rows.add(row(cluster, group, j, customers, revenue, population[j]));
      }
    }
    return assigned.sparkSession().createDataFrame(rows, SCHEMA);
  }

  /** Per cluster: key, customers, revenue, mean distance, then known, mean and z per feature. */
  private Dataset<Row> aggregate(Dataset<Row> assigned) {
    List<Column> aggregates = new ArrayList<>();
    aggregates.add(sum(col(learned.valueCol()).cast("decimal(18,2)")).cast("decimal(18,2)"));
    aggregates.add(avg(Columns.CLUSTER_DISTANCE));
    for (int j = 0; j < learned.features().size(); j++) {
      ClusterFeature feature = learned.features().get(j);
      Column raw = col(feature.column());
      aggregates.add(count(raw));
      aggregates.add(avg(raw.cast("double")));
      Column scaled = learned.scaling().scale(j, feature.transform().apply(raw));
      aggregates.add(avg(scaled.divide(lit(learned.scaling().rootWeight()[j]))));
    }
    return assigned
        .where(col(Columns.CLUSTER_KEY).isNotNull())
        .groupBy(Columns.CLUSTER_KEY)
        .agg(count(lit(1)), aggregates.toArray(Column[]::new));
  }

  private double[] populationMeans(List<Row> groups) {
    double[] means = new double[learned.features().size()];
    for (int j = 0; j < means.length; j++) {
      double total = 0;
      long known = 0;
      for (Row group : groups) {
        long count = group.getLong(4 + 3 * j);
        total += count == 0 ? 0 : count * group.getDouble(5 + 3 * j);
        known += count;
      }
      means[j] = known == 0 ? Double.NaN : total / known;
    }
    return means;
  }

  private Row row(
      ClusterInfo cluster,
      @Nullable Row group,
      int j,
      long customers,
      BigDecimal revenue,
      double populationMean) {
    long size = group == null ? 0 : group.getLong(1);
    BigDecimal own = group == null || group.isNullAt(2) ? BigDecimal.ZERO : group.getDecimal(2);
    boolean known = group != null && group.getLong(4 + 3 * j) > 0;
    return RowFactory.create(
        cluster.key(),
        cluster.name(),
        cluster.nameZh(),
        size,
        customers == 0 ? null : TenDigits.orNull((double) size / customers),
        own.setScale(2, RoundingMode.HALF_UP),
        revenue.signum() > 0 ? TenDigits.orNull(own.doubleValue() / revenue.doubleValue()) : null,
        group == null ? null : TenDigits.orNull(group.getDouble(3)),
        learned.features().get(j).column(),
        known && group != null ? TenDigits.orNull(group.getDouble(5 + 3 * j)) : null,
        TenDigits.orNull(populationMean),
        group == null ? null : sixDecimals(group.getDouble(6 + 3 * j)));
  }

  private static double sixDecimals(double value) {
    return new BigDecimal(value).setScale(6, RoundingMode.HALF_EVEN).doubleValue();
  }
}
