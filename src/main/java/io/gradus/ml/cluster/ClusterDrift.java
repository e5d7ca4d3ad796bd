package io.gradus.ml.cluster;

import io.gradus.math.StabilityIndex;
import java.util.List;
import java.util.Map;

/**
 * How far the customers' spread over the clusters has moved since training.
 *
 * @param psi population stability index Σ (today − then) · ln(today / then) over the clusters'
 *     shares, ≥ 0
 * @param critical what chance alone exceeds once in a thousand times at these sample sizes
 * @param retrain whether the index exceeds both that and {@value StabilityIndex#NOTICEABLE}
 */
public record ClusterDrift(double psi, double critical, boolean retrain) {
  /**
   * @param sampled customers of the training sample
   * @param today customers per key today
   */
  static ClusterDrift of(List<ClusterInfo> clusters, long sampled, Map<String, Long> today) {
    long customers = today.values().stream().mapToLong(Long::longValue).sum();
    if (clusters.size() < 2 || customers == 0) {
      return new ClusterDrift(0, 0, false);
    }
    double[] then = clusters.stream().mapToDouble(ClusterInfo::trainingShare).toArray();
    double[] now =
        clusters.stream()
            .mapToDouble(cluster -> today.getOrDefault(cluster.key(), 0L) / (double) customers)
            .toArray();
    double psi = StabilityIndex.of(then, sampled, now, customers);
    double critical = StabilityIndex.critical(clusters.size(), sampled, customers);
    return new ClusterDrift(psi, critical, psi > Math.max(StabilityIndex.NOTICEABLE, critical));
  }
}
