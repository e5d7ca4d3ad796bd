package io.gradus.clv;

import static io.gradus.math.GammaFunctions.digamma;
import static io.gradus.math.GammaFunctions.logBeta;
import static io.gradus.math.GammaFunctions.logGamma;
import static io.gradus.math.GammaFunctions.trigamma;

import io.gradus.math.Derivatives;

/**
 * The log-likelihood of {@link BetaGeometricProcess} with analytic gradient and Hessian in (r, α,
 * a, b). What depends on the frequency alone is done once per frequency; logarithms of α + days
 * come from a table.
 */
record BetaGeometricLikelihood(int k, boolean dropoutAtZero) implements PurchaseLikelihood {
  @Override
  public Derivatives evaluate(PurchaseGroups groups, double[] parameters) {
    Sums sums = new Sums(k, dropoutAtZero, parameters, groups.largestAge());
    for (int start = 0; start < groups.size(); ) {
      int end = groups.endOfRun(start);
      sums.addRun(groups, start, end);
      start = end;
    }
    return sums.derivatives();
  }

  private static final class Sums {
    private final int k;
    private final boolean dropoutAtZero;
    private final double r;
    private final double alpha;
    private final double a;
    private final double b;
    private final double[] logTable;
    private final double[] inverseTable;
    private final double[] g = new double[4];
    private final double[][] h = new double[4][4];
    private double value;
    private double customers;

    /** Coefficients of ln-survival's polynomial and their first two derivatives by R. */
    private final double[] c0;

    private final double[] c1;
    private final double[] c2;

    Sums(int k, boolean dropoutAtZero, double[] parameters, int largestAge) {
      this.k = k;
      this.dropoutAtZero = dropoutAtZero;
      this.r = parameters[0];
      this.alpha = parameters[1];
      this.a = parameters[2];
      this.b = parameters[3];
      this.logTable = PurchaseGroups.logTable(alpha, largestAge);
      this.inverseTable = new double[largestAge + 1];
      for (int day = 0; day <= largestAge; day++) {
        inverseTable[day] = 1 / (alpha + day / Horizon.DAYS_PER_WEEK);
      }
      this.c0 = new double[k];
      this.c1 = new double[k];
      this.c2 = new double[k];
    }

    void addRun(PurchaseGroups groups, int start, int end) {
      int x = groups.frequency[start];
      double shape = r + (double) k * x;
      boolean canBeDead = x > 0 || dropoutAtZero;
      double before = b + x - (dropoutAtZero ? 0 : 1);
      double logOdds = canBeDead ? Math.log(a / before) : Double.NEGATIVE_INFINITY;
      polynomial(shape);
      double weights = 0;
      double dead = 0;
      double mixed = 0;
      double mixedR = 0;
      double mixedAlpha = 0;
      for (int i = start; i < end; i++) {
        double w = groups.weight[i];
        weights += w;
        double inverseT = inverseTable[groups.age[i]];
        double inverseX = inverseTable[groups.recency[i]];
        double logT = logTable[groups.age[i]];
        double mr = 0;
        double ma = 0;
        double mrr = 0;
        double mra = 0;
        double maa = 0;
        double logSurvival = 0;
        if (k > 1) {
          double y = (groups.age[i] - groups.recency[i]) / Horizon.DAYS_PER_WEEK * inverseT;
          double s = 0;
          double sR = 0;
          double sRr = 0;
          double sY = 0;
          double sYy = 0;
          double sRy = 0;
          for (int j = k - 1; j >= 0; j--) {
            sYy = sYy * y + 2 * sY;
            sY = sY * y + s;
            s = s * y + c0[j];
            sRy = sRy * y + sR;
            sR = sR * y + c1[j];
            sRr = sRr * y + c2[j];
          }
          double yAlpha = -y * inverseT;
          logSurvival = Math.log(s);
          mr = sR / s;
          ma = sY * yAlpha / s;
          mrr = sRr / s - mr * mr;
          mra = sRy * yAlpha / s - mr * ma;
          maa = (sYy * yAlpha * yAlpha + 2 * sY * y * inverseT * inverseT) / s - ma * ma;
        }
        value += w * (logSurvival - shape * logT);
        g[0] += w * (mr - logT);
        g[1] += w * (ma - shape * inverseT);
        h[0][0] += w * mrr;
        h[0][1] += w * (mra - inverseT);
        h[1][1] += w * (maa + shape * inverseT * inverseT);
        if (canBeDead) {
          double span = logT - logTable[groups.recency[i]];
          double ur = span - mr;
          double ua = shape * (inverseT - inverseX) - ma;
          double u = shape * span + logOdds - logSurvival;
          double e = Math.exp(-Math.abs(u));
          double p = u > 0 ? 1 / (1 + e) : e / (1 + e);
          double pq = e / ((1 + e) * (1 + e));
          value += w * (Math.max(u, 0) + Math.log(1 + e));
          g[0] += w * p * ur;
          g[1] += w * p * ua;
          h[0][0] += w * (pq * ur * ur - p * mrr);
          h[0][1] += w * (pq * ur * ua + p * (inverseT - inverseX - mra));
          h[1][1] +=
              w * (pq * ua * ua + p * (shape * (inverseX * inverseX - inverseT * inverseT) - maa));
          dead += w * p;
          mixed += w * pq;
          mixedR += w * pq * ur;
          mixedAlpha += w * pq * ua;
        }
      }
      addDropout(before, dead, mixed, mixedR, mixedAlpha);
      addGammas(x, shape, weights);
    }

