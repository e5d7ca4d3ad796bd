package io.gradus.ml.clv;

import io.gradus.clv.SpendData;
import io.gradus.clv.SpendGroups;
import io.gradus.clv.SpendSummary;
import io.gradus.math.Derivatives;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;

/** Spend groups that stay on the cluster; an evaluation is one tree aggregation. */
final class DistributedSpend implements SpendData, AutoCloseable {
  private static final int TREE_DEPTH = 2;

  private final JavaRDD<SpendGroups> chunks;
  private final SpendSummary summary;

  DistributedSpend(JavaRDD<SpendGroups> chunks) {
    this.chunks = chunks.persist(StorageLevel.MEMORY_AND_DISK());
    this.summary = this.chunks.map(SpendGroups::summary).reduce(SpendSummary::plus);
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

  @Override
  public SpendGroups coarse() {
    long groups = chunks.mapToDouble(SpendGroups::size).sum().longValue();
    int oneIn = (int) (groups / SpendGroups.COARSE_SIZE) + 1;
    return SpendGroups.union(chunks.map(part -> part.thinned(oneIn)).collect());
  }

  @Override
  public void close() {
    chunks.unpersist();
  }
}
