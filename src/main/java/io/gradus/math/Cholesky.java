package io.gradus.math;

import org.jspecify.annotations.Nullable;

/** The Cholesky factor of a small symmetric positive definite matrix. */
public final class Cholesky {
  private final double[][] lower;

  private Cholesky(double[][] lower) {
    this.lower = lower;
  }

  /** The factor of the matrix plus {@code ridge} on its diagonal, or null when not definite. */
  public static @Nullable Cholesky of(double[][] matrix, double ridge) {
    int n = matrix.length;
    double[][] lower = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i][j] + (i == j ? ridge : 0);
        for (int k = 0; k < j; k++) {
          sum -= lower[i][k] * lower[j][k];
        }
        if (i != j) {
          lower[i][j] = sum / lower[j][j];
        } else if (sum > 1e-14 * Math.abs(matrix[i][i]) && Double.isFinite(sum)) {
          lower[i][i] = Math.sqrt(sum);
        } else {
          return null;
        }
      }
    }
    return new Cholesky(lower);
  }

  /** The solution of matrix · x = right. */
  public double[] solve(double[] right) {
    int n = lower.length;
    double[] x = right.clone();
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        x[i] -= lower[i][k] * x[k];
      }
      x[i] /= lower[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        x[i] -= lower[k][i] * x[k];
      }
      x[i] /= lower[i][i];
    }
    return x;
  }

  /** The inverse of the factored matrix. */
  public double[][] inverse() {
    int n = lower.length;
    double[][] inverse = new double[n][];
    for (int i = 0; i < n; i++) {
      double[] unit = new double[n];
      unit[i] = 1;
      inverse[i] = solve(unit);
    }
    return inverse;
  }

  /** The inverse of the lower factor L, matrix = L·Lᵀ. */
  public double[][] inverseFactor() {
    int n = lower.length;
    double[][] inverse = new double[n][n];
    for (int j = 0; j < n; j++) {
      inverse[j][j] = 1 / lower[j][j];
      for (int i = j + 1; i < n; i++) {
        double sum = 0;
        for (int k = j; k < i; k++) {
          sum -= lower[i][k] * inverse[k][j];
        }
        inverse[i][j] = sum / lower[i][i];
      }
    }
    return inverse;
  }

  /** The natural logarithm of the matrix's determinant. */
  public double logDeterminant() {
    double sum = 0;
    for (int i = 0; i < lower.length; i++) {
      sum += StrictMath.log(lower[i][i]);
    }
    return 2 * sum;
  }
}