    /** The share of ln(a/before) in the bracket's derivatives, from sums over the run. */
    private void addDropout(
        double before, double dead, double mixed, double mixedR, double mixedAlpha) {
      g[2] += dead / a;
      g[3] -= dead / before;
      h[0][2] += mixedR / a;
      h[0][3] -= mixedR / before;
      h[1][2] += mixedAlpha / a;
      h[1][3] -= mixedAlpha / before;
      h[2][2] += (mixed - dead) / (a * a);
      h[2][3] -= mixed / (a * before);
      h[3][3] += (mixed + dead) / (before * before);
    }

    /** The gamma functions of the run's customers. */
    private void addGammas(int x, double shape, double weights) {
      customers += weights;
      double n = b + x + (dropoutAtZero ? 1 : 0);
      value += weights * (logGamma(shape) + logBeta(a, n) - x * logGamma(k));
      double both = digamma(a + n);
      double both1 = trigamma(a + n);
      g[0] += weights * digamma(shape);
      g[2] += weights * (digamma(a) - both);
      g[3] += weights * (digamma(n) - both);
      h[0][0] += weights * trigamma(shape);
      h[2][2] += weights * (trigamma(a) - both1);
      h[2][3] -= weights * both1;
      h[3][3] += weights * (trigamma(n) - both1);
    }

    private void polynomial(double shape) {
      c0[0] = 1;
      for (int j = 0; j + 1 < k; j++) {
        double factor = shape + j;
        c0[j + 1] = c0[j] * factor / (j + 1);
        c1[j + 1] = (c1[j] * factor + c0[j]) / (j + 1);
        c2[j + 1] = (c2[j] * factor + 2 * c1[j]) / (j + 1);
      }
    }

    Derivatives derivatives() {
      double both = digamma(a + b);
      double both1 = trigamma(a + b);
      value += customers * (r * Math.log(alpha) - logGamma(r) - logBeta(a, b));
      g[0] += customers * (Math.log(alpha) - digamma(r));
      g[1] += customers * r / alpha;
      g[2] += customers * (both - digamma(a));
      g[3] += customers * (both - digamma(b));
      h[0][0] -= customers * trigamma(r);
      h[0][1] += customers / alpha;
      h[1][1] -= customers * r / (alpha * alpha);
      h[2][2] += customers * (both1 - trigamma(a));
      h[2][3] += customers * both1;
      h[3][3] += customers * (both1 - trigamma(b));
      for (int i = 0; i < 4; i++) {
        for (int j = 0; j < i; j++) {
          h[i][j] = h[j][i];
        }
      }
      return new Derivatives(value, g, h);
    }
  }
}
