package io.gradus.math;

/**
 * A function's value with its gradient and Hessian at one point. Partial sums over parts of the
 * data add up, so a sum can be evaluated anywhere.
 *
 * @param value the function's value
 * @param gradient first derivatives, length n
 * @param hessian second derivatives, n × n, symmetric
 */
public record Derivatives(double value, double[] gradient, double[][] hessian)
    implements java.io.Serializable {

  /** All zero, in n dimensions. */
  public static Derivatives zero(int n) {
    return new Derivatives(0, new double[n], new double[n][n]);
  }

  /** The sum of two functions' derivatives at the same point. */
  public Derivatives plus(Derivatives other) {
    int n = gradient.length;
    double[] g = new double[n];
    double[][] h = new double[n][n];
    for (int i = 0; i < n; i++) {
      g[i] = gradient[i] + other.gradient[i];
      for (int j = 0; j < n; j++) {
        h[i][j] = hessian[i][j] + other.hessian[i][j];
      }
    }
    return new Derivatives(value + other.value, g, h);
  }

  /** The derivatives of this function times a constant. */
  public Derivatives times(double factor) {
    int n = gradient.length;
    double[] g = new double[n];
    double[][] h = new double[n][n];
    for (int i = 0; i < n; i++) {
      g[i] = factor * gradient[i];
      for (int j = 0; j < n; j++) {
        h[i][j] = factor * hessian[i][j];
      }
    }
    return new Derivatives(factor * value, g, h);
  }

  /**
   * The derivatives with respect to the logarithms of the arguments, given those with respect to
   * the arguments themselves at the point {@code at} (all &gt; 0).
   */
  public Derivatives inLogarithms(double[] at) {
    int n = gradient.length;
    double[] g = new double[n];
    double[][] h = new double[n][n];
    for (int i = 0; i < n; i++) {
      g[i] = gradient[i] * at[i];
      for (int j = 0; j < n; j++) {
        h[i][j] = hessian[i][j] * at[i] * at[j];
      }
      h[i][i] += g[i];
    }
    return new Derivatives(value, g, h);
  }

  boolean isFinite() {
    double total = value;
    for (int i = 0; i < gradient.length; i++) {
      total += gradient[i];
      for (double second : hessian[i]) {
        total += second;
      }
    }
    return Double.isFinite(total);
  }
}
