package io.gradus.clv;

import io.gradus.math.Derivatives;

/** The spend that the Gamma–Gamma model is fitted to, wherever it lies. */
public interface SpendData {
  /** Counts over all customers. */
  SpendSummary summary();

  /** The sum of the log-likelihood's derivatives by (p, q, v) over all customers. */
  Derivatives sum(double[] parameters);

  /** Far fewer groups that resemble the data, to search a starting point on. */
  SpendGroups coarse();

  /** A hash of the data that does not depend on their order. */
  long fingerprint();
}
