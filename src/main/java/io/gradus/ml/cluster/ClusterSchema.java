package io.gradus.ml.cluster;

import io.gradus.ml.InputColumns;
import io.gradus.table.Columns;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The schema contract that {@link CustomerClusters} and its model share. */
final class ClusterSchema {
  static final List<String> TEXT_OUTPUTS =
      List.of(
          Columns.CLUSTER_KEY,
          Columns.CLUSTER_NAME,
          Columns.CLUSTER_NAME_ZH,
          Columns.CLUSTER_SECOND_KEY);
  static final List<String> NUMBER_OUTPUTS =
      List.of(Columns.CLUSTER_DISTANCE, Columns.CLUSTER_MARGIN);

  private ClusterSchema() {}

  static StructType outputSchema(StructType schema, List<ClusterFeature> features) {
    InputColumns.requireNumeric(schema, features.stream().map(ClusterFeature::column).toList());
    InputColumns.requireAbsent(schema, TEXT_OUTPUTS);
    InputColumns.requireAbsent(schema, NUMBER_OUTPUTS);
    return schema
        .add(Columns.CLUSTER_KEY, DataTypes.StringType)
        .add(Columns.CLUSTER_NAME, DataTypes.StringType)
        .add(Columns.CLUSTER_NAME_ZH, DataTypes.StringType)
        .add(Columns.CLUSTER_DISTANCE, DataTypes.DoubleType)
        .add(Columns.CLUSTER_SECOND_KEY, DataTypes.StringType)
        .add(Columns.CLUSTER_MARGIN, DataTypes.DoubleType);
  }
}
