package io.gradus.ml.clv;

import io.gradus.clv.SpendData;
import io.gradus.clv.SpendGroups;
import io.gradus.clv.SpendSummary;
import io.gradus.math.Derivatives;
import org.apache.spark.api.java.JavaRDD;

/** Spend groups that stay on the cluster; an evaluation is one tree aggregation. */
final class DistributedSpend implements SpendData {
  private static final int TREE_DEPTH = 2;

  private final JavaRDD<SpendGroups> chunks;
  private final SpendSummary summary;

  DistributedSpend(JavaRDD<SpendGroups> chunks) {
    this.chunks = chunks;
    this.summary = chunks.map(SpendGroups::summary).reduce(SpendSummary::plus);
  }

  @Override
  public SpendSummary summary() {
    return summary;
  }

  @Override
  public Derivatives sum(double[] parameters) {
    return chunks.treeAggregate(
        Derivatives.zero(parameters.length),
        (sum, groups) -> sum.plus(groups.sum(parameters)),
        Derivatives::plus,
        TREE_DEPTH);
  }

  @Override
  public long fingerprint() {
    return chunks.map(SpendGroups::fingerprint).reduce(Long::sum);
  }
}
