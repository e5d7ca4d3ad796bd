package io.gradus.ml.cluster;

/**
 * One row of {@code cluster_search}: how good and how repeatable a number of clusters is on the
 * training sample.
 *
 * @param k number of clusters
 * @param withinSquares sum of squared distances to the cluster means, scaled units
 * @param silhouette mean silhouette in squared Euclidean distance, −1..1
 * @param daviesBouldin ≥ 0, smaller is better
 * @param calinskiHarabasz larger is better
 * @param gap gap statistic
 * @param gapStandardError its standard error
 * @param adjustedRand mean adjusted Rand index between this partition and those of the bootstraps
 * @param smallestJaccard the least repeatable cluster's mean best Jaccard index over the bootstraps
 * @param smallestShare share of the smallest cluster, 0..1
 * @param eligible whether shares, adjusted Rand and Jaccard indices all hold their limits
 * @param chosen whether the model has this k
 */
public record ClusterSearchRow(
    int k,
    double withinSquares,
    double silhouette,
    double daviesBouldin,
    double calinskiHarabasz,
    double gap,
    double gapStandardError,
    double adjustedRand,
    double smallestJaccard,
    double smallestShare,
    boolean eligible,
    boolean chosen) {

  /** A cluster holds at least this share of the customers. */
  public static final double LEAST_SHARE = 0.03;

  /** Bootstraps agree with the partition at least this well. */
  public static final double LEAST_ADJUSTED_RAND = 0.8;

  /** Every cluster is found again at least this well. */
  public static final double LEAST_JACCARD = 0.6;

  /** How far a partition in use may fall short of the limits on repeatability. */
  private static final double SLACK = 0.1;

  /**
   * Whether a partition already in use may stay: it may fall short of the limits on repeatability
   * by 0.1 and of the share by a third, so that k does not flip on small changes.
   */
  boolean tolerable() {
    return adjustedRand >= LEAST_ADJUSTED_RAND - SLACK
        && smallestJaccard >= LEAST_JACCARD - SLACK
        && smallestShare >= LEAST_SHARE * 2 / 3;
  }

  ClusterSearchRow asChosen() {
    return new ClusterSearchRow(
        k,
        withinSquares,
        silhouette,
        daviesBouldin,
        calinskiHarabasz,
        gap,
        gapStandardError,
        adjustedRand,
        smallestJaccard,
        smallestShare,
        eligible,
        true);
  }
}
