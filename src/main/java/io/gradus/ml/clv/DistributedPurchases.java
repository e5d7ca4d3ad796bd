package io.gradus.ml.clv;

import io.gradus.clv.PurchaseData;
import io.gradus.clv.PurchaseGroups;
import io.gradus.clv.PurchaseLikelihood;
import io.gradus.clv.PurchaseSummary;
import io.gradus.math.Derivatives;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;

/** Purchase groups that stay on the cluster; an evaluation is one tree aggregation. */
final class DistributedPurchases implements PurchaseData, AutoCloseable {
  private static final int TREE_DEPTH = 2;

  private final JavaRDD<PurchaseGroups> chunks;
  private final PurchaseSummary summary;

  DistributedPurchases(JavaRDD<PurchaseGroups> chunks) {
    this.chunks = chunks.persist(StorageLevel.MEMORY_AND_DISK());
    this.summary = this.chunks.map(PurchaseGroups::summary).reduce(PurchaseSummary::plus);
  }

  @Override
  public PurchaseSummary summary() {
    return summary;
  }

  @Override
  public Derivatives sum(PurchaseLikelihood likelihood, double[] parameters) {
    return chunks.treeAggregate(
        Derivatives.zero(parameters.length),
        (sum, groups) -> sum.plus(likelihood.evaluate(groups, parameters)),
        Derivatives::plus,
        TREE_DEPTH);
  }

  @Override
  public long fingerprint() {
    return chunks.map(PurchaseGroups::fingerprint).reduce(Long::sum);
  }

  @Override
  public PurchaseGroups coarse() {
    return PurchaseGroups.union(chunks.map(PurchaseGroups::coarse).collect());
  }

  @Override
  public void close() {
    chunks.unpersist();
  }
}
