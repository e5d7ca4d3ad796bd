package io.gradus.grade;

import java.util.SplittableRandom;

/**
 * Weightings around a given one, by the Dirichlet distribution with mean {@code weights}. The seed
 * is fixed: every run and every customer sees the same draws.
 */
final class Dirichlet {
  private static final long SEED = 20_261_121L;

  /** Concentration: the standard deviation of a weight of .25 is about .04. */
  private static final double CONCENTRATION = 100;

  private Dirichlet() {}

  /** {@code draws} weightings, each adding up to 1. */
  static double[][] around(double[] weights, int draws) {
    SplittableRandom random = new SplittableRandom(SEED);
    double[][] perturbed = new double[draws][weights.length];
    for (double[] draw : perturbed) {
      double sum = 0;
      for (int j = 0; j < draw.length; j++) {
        draw[j] = gamma(random, CONCENTRATION * weights[j]);
        sum += draw[j];
      }
      for (int j = 0; j < draw.length; j++) {
        draw[j] /= sum;
      }
    }
    return perturbed;
  }

  /** Marsaglia and Tsang (2000), ACM TOMS 26(3); shapes below 1 by Γ(k)=Γ(k+1)·U^(1/k). */
  private static double gamma(SplittableRandom random, double shape) {
    if (shape <= 0) {
      return 0;
    }
    if (shape < 1) {
      return gamma(random, shape + 1) * StrictMath.pow(random.nextDouble(), 1 / shape);
    }
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = random.nextGaussian();
      double v = 1 + c * x;
      if (v > 0) {
        double cubed = v * v * v;
        double u = random.nextDouble();
        if (StrictMath.log(u) < .5 * x * x + d - d * cubed + d * StrictMath.log(cubed)) {
          return d * cubed;
        }
      }
    }
  }
}
