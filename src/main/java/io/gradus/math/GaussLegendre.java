package io.gradus.math;

import java.util.Arrays;

/** Gauss–Legendre nodes and weights on (0, 1): ∫₀¹ f ≈ Σ weight(i) f(node(i)). */
public final class GaussLegendre {
  private final double[] nodes;
  private final double[] weights;
  private final double[] logWeights;

  private GaussLegendre(double[] nodes, double[] weights) {
    this.nodes = nodes;
    this.weights = weights;
    this.logWeights = Arrays.stream(weights).map(Math::log).toArray();
  }

  /**
   * The rule with n points, exact for polynomials of degree 2n − 1, by Newton's method on the
   * Legendre polynomial.
   */
  public static GaussLegendre of(int n) {
    double[] nodes = new double[n];
    double[] weights = new double[n];
    for (int i = 0; i < n; i++) {
      double z = Math.cos(Math.PI * (i + 0.75) / (n + 0.5));
      double derivative = 0;
      for (int step = 0; step < 100; step++) {
        double p0 = 1;
        double p1 = z;
        for (int k = 2; k <= n; k++) {
          double p2 = ((2 * k - 1) * z * p1 - (k - 1) * p0) / k;
          p0 = p1;
          p1 = p2;
        }
        derivative = n * (z * p1 - p0) / (z * z - 1);
        double move = p1 / derivative;
        z -= move;
        if (Math.abs(move) < 1e-16) {
          break;
        }
      }
      nodes[n - 1 - i] = (1 + z) / 2;
      weights[n - 1 - i] = 1 / ((1 - z * z) * derivative * derivative);
    }
    return new GaussLegendre(nodes, weights);
  }

  /** Number of points. */
  public int size() {
    return nodes.length;
  }

  /** The i-th point, ascending in (0, 1). */
  public double node(int i) {
    return nodes[i];
  }

  /** The i-th weight; the weights sum to 1. */
  public double weight(int i) {
    return weights[i];
  }

  /** The natural logarithm of the i-th weight. */
  public double logWeight(int i) {
    return logWeights[i];
  }
}
