package io.gradus.ml.cluster;

import io.gradus.table.Columns;
import java.util.List;

/**
 * One dimension of the cluster space.
 *
 * @param column the numeric input column
 * @param transform applied before winsorising and standardising
 * @param weight factor of the feature's squared difference in the distance, &gt; 0
 * @param required a customer with NULL here belongs to no cluster; otherwise NULL counts as the
 *     population's mean
 */
public record ClusterFeature(
    String column, FeatureTransform transform, double weight, boolean required) {

  public ClusterFeature {
    if (!(weight > 0) || !Double.isFinite(weight)) {
      throw new IllegalArgumentException(
          "cluster feature " + column + ": weight must be positive, found " + weight);
    }
  }

  /** An optional feature of weight 1. */
  public ClusterFeature(String column, FeatureTransform transform) {
    this(column, transform, 1, false);
  }

  /** Recency, frequency, money, average order value and tenure. */
  public static List<ClusterFeature> standard() {
    return List.of(
        new ClusterFeature(Columns.DAYS_SINCE_LAST, FeatureTransform.LOG1P, 1, true),
        new ClusterFeature(Columns.PURCHASES_365D, FeatureTransform.LOG1P),
        new ClusterFeature(Columns.SPEND_365D, FeatureTransform.SIGNED_LOG1P),
        new ClusterFeature(Columns.AVERAGE_DAY_AMOUNT, FeatureTransform.SIGNED_LOG1P),
        new ClusterFeature(Columns.AGE, FeatureTransform.LOG1P));
  }
}
