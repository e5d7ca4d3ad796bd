package io.gradus.ml.cluster;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;

/** Scaled features of one customer → key, name, distance, second key and margin. */
final class ClusterAssigner implements UDF1<Seq<Double>, Row> {
  private static final long serialVersionUID = 1L;

  static final StructType RESULT =
      new StructType()
          .add("key", DataTypes.StringType)
          .add("name", DataTypes.StringType)
          .add("name_zh", DataTypes.StringType)
          .add("distance", DataTypes.DoubleType)
          .add("second_key", DataTypes.StringType)
          .add("margin", DataTypes.DoubleType);

  private final Components components;
  private final String[] keys;
  private final String[] names;
  private final String[] namesZh;

  ClusterAssigner(Components components, List<ClusterInfo> clusters) {
    this.components = components;
    this.keys = clusters.stream().map(ClusterInfo::key).toArray(String[]::new);
    this.names = clusters.stream().map(ClusterInfo::name).toArray(String[]::new);
    this.namesZh = clusters.stream().map(ClusterInfo::nameZh).toArray(String[]::new);
  }

  @Override
  public @Nullable Row call(Seq<Double> scaled) {
    double[] point = new double[scaled.length()];
    for (int j = 0; j < point.length; j++) {
      point[j] = scaled.apply(j);
    }
    int first = components.nearest(point, 0);
    if (first < 0) {
      return null;
    }
    int second = components.second(point, 0, first);
    return RowFactory.create(
        keys[first],
        names[first],
        namesZh[first],
        Math.sqrt(components.squaredDistance(point, 0, first)),
        second < 0 ? null : keys[second],
        second < 0 ? null : (Double) components.margin(point, 0, first, second));
  }
}
