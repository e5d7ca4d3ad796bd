package io.gradus.ml.cluster;

/**
 * How the number of clusters is searched.
 *
 * @param pinned the number of clusters to take, or 0 to choose
 * @param starts k-means++ starts per fit of the whole sample
 * @param references reference sets of the gap statistic
 */
record SearchSettings(
    ClusterAlgorithm algorithm,
    int minK,
    int maxK,
    int pinned,
    int starts,
    int bootstraps,
    int references,
    long seed) {

  SearchSettings {
    if (minK > maxK) {
      throw new IllegalArgumentException(
          "the range of k must not be empty, found " + minK + " to " + maxK);
    }
  }

  SearchSettings pinnedTo(int k) {
    return new SearchSettings(algorithm, minK, maxK, k, starts, bootstraps, references, seed);
  }
}
