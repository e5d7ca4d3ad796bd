package io.gradus.ml.churn;

import io.gradus.math.Cholesky;
import java.util.Arrays;

/**
 * Penalised maximum likelihood of a generalised linear model whose rows fall into groups with an
 * intercept each: η = offset + z·β + intercept(group). Damped Newton; the penalty ½ λ |β|² leaves
 * the intercepts (all but) free. Rows are in memory: at most a few hundred thousand.
 */
final class RidgeRegression {
  /** The distribution of the response and its link. */
  enum Family {
    /** 0/1 responses, log-odds. */
    LOGISTIC {
      @Override
      double mean(double eta) {
        return Logit.probability(eta);
      }

      @Override
      double variance(double mean) {
        return mean * (1 - mean);
      }

      @Override
      double loss(double y, double eta) {
        return Logit.softplus(eta) - y * eta;
      }
    },
    /** Any real response, unit variance. */
    NORMAL {
      @Override
      double mean(double eta) {
        return eta;
      }

      @Override
      double variance(double mean) {
        return 1;
      }

      @Override
      double loss(double y, double eta) {
        return 0.5 * (y - eta) * (y - eta);
      }
    },
    /** Amounts ≥ 0 by quasi-Poisson likelihood, logarithmic link. */
    AMOUNT {
      @Override
      double mean(double eta) {
        return Math.exp(Math.min(eta, LARGEST));
      }

      @Override
      double variance(double mean) {
        return mean;
      }

      @Override
      double loss(double y, double eta) {
        return mean(eta) - y * Math.min(eta, LARGEST);
      }
    };

    private static final double LARGEST = 20;

    abstract double mean(double eta);

    abstract double variance(double mean);

    abstract double loss(double y, double eta);
  }

  /**
   * The training rows.
   *
   * @param inputs z per row
   * @param offset known part of η per row
   * @param response y per row
   * @param group group per row, 0..groups−1
   * @param groups number of groups
   */
  record Rows(double[][] inputs, double[] offset, double[] response, int[] group, int groups) {}

  /**
   * The estimates.
   *
   * @param coefficients β
   * @param intercepts one per group
   */
  record Estimate(double[] coefficients, double[] intercepts) {}

  private static final double INTERCEPT_PENALTY = 1e-3;
  private static final int MOST_STEPS = 50;
  private static final double TOLERANCE = 1e-9;

  private final Family family;
  private final double penalty;

  RidgeRegression(Family family, double penalty) {
    this.family = family;
    this.penalty = penalty;
  }

  /** The estimate on the rows; at least one row and one input per row. */
  Estimate fit(Rows rows) {
    int k = rows.inputs()[0].length;
    double[] at = new double[k + rows.groups()];
    double objective = objective(rows, at);
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] direction = direction(rows, at);
      double length = 1;
      double[] next = moved(at, direction, length);
      double reached = objective(rows, next);
      while (!(reached <= objective) && length > 1e-6) {
        length /= 2;
        next = moved(at, direction, length);
        reached = objective(rows, next);
      }
      if (!(reached <= objective)) {
        break;
      }
      boolean done = objective - reached <= TOLERANCE * (1 + Math.abs(objective));
      at = next;
      objective = reached;
      if (done) {
        break;
      }
    }
    return new Estimate(Arrays.copyOf(at, k), Arrays.copyOfRange(at, k, at.length));
  }

  private static double[] moved(double[] at, double[] direction, double length) {
    double[] next = at.clone();
    for (int j = 0; j < next.length; j++) {
      next[j] += length * direction[j];
    }
    return next;
  }

  private double penalty(int j, int k) {
    return j < k ? penalty : INTERCEPT_PENALTY;
  }

  private double objective(Rows rows, double[] at) {
    int k = rows.inputs()[0].length;
    double total = 0;
    for (int i = 0; i < rows.response().length; i++) {
      total += family.loss(rows.response()[i], eta(rows, at, i, k));
    }
    for (int j = 0; j < at.length; j++) {
      total += 0.5 * penalty(j, k) * at[j] * at[j];
    }
    return total;
  }

  private static double eta(Rows rows, double[] at, int i, int k) {
    double[] z = rows.inputs()[i];
    double eta = rows.offset()[i] + at[k + rows.group()[i]];
    for (int j = 0; j < k; j++) {
      eta += z[j] * at[j];
    }
    return eta;
  }

  /** The Newton direction: solves (Zᵀ W Z + penalty) d = gradient. */
  private double[] direction(Rows rows, double[] at) {
    int k = rows.inputs()[0].length;
    int n = at.length;
    double[] gradient = new double[n];
    double[][] hessian = new double[n][n];
    for (int i = 0; i < rows.response().length; i++) {
      double[] z = rows.inputs()[i];
      double mean = family.mean(eta(rows, at, i, k));
      double residual = rows.response()[i] - mean;
      double weight = family.variance(mean);
      double[] own = hessian[k + rows.group()[i]];
      for (int a = 0; a < k; a++) {
        double weighted = weight * z[a];
        gradient[a] += residual * z[a];
        own[a] += weighted;
        double[] line = hessian[a];
        for (int b = 0; b <= a; b++) {
          line[b] += weighted * z[b];
        }
      }
      gradient[k + rows.group()[i]] += residual;
      own[k + rows.group()[i]] += weight;
    }
    for (int j = 0; j < n; j++) {
      gradient[j] -= penalty(j, k) * at[j];
      hessian[j][j] += penalty(j, k);
      for (int b = j + 1; b < n; b++) {
        hessian[j][b] = hessian[b][j];
      }
    }
    Cholesky factor = Cholesky.of(hessian, 0);
    for (double ridge = 1e-6; factor == null && ridge < 1e6; ridge *= 10) {
      factor = Cholesky.of(hessian, ridge);
    }
    if (factor == null) {
      throw new IllegalStateException("the inputs of a ridge regression are not finite");
    }
    return factor.solve(gradient);
  }
}
