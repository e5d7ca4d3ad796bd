package io.gradus.ml.cluster;

import org.jspecify.annotations.Nullable;

/**
 * What a fitted clustering is: a centre per cluster and, for a Gaussian mixture, the inverse
 * Cholesky factor of each covariance (lower triangle, row-major) and each component's share. Plain
 * numbers, so that it can be saved and sent to executors.
 *
 * @param centres cluster × feature, in scaled units
 * @param whitening inverse Cholesky factors, or null for spherical clusters
 * @param offsets ln|Σ| − 2 ln(share) of each component, or null for spherical clusters
 */
record Components(double[][] centres, double @Nullable [][] whitening, double @Nullable [] offsets)
    implements java.io.Serializable {

  private static final long serialVersionUID = 1L;

  static Components spherical(double[][] centres) {
    return new Components(centres, null, null);
  }

  int count() {
    return centres.length;
  }

  /**
   * The squared distance of a point to a centre: Euclidean, or Mahalanobis for a Gaussian
   * component.
   */
  double squaredDistance(double[] point, int base, int cluster) {
    double[] centre = centres[cluster];
    double sum = 0;
    if (whitening == null) {
      for (int j = 0; j < centre.length; j++) {
        double difference = point[base + j] - centre[j];
        sum += difference * difference;
      }
      return sum;
    }
    double[] factor = whitening[cluster];
    int d = centre.length;
    for (int row = 0; row < d; row++) {
      double projected = 0;
      for (int j = 0; j <= row; j++) {
        projected += factor[row * d + j] * (point[base + j] - centre[j]);
      }
      sum += projected * projected;
    }
    return sum;
  }

  /** What is minimised in assignment: the squared distance plus the component's offset. */
  double cost(double[] point, int base, int cluster) {
    double distance = squaredDistance(point, base, cluster);
    return offsets == null ? distance : distance + offsets[cluster];
  }

  /** The index of the cheapest cluster, the lowest on ties; −1 without clusters. */
  int nearest(double[] point, int base) {
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < centres.length; c++) {
      double cost = cost(point, base, c);
      if (best < 0 || cost < least) {
        best = c;
        least = cost;
      }
    }
    return best;
  }

  /** The second cheapest cluster; −1 with fewer than two. */
  int second(double[] point, int base, int first) {
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < centres.length; c++) {
      double cost = c == first ? Double.POSITIVE_INFINITY : cost(point, base, c);
      if (c != first && (best < 0 || cost < least)) {
        best = c;
        least = cost;
      }
    }
    return best;
  }

  /** The cluster of every point. */
  int[] assign(Points points) {
    int[] labels = new int[points.count];
    for (int i = 0; i < points.count; i++) {
      labels[i] = nearest(points.values, i * points.dimensions);
    }
    return labels;
  }

  /**
   * How clearly a point belongs to the first cluster rather than the second, 0 (on the border) to
   * 1: 1 − d₁/d₂ for spherical clusters, the difference of the two's relative posterior
   * probabilities for a mixture.
   */
  double margin(double[] point, int base, int first, int second) {
    if (offsets == null) {
      double far = squaredDistance(point, base, second);
      return far == 0 ? 0 : 1 - Math.sqrt(squaredDistance(point, base, first) / far);
    }
    double odds = Math.exp((cost(point, base, first) - cost(point, base, second)) / 2);
    return (1 - odds) / (1 + odds);
  }

  /** The components in another order. */
  Components reorder(int[] order) {
    double[][] newCentres = new double[order.length][];
    double[][] newWhitening = new double[order.length][];
    double[] newOffsets = new double[order.length];
    for (int i = 0; i < order.length; i++) {
      newCentres[i] = centres[order[i]];
      newWhitening[i] = whitening == null ? new double[0] : whitening[order[i]];
      newOffsets[i] = offsets == null ? 0 : offsets[order[i]];
    }
    return offsets == null
        ? spherical(newCentres)
        : new Components(newCentres, newWhitening, newOffsets);
  }
}
