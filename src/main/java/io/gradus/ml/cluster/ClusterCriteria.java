package io.gradus.ml.cluster;

/**
 * Internal quality of a partition, exact in O(points · clusters). Empty clusters are left out.
 *
 * @param silhouette mean silhouette (Rousseeuw 1987) in squared Euclidean distance, −1..1
 * @param daviesBouldin Davies and Bouldin 1979, ≥ 0, smaller is better
 * @param calinskiHarabasz Caliński and Harabasz 1974, larger is better
 * @param withinSquares sum of squared distances to the cluster means
 * @param smallestShare share of the smallest cluster, 0..1
 */
record ClusterCriteria(
    double silhouette,
    double daviesBouldin,
    double calinskiHarabasz,
    double withinSquares,
    double smallestShare) {

  static ClusterCriteria of(Points points, int[] labels, int k) {
    Summary summary = new Summary(points, labels, k);
    return new ClusterCriteria(
        summary.silhouette(),
        summary.daviesBouldin(),
        summary.calinskiHarabasz(),
        summary.within(),
        summary.smallestShare());
  }

  /** Means and spreads of the clusters, from which every criterion follows. */
  private static final class Summary {
    private final Points points;
    private final int[] labels;
    private final int k;
    private final double[] sizes;
    private final double[][] means;
    private final double[] squares;

    Summary(Points points, int[] labels, int k) {
      this.points = points;
      this.labels = labels;
      this.k = k;
      this.sizes = new double[k];
      this.means = new double[k][points.dimensions];
      this.squares = new double[k];
      for (int i = 0; i < points.count; i++) {
        int c = labels[i];
        sizes[c]++;
        for (int j = 0; j < points.dimensions; j++) {
          means[c][j] += points.values[i * points.dimensions + j];
        }
      }
      for (int c = 0; c < k; c++) {
        for (int j = 0; j < points.dimensions; j++) {
          means[c][j] /= Math.max(1, sizes[c]);
        }
      }
      for (int i = 0; i < points.count; i++) {
        squares[labels[i]] += points.squaredDistance(i, means[labels[i]]);
      }
    }

    /**
     * The mean squared distance of x to the members of c is |x − mean_c|² + squares_c / size_c;
     * within x's own cluster the sum is divided by size − 1.
     */
    double silhouette() {
      double sum = 0;
      for (int i = 0; i < points.count; i++) {
        int own = labels[i];
        if (sizes[own] > 1) {
          double toOwn =
              (sizes[own] * points.squaredDistance(i, means[own]) + squares[own])
                  / (sizes[own] - 1);
          double toOther = Double.POSITIVE_INFINITY;
          for (int c = 0; c < k; c++) {
            if (c != own && sizes[c] > 0) {
              toOther =
                  Math.min(toOther, points.squaredDistance(i, means[c]) + squares[c] / sizes[c]);
            }
          }
          double larger = Math.max(toOwn, toOther);
          sum += Double.isInfinite(toOther) || larger == 0 ? 0 : (toOther - toOwn) / larger;
        }
      }
      return sum / points.count;
    }

    double daviesBouldin() {
      double[] spread = new double[k];
      for (int i = 0; i < points.count; i++) {
        spread[labels[i]] += Math.sqrt(points.squaredDistance(i, means[labels[i]]));
      }
      double sum = 0;
      int clusters = 0;
      for (int a = 0; a < k; a++) {
        if (sizes[a] > 0) {
          clusters++;
          sum += worstRatio(a, spread);
        }
      }
      return clusters < 2 ? 0 : sum / clusters;
    }

    private double worstRatio(int a, double[] spread) {
      double worst = 0;
      for (int b = 0; b < k; b++) {
        double between = Math.sqrt(squaredDistance(means[a], means[b]));
        if (b != a && sizes[b] > 0 && between > 0) {
          worst = Math.max(worst, (spread[a] / sizes[a] + spread[b] / sizes[b]) / between);
        }
      }
      return worst;
    }

    double calinskiHarabasz() {
      double[] centre = points.mean(points.unitWeights());
      double between = 0;
      int clusters = 0;
      for (int c = 0; c < k; c++) {
        between += sizes[c] * squaredDistance(means[c], centre);
        clusters += sizes[c] > 0 ? 1 : 0;
      }
      double within = within();
      return clusters < 2 || within == 0
          ? 0
          : between / (clusters - 1) / (within / (points.count - clusters));
    }

    double within() {
      double sum = 0;
      for (double s : squares) {
        sum += s;
      }
      return sum;
    }

    double smallestShare() {
      double least = points.count;
      for (double size : sizes) {
        least = Math.min(least, size);
      }
      return least / points.count;
    }

    private static double squaredDistance(double[] a, double[] b) {
      double sum = 0;
      for (int j = 0; j < a.length; j++) {
        sum += (a[j] - b[j]) * (a[j] - b[j]);
      }
      return sum;
    }
  }
}
