package io.gradus.ml.cluster;

import io.gradus.math.Cholesky;
import java.util.Arrays;

/**
 * A mixture of Gaussians with full covariances by expectation–maximisation (Dempster, Laird and
 * Rubin 1977), started from a k-means partition. A ridge keeps every covariance invertible.
 */
final class GaussianMixture {
  private static final int MAX_ITERATIONS = 200;
  private static final double TOLERANCE = 1e-4;
  private static final double RIDGE = 1e-3;

  private final Points points;
  private final double[] weights;
  private final int k;
  private final double[] posterior;

  private GaussianMixture(Points points, double[] weights, int k) {
    this.points = points;
    this.weights = weights;
    this.k = k;
    this.posterior = new double[points.count * k];
  }

  /**
   * @param labels the starting partition into k clusters
   */
  static Components fit(Points points, double[] weights, int k, int[] labels) {
    GaussianMixture mixture = new GaussianMixture(points, weights, k);
    for (int i = 0; i < points.count; i++) {
      mixture.posterior[i * k + labels[i]] = 1;
    }
    Components components = mixture.maximise();
    double last = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < MAX_ITERATIONS; i++) {
      double likelihood = mixture.expect(components);
      components = mixture.maximise();
      if (likelihood - last < TOLERANCE) {
        break;
      }
      last = likelihood;
    }
    return components;
  }

  /** Sets the posteriors; returns the mean log-likelihood up to a constant. */
  private double expect(Components components) {
    double sum = 0;
    double mass = 0;
    double[] logs = new double[k];
    for (int i = 0; i < points.count; i++) {
      double most = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < k; c++) {
        logs[c] = -components.cost(points.values, i * points.dimensions, c) / 2;
        most = Math.max(most, logs[c]);
      }
      double total = 0;
      for (int c = 0; c < k; c++) {
        posterior[i * k + c] = StrictMath.exp(logs[c] - most);
        total += posterior[i * k + c];
      }
      for (int c = 0; c < k; c++) {
        posterior[i * k + c] /= total;
      }
      sum += weights[i] * (most + StrictMath.log(total));
      mass += weights[i];
    }
    return sum / mass;
  }

  private Components maximise() {
    int d = points.dimensions;
    double[][] centres = new double[k][d];
    double[][] whitening = new double[k][];
    double[] offsets = new double[k];
    double total = Arrays.stream(weights).sum();
    for (int c = 0; c < k; c++) {
      double[] share = new double[points.count];
      double mass = 0;
      for (int i = 0; i < share.length; i++) {
        share[i] = weights[i] * posterior[i * k + c];
        mass += share[i];
      }
      mass = Math.max(mass, 1e-9);
      if (mass > 1e-9) {
        centres[c] = points.mean(share);
      }
      Cholesky factor = Cholesky.of(covariance(centres[c], share, mass), RIDGE);
      if (factor == null) {
        throw new IllegalStateException("covariance of component " + c + " is not definite");
      }
      whitening[c] = flatten(factor.inverseFactor());
      offsets[c] = factor.logDeterminant() - 2 * StrictMath.log(mass / total);
    }
    return new Components(centres, whitening, offsets);
  }

  private double[][] covariance(double[] centre, double[] share, double mass) {
    int d = points.dimensions;
    double[][] sums = new double[d][d];
    double[] difference = new double[d];
    for (int i = 0; i < points.count; i++) {
      for (int a = 0; a < d; a++) {
        difference[a] = points.values[i * d + a] - centre[a];
      }
      for (int a = 0; a < d; a++) {
        double scaled = share[i] * difference[a];
        for (int b = 0; b <= a; b++) {
          sums[a][b] += scaled * difference[b];
        }
      }
    }
    for (int a = 0; a < d; a++) {
      for (int b = 0; b <= a; b++) {
        sums[a][b] /= mass;
        sums[b][a] = sums[a][b];
      }
    }
    return sums;
  }

  private static double[] flatten(double[][] square) {
    int d = square.length;
    double[] flat = new double[d * d];
    for (int a = 0; a < d; a++) {
      System.arraycopy(square[a], 0, flat, a * d, d);
    }
    return flat;
  }
}
