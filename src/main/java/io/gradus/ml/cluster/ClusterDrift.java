package io.gradus.ml.cluster;

import java.util.List;
import java.util.Map;

/**
 * How far the customers' spread over the clusters has moved since training.
 *
 * @param psi population stability index Σ (today − then) · ln(today / then) over the clusters'
 *     shares, ≥ 0
 * @param critical what chance alone exceeds once in a thousand times at these sample sizes
 * @param retrain whether the index exceeds both that and {@value #NOTICEABLE}
 */
public record ClusterDrift(double psi, double critical, boolean retrain) {
  /** The customary limit between no and some change. */
  public static final double NOTICEABLE = 0.1;

  private static final double NORMAL_999 = 3.090232306167813;

  /**
   * @param sampled customers of the training sample
   * @param today customers per key today
   */
  static ClusterDrift of(List<ClusterInfo> clusters, long sampled, Map<String, Long> today) {
    long customers = today.values().stream().mapToLong(Long::longValue).sum();
    if (clusters.size() < 2 || customers == 0) {
      return new ClusterDrift(0, 0, false);
    }
    double psi = 0;
    for (ClusterInfo cluster : clusters) {
      double half = 0.5;
      double now = Math.max(half, today.getOrDefault(cluster.key(), 0L)) / (double) customers;
      double then = Math.max(half / sampled, cluster.trainingShare());
      psi += (now - then) * StrictMath.log(now / then);
    }
    double critical = chiSquare999(clusters.size() - 1) * (1.0 / sampled + 1.0 / customers);
    return new ClusterDrift(psi, critical, psi > Math.max(NOTICEABLE, critical));
  }

  /**
   * The 99.9 % quantile of χ² (Wilson and Hilferty 1931); PSI/(1/n+1/m) is about χ² distributed.
   */
  static double chiSquare999(int degrees) {
    double spread = 2.0 / (9 * degrees);
    double root = 1 - spread + NORMAL_999 * Math.sqrt(spread);
    return degrees * root * root * root;
  }
}
