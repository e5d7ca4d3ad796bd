package io.gradus.ml.cluster;

/** Cholesky factors of small positive definite matrices, lower triangle, row-major. */
final class Cholesky {
  private Cholesky() {}

  /** L with L·Lᵀ = the matrix whose lower triangle is given. */
  static double[] factor(double[] matrix, int d) {
    double[] factor = new double[d * d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i * d + j];
        for (int m = 0; m < j; m++) {
          sum -= factor[i * d + m] * factor[j * d + m];
        }
        factor[i * d + j] = i == j ? Math.sqrt(sum) : sum / factor[j * d + j];
      }
    }
    return factor;
  }

  /** The inverse of a lower triangular matrix. */
  static double[] invert(double[] factor, int d) {
    double[] inverse = new double[d * d];
    for (int j = 0; j < d; j++) {
      inverse[j * d + j] = 1 / factor[j * d + j];
      for (int i = j + 1; i < d; i++) {
        double sum = 0;
        for (int m = j; m < i; m++) {
          sum -= factor[i * d + m] * inverse[m * d + j];
        }
        inverse[i * d + j] = sum / factor[i * d + i];
      }
    }
    return inverse;
  }

  /** L·Lᵀ, in full. */
  static double[] product(double[] factor, int d) {
    double[] product = new double[d * d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        for (int m = 0; m <= Math.min(i, j); m++) {
          product[i * d + j] += factor[i * d + m] * factor[j * d + m];
        }
      }
    }
    return product;
  }

  /** ln of the determinant of L·Lᵀ. */
  static double logDeterminant(double[] factor, int d) {
    double sum = 0;
    for (int i = 0; i < d; i++) {
      sum += StrictMath.log(factor[i * d + i]);
    }
    return 2 * sum;
  }
}
