package io.gradus.math;

import java.util.Arrays;

/**
 * A discrete distribution that replaces a gamma or beta distribution in an expectation: E[g(X)] ≈ Σ
 * weight(i) g(point(i)). The points come from the trapezoidal rule in ln X (gamma) or logit X
 * (beta), where the density is analytic and decays at both ends, so the error falls exponentially
 * with the step (Trefethen and Weideman 2014, SIAM Review 56(3)); below 1e-11 for a smooth g of
 * bounded growth. What the rule leaves out at the lower end lies at point 0.
 */
public final class Expectation {
  private static final double LOWER_TAIL = 37;

  private final double[] points;
  private final double[] weights;

  private Expectation(double[] points, double[] weights) {
    this.points = points;
    this.weights = weights;
  }

  /** The gamma distribution with the given shape and rate, both &gt; 0. */
  public static Expectation gamma(double shape, double rate) {
    double deviation = 1 / Math.sqrt(shape);
    double step = Math.min(0.25, 0.5 * deviation);
    double centre = Math.log(shape);
    double low = centre - Math.min(LOWER_TAIL, 9 * deviation + LOWER_TAIL / shape);
    double high = Math.log(shape + 9 * Math.sqrt(shape) + LOWER_TAIL);
    double constant = shape * centre - shape - GammaFunctions.logGamma(shape);
    int n = (int) Math.ceil((high - low) / step) + 1;
    double[] points = new double[n + 1];
    double[] weights = new double[n + 1];
    for (int i = 0; i < n; i++) {
      double y = low + i * step - centre;
      points[i + 1] = shape * Math.exp(y) / rate;
      weights[i + 1] = step * Math.exp(constant + shape * (y - Math.expm1(y)));
    }
    return withRemainder(points, weights);
  }

  /** The beta distribution with both parameters &gt; 0. */
  public static Expectation beta(double a, double b) {
    double deviation = Math.sqrt(1 / a + 1 / b);
    double step = Math.min(Math.max(a, b) > 8 ? 0.25 : 0.4, 0.5 * deviation);
    double centre = Math.log(a / b);
    double low = centre - Math.min(LOWER_TAIL + 10, 9 * deviation + LOWER_TAIL / a);
    double high = centre + Math.min(700, 9 * deviation + LOWER_TAIL / b);
    double constant = -GammaFunctions.logBeta(a, b);
    int n = (int) Math.ceil((high - low) / step) + 1;
    double[] points = new double[n + 1];
    double[] weights = new double[n + 1];
    for (int i = 0; i < n; i++) {
      double y = low + i * step;
      double logP = y > 0 ? -Math.log1p(Math.exp(-y)) : y - Math.log1p(Math.exp(y));
      points[i + 1] = Math.exp(logP);
      weights[i + 1] = step * Math.exp(constant + a * logP + b * (logP - y));
    }
    return withRemainder(points, weights);
  }

  private static Expectation withRemainder(double[] points, double[] weights) {
    weights[0] = Math.max(0, 1 - Arrays.stream(weights).sum());
    return new Expectation(points, weights);
  }

  /** Number of points. */
  public int size() {
    return points.length;
  }

  /** The i-th point, ascending; the first is 0. */
  public double point(int i) {
    return points[i];
  }

  /** The i-th weight; the weights sum to 1. */
  public double weight(int i) {
    return weights[i];
  }
}
