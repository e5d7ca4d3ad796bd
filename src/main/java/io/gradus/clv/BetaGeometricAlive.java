package io.gradus.clv;

import io.gradus.math.Expectation;
import io.gradus.math.GammaFunctions;
import io.gradus.math.Hypergeometric;

/**
 * The future of a living customer of the beta-geometric family. With j stages of the current wait
 * passed, the rate is gamma(R + j, A) with R = r + k x, A = α + T, the drop-out probability beta(a,
 * b′), and the number N of stages in time t is negative binomial; P(X ≥ n) = E[q^{n−1}] P(N ≥ n k −
 * j) with q = 1 − p.
 */
final class BetaGeometricAlive implements AlivePurchases {
  private static final double TAIL = 1e-17;
  private static final double SMALLEST_LOG = -600;

  private final int k;
  private final double shape;
  private final double scale;
  private final double a;
  private final double beta;

  BetaGeometricAlive(int k, double shape, double scale, double a, double beta) {
    this.k = k;
    this.shape = shape;
    this.scale = scale;
    this.a = a;
    this.beta = beta;
  }

  @Override
  public double expected(int phase, Horizon horizon) {
    double c = a + beta - 1;
    boolean closedForm = k == 1 && c > 0.1 && shape > 0.01 * c;
    return closedForm ? eulerTransformed(c, horizon.weeks()) : sum(phase, horizon.weeks(), false);
  }

  @Override
  public double secondFactorialMoment(int phase, Horizon horizon) {
    return sum(phase, horizon.weeks(), true);
  }

  /** P(N < k − j): the stages that remain are not all passed. */
  @Override
  public double noPurchase(int phase, Horizon horizon) {
    double size = shape + phase;
    double z = horizon.weeks() / (scale + horizon.weeks());
    double mass = Math.exp(-size * Math.log1p(horizon.weeks() / scale));
    double sum = mass;
    for (int m = 0; m + 1 < k - phase; m++) {
      mass *= (size + m) / (m + 1) * z;
      sum += mass;
    }
    return Math.min(1, sum);
  }

  /**
   * c/(a−1) · [1 − (1−z)^{a−1} ₂F₁(c−R, a−1; c; z)] with z = t/(A+t), c = a+b′−1, arranged so that
   * a → 1 needs no case of its own.
   */
  private double eulerTransformed(double c, double weeks) {
    double z = weeks / (scale + weeks);
    double logRest = -Math.log1p(weeks / scale);
    double epsilon = a - 1;
    double exponent = epsilon * logRest;
    double first = epsilon == 0 ? -logRest : -Math.expm1(exponent) / epsilon;
    return c
        * (first - Math.exp(exponent) * Hypergeometric.reducedSeries(c - shape, epsilon, c, z));
  }

  /**
   * Σ_m P(N = m) · Σ_{n ≤ (m+j)/k} weight_n E[q^{n−1}], with weight 1 for the mean and 2 (n − 1)
   * for the second factorial moment; all terms are positive.
   */
  private double sum(int phase, double weeks, boolean second) {
    double size = shape + phase;
    double z = weeks / (scale + weeks);
    double logRest = -Math.log1p(weeks / scale);
    double mean = size * weeks / scale;
    long m = firstTerm(size, z, logRest);
    double mass = Math.exp(logMass(m, size, z, logRest));
    double survived = 1;
    double inner = 0;
    long purchases = 0;
    double total = 0;
    while (true) {
      while (purchases < (m + phase) / k) {
        inner += second ? 2.0 * purchases * survived : survived;
        survived *= (beta + purchases) / (a + beta + purchases);
        purchases++;
      }
      double term = mass * inner;
      total += term;
      if (m > mean + k && term <= TAIL * total) {
        return total;
      }
      mass *= (size + m) / (m + 1) * z;
      m++;
      if (m > mean && mass == 0) {
        return total;
      }
    }
  }

  /** The first m whose probability can be told from zero; the terms before it do not matter. */
  private static long firstTerm(double size, double z, double logRest) {
    if (size * logRest > SMALLEST_LOG) {
      return 0;
    }
    long low = 0;
    long high = (long) Math.ceil(size * z / (1 - z));
    while (high - low > 1) {
      long middle = (low + high) >>> 1;
      if (logMass(middle, size, z, logRest) > SMALLEST_LOG) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  private static double logMass(long m, double size, double z, double logRest) {
    double log = size * logRest;
    return m == 0
        ? log
        : log
            + GammaFunctions.logGamma(size + m)
            - GammaFunctions.logGamma(size)
            - GammaFunctions.logGamma(m + 1.0)
            + m * Math.log(z);
  }

  /**
   * E[ℓ^{k−j} / (1 − q ℓ^k)] with ℓ = λ/(λ+δ), the discount over one stage, over the distributions
   * of λ and q.
   */
  @Override
  public double[] residual(AnnualRate rate) {
    double force = rate.weeklyForce();
    Expectation dropout = Expectation.beta(a, beta);
    double[] residual = new double[k];
    for (int j = 0; j < k; j++) {
      Expectation speed = Expectation.gamma(shape + j, scale);
      for (int i = 0; i < speed.size(); i++) {
        if (speed.point(i) > 0) {
          double logStage = -Math.log1p(force / speed.point(i));
          residual[j] +=
              speed.weight(i) * Math.exp((k - j) * logStage) * renewals(k * logStage, dropout);
        }
      }
    }
    return residual;
  }

  /** E[1 / (1 − (1 − p) w)] with w = e^{log}. */
  private static double renewals(double log, Expectation dropout) {
    double w = Math.exp(log);
    double gap = -Math.expm1(log);
    double sum = 0;
    for (int i = 0; i < dropout.size(); i++) {
      sum += dropout.weight(i) / (gap + dropout.point(i) * w);
    }
    return sum;
  }
}
