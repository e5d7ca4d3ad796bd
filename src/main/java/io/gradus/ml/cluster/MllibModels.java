package io.gradus.ml.cluster;

import io.gradus.math.Cholesky;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.clustering.GaussianMixtureModel;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.stat.distribution.MultivariateGaussian;
import org.apache.spark.mllib.linalg.Vector;
import org.apache.spark.mllib.linalg.Vectors;

/** Clusters as the models of Spark's own library. */
final class MllibModels {
  private MllibModels() {}

  static Model<?> of(String uid, Components components) {
    double[][] whitening = components.whitening();
    double[] offsets = components.offsets();
    if (whitening == null || offsets == null) {
      Vector[] centres = new Vector[components.count()];
      for (int c = 0; c < centres.length; c++) {
        centres[c] = Vectors.dense(components.centres()[c].clone());
      }
      return new KMeansModel(uid, new org.apache.spark.mllib.clustering.KMeansModel(centres));
    }
    double[] shares = new double[components.count()];
    MultivariateGaussian[] gaussians = new MultivariateGaussian[components.count()];
    for (int c = 0; c < shares.length; c++) {
      double[] mean = components.centres()[c];
      shares[c] = Math.exp((logDeterminant(whitening[c], mean.length) - offsets[c]) / 2);
      gaussians[c] =
          new MultivariateGaussian(
              new DenseVector(mean.clone()), covariance(whitening[c], mean.length));
    }
    return new GaussianMixtureModel(uid, shares, gaussians);
  }

  /** ln|Σ| = −2 Σ ln w_ii of the inverse Cholesky factor W. */
  private static double logDeterminant(double[] whitening, int d) {
    double sum = 0;
    for (int i = 0; i < d; i++) {
      sum -= 2 * Math.log(whitening[i * d + i]);
    }
    return sum;
  }

  /** Σ = (WᵀW)⁻¹. */
  private static DenseMatrix covariance(double[] whitening, int d) {
    double[][] precision = new double[d][d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        for (int m = Math.max(i, j); m < d; m++) {
          precision[i][j] += whitening[m * d + i] * whitening[m * d + j];
        }
      }
    }
    Cholesky factor = Cholesky.of(precision, 0);
    if (factor == null) {
      throw new IllegalStateException("the precision of a component is not definite");
    }
    double[] values = new double[d * d];
    double[][] covariance = factor.inverse();
    for (int i = 0; i < d; i++) {
      System.arraycopy(covariance[i], 0, values, i * d, d);
    }
    return new DenseMatrix(d, d, values);
  }
}
