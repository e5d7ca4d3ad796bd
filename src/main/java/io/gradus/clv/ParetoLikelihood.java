package io.gradus.clv;

import static io.gradus.math.GammaFunctions.digamma;
import static io.gradus.math.GammaFunctions.logGamma;
import static io.gradus.math.GammaFunctions.trigamma;

import io.gradus.math.Derivatives;

/**
 * The log-likelihood of {@link ParetoProcess} with analytic gradient and Hessian in (r, α, s, β):
 * the bracket is a sum of terms, so the derivatives of its logarithm are moments of the terms'
 * derivatives under the terms' shares.
 */
record ParetoLikelihood() implements PurchaseLikelihood {
  @Override
  public Derivatives evaluate(PurchaseGroups groups, double[] parameters) {
    Sums sums = new Sums(parameters);
    for (int start = 0; start < groups.size(); ) {
      int end = groups.endOfRun(start);
      int x = groups.frequency[start];
      double weights = 0;
      for (int i = start; i < end; i++) {
        weights += groups.weight[i];
        sums.addBracket(
            x,
            groups.recency[i] / Horizon.DAYS_PER_WEEK,
            groups.age[i] / Horizon.DAYS_PER_WEEK,
            groups.weight[i]);
      }
      sums.addGammas(x, weights);
      start = end;
    }
    return sums.derivatives();
  }

  private static final class Sums {
    private final ParetoIntegral integral;
    private final double[] g = new double[4];
    private final double[][] h = new double[4][4];
    private final double[] first = new double[4];
    private final double[] mean = new double[4];
    private final double[][] second = new double[4][4];
    private double value;

    Sums(double[] parameters) {
      this.integral =
          new ParetoIntegral(parameters[0], parameters[1], parameters[2], parameters[3]);
    }

    void addBracket(int x, double recencyWeeks, double ageWeeks, double w) {
      integral.at(x, recencyWeeks, ageWeeks);
      double logBracket = integral.logBracket();
      value += w * logBracket;
      clear();
      for (int i = 0; i < integral.terms; i++) {
        addTerm(i, x, Math.exp(integral.logTerm[i] - logBracket));
      }
      for (int i = 0; i < 4; i++) {
        g[i] += w * mean[i];
        for (int j = i; j < 4; j++) {
          h[i][j] += w * (second[i][j] - mean[i] * mean[j]);
        }
      }
    }

    private void clear() {
      for (int i = 0; i < 4; i++) {
        mean[i] = 0;
        for (int j = i; j < 4; j++) {
          second[i][j] = 0;
        }
      }
    }

    private void addTerm(int i, int x, double share) {
      double shape = integral.r + x;
      double exponent = i == 0 ? integral.s : integral.s + 1;
      double inverseAlpha = Math.exp(-integral.logAlpha[i]);
      double inverseBeta = Math.exp(-integral.logBeta[i]);
      first[0] = -integral.logAlpha[i];
      first[1] = -shape * inverseAlpha;
      first[2] = -integral.logBeta[i] + (i == 0 ? 0 : 1 / integral.s);
      first[3] = -exponent * inverseBeta;
      for (int m = 0; m < 4; m++) {
        double weighted = share * first[m];
        mean[m] += weighted;
        for (int n = m; n < 4; n++) {
          second[m][n] += weighted * first[n];
        }
      }
      second[0][1] -= share * inverseAlpha;
      second[1][1] += share * shape * inverseAlpha * inverseAlpha;
      second[2][2] -= i == 0 ? 0 : share / (integral.s * integral.s);
      second[2][3] -= share * inverseBeta;
      second[3][3] += share * exponent * inverseBeta * inverseBeta;
    }

    void addGammas(int x, double w) {
      double r = integral.r;
      double alpha = integral.alpha;
      double s = integral.s;
      double beta = integral.beta;
      value += w * (logGamma(r + x) - logGamma(r) + r * Math.log(alpha) + s * Math.log(beta));
      g[0] += w * (digamma(r + x) - digamma(r) + Math.log(alpha));
      g[1] += w * r / alpha;
      g[2] += w * Math.log(beta);
      g[3] += w * s / beta;
      h[0][0] += w * (trigamma(r + x) - trigamma(r));
      h[0][1] += w / alpha;
      h[1][1] -= w * r / (alpha * alpha);
      h[2][3] += w / beta;
      h[3][3] -= w * s / (beta * beta);
    }

    Derivatives derivatives() {
      for (int i = 0; i < 4; i++) {
        for (int j = 0; j < i; j++) {
          h[i][j] = h[j][i];
        }
      }
      return new Derivatives(value, g, h);
    }
  }
}
