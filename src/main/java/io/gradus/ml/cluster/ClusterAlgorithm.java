package io.gradus.ml.cluster;

import java.util.Arrays;

/** How clusters are found; all are assigned, named, matched and saved the same way. */
public enum ClusterAlgorithm {
  /** Lloyd's k-means, best of several starts; the default. */
  KMEANS,
  /** Repeated splitting of the widest cluster; nested solutions over k. */
  BISECTING,
  /**
   * Gaussian mixture with full covariances: elongated clusters and posterior probabilities. Trained
   * on at most 10,000 customers, as it costs some thirty times as much as k-means.
   */
  GAUSSIAN_MIXTURE;

  private static final int MOST_MIXTURE_POINTS = 10_000;

  /** The largest sample the algorithm is trained on, given the wanted size. */
  int sampleSize(int wanted) {
    return this == GAUSSIAN_MIXTURE ? Math.min(wanted, MOST_MIXTURE_POINTS) : wanted;
  }

  Components fit(Points points, double[] weights, int k, int starts, long seed) {
    return switch (this) {
      case KMEANS -> Components.spherical(KMeans.best(points, weights, k, starts, seed).centres());
      case BISECTING -> Components.spherical(BisectingKMeans.fit(points, weights, k, starts, seed));
      case GAUSSIAN_MIXTURE -> {
        KMeans.Fit start = KMeans.best(points, weights, k, starts, seed);
        yield GaussianMixture.fit(points, weights, k, start.labels());
      }
    };
  }

  /** A fit good enough to be compared with others; of bootstraps and reference sets. */
  Components fitRoughly(Points points, double[] weights, int k, int starts, long seed) {
    if (this != KMEANS) {
      return fit(points, weights, k, starts, seed);
    }
    double[] positive = Arrays.stream(weights).filter(w -> w > 0).toArray();
    Points kept = positive.length == points.count ? points : points.weighted(weights);
    return Components.spherical(KMeans.rough(kept, positive, k, starts, seed).centres());
  }

  /** Improves given centres on new points, which keeps each cluster where it was. */
  Components refine(Points points, double[] weights, double[][] centres) {
    KMeans.Fit fit = KMeans.lloyd(points, weights, centres);
    return this == GAUSSIAN_MIXTURE
        ? GaussianMixture.fit(points, weights, centres.length, fit.labels())
        : Components.spherical(fit.centres());
  }
}
