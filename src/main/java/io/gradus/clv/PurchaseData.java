package io.gradus.clv;

import io.gradus.math.Derivatives;

/**
 * The purchase histories that a model is fitted to, wherever they lie: on this machine as {@link
 * PurchaseGroups}, or spread over a cluster.
 */
public interface PurchaseData {
  /** Counts over all customers. */
  PurchaseSummary summary();

  /** The sum of the log-likelihood's derivatives over all customers. */
  Derivatives sum(PurchaseLikelihood likelihood, double[] parameters);

  /** Far fewer groups that resemble the data, to search a starting point on. */
  PurchaseGroups coarse();

  /** A hash of the data that does not depend on their order. */
  long fingerprint();
}
