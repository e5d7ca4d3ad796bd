package io.gradus.clv;

import io.gradus.math.GammaFunctions;
import io.gradus.math.GaussLegendre;

/**
 * The Pareto/NBD likelihood's bracket (α+T)^−R (β+T)^−s + s ∫_{t_x}^{T} (α+y)^−R (β+y)^−(s+1) dy, R
 * = r + x, as a sum of terms kept as logarithms: term 0 is survival, the others are the nodes of a
 * Gauss–Legendre rule after y = (μ+t_x) e^u − μ, μ = min(α, β). The integral is cut where it has
 * fallen by e^−45. Holds scratch space: one instance per thread.
 */
final class ParetoIntegral {
  private static final GaussLegendre SHORT = GaussLegendre.of(16);
  private static final GaussLegendre LONG = GaussLegendre.of(32);
  private static final double LARGEST_DROP = 45;
  private static final double SHORT_DROP = 12;
  private static final double SHORT_RANGE = 3;

  final double r;
  final double alpha;
  final double s;
  final double beta;
  private final boolean alphaLeads;

  /** ln(α+y) and ln(β+y) at T and at the nodes, and the logarithms of the terms. */
  final double[] logAlpha = new double[33];

  final double[] logBeta = new double[33];
  final double[] logTerm = new double[33];
  int terms;
  private double shape;
  private double largest;

  ParetoIntegral(double r, double alpha, double s, double beta) {
    this.r = r;
    this.alpha = alpha;
    this.s = s;
    this.beta = beta;
    this.alphaLeads = alpha <= beta;
  }

  /** Moves to another history. */
  ParetoIntegral at(int frequency, double recencyWeeks, double ageWeeks) {
    shape = r + frequency;
    logAlpha[0] = Math.log(alpha + ageWeeks);
    logBeta[0] = Math.log(beta + ageWeeks);
    logTerm[0] = -shape * logAlpha[0] - s * logBeta[0];
    largest = logTerm[0];
    terms = 1;
    if (ageWeeks > recencyWeeks) {
      integrate(recencyWeeks, ageWeeks);
    }
    return this;
  }

  private void integrate(double recencyWeeks, double ageWeeks) {
    double low = Math.min(alpha, beta) + recencyWeeks;
    double other = Math.abs(beta - alpha);
    double lead = alphaLeads ? shape : s + 1;
    double follow = alphaLeads ? s + 1 : shape;
    double full = Math.log1p((ageWeeks - recencyWeeks) / low);
    double range = full;
    double drop = drop(range, low, other, lead, follow);
    for (int step = 0; step < 60 && drop > LARGEST_DROP + 1; step++) {
      double y = low * Math.exp(range);
      double slope = lead - 1 + follow * y / (y + other);
      range -= (drop - LARGEST_DROP) / slope;
      drop = drop(range, low, other, lead, follow);
    }
    GaussLegendre rule = drop > SHORT_DROP || full > SHORT_RANGE ? LONG : SHORT;
    double logLow = Math.log(low);
    double logScale = Math.log(s * range);
    for (int i = 0; i < rule.size(); i++) {
      double u = rule.node(i) * range;
      double leading = logLow + u;
      double following = Math.log(low * Math.exp(u) + other);
      logAlpha[i + 1] = alphaLeads ? leading : following;
      logBeta[i + 1] = alphaLeads ? following : leading;
      logTerm[i + 1] = rule.logWeight(i) + logScale + leading - lead * leading - follow * following;
      largest = Math.max(largest, logTerm[i + 1]);
    }
    terms = rule.size() + 1;
  }

  /** By how much the logarithm of the integrand has fallen at u; convex and rising. */
  private static double drop(double u, double low, double other, double lead, double follow) {
    return (lead - 1) * u + follow * (Math.log(low * Math.exp(u) + other) - Math.log(low + other));
  }

  /** The logarithm of the bracket. */
  double logBracket() {
    double sum = 0;
    for (int i = 0; i < terms; i++) {
      sum += Math.exp(logTerm[i] - largest);
    }
    return largest + Math.log(sum);
  }

  double logLikelihood() {
    return GammaFunctions.logGamma(shape)
        - GammaFunctions.logGamma(r)
        + r * Math.log(alpha)
        + s * Math.log(beta)
        + logBracket();
  }

  double probabilityAlive() {
    return Math.exp(logTerm[0] - logBracket());
  }
}
