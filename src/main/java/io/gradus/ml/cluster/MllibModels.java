package io.gradus.ml.cluster;

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
      double[] factor = Cholesky.invert(whitening[c], mean.length);
      double logDeterminant = Cholesky.logDeterminant(factor, mean.length);
      shares[c] = Math.exp((logDeterminant - offsets[c]) / 2);
      gaussians[c] =
          new MultivariateGaussian(
              new DenseVector(mean.clone()),
              new DenseMatrix(mean.length, mean.length, Cholesky.product(factor, mean.length)));
    }
    return new GaussianMixtureModel(uid, shares, gaussians);
  }
}
