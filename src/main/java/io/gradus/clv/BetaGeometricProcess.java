package io.gradus.clv;

import io.gradus.math.GammaFunctions;
import java.util.List;

/**
 * The beta-geometric family: waits are Erlang-k with a rate that is gamma distributed over
 * customers, and after each purchase a customer drops out with a probability that is beta
 * distributed. BG/NBD (Fader, Hardie and Lee 2005, Marketing Science 24(2)) has k = 1; MBG/NBD
 * (Batislam, Denizel and Filiztekin 2007, IJRM 24) also lets customers drop out right after the
 * first purchase; (M)BG/CNBD-k has k &gt; 1 (Reutterer, Platzer and Schröder 2021, IJRM 38).
 *
 * @param k stages of a wait, ≥ 1; the variance of a wait is 1/k of the squared mean
 * @param dropoutAtZero whether the first purchase can be the last
 * @param r shape of the distribution of purchase rates, &gt; 0
 * @param alpha its rate parameter in weeks, &gt; 0
 * @param a first parameter of the distribution of drop-out probabilities, &gt; 0
 * @param b its second parameter, &gt; 0
 */
public record BetaGeometricProcess(
    int k, boolean dropoutAtZero, double r, double alpha, double a, double b)
    implements PurchaseProcess {
  static final List<String> PARAMETERS = List.of("r", "alpha", "a", "b");

  /**
   * @throws IllegalArgumentException when k &lt; 1 or a parameter is not positive and finite
   */
  public BetaGeometricProcess {
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1: " + k);
    }
    Checks.positive(PARAMETERS, r, alpha, a, b);
  }

  @Override
  public String name() {
    return name(k, dropoutAtZero);
  }

  static String name(int k, boolean dropoutAtZero) {
    return (dropoutAtZero ? "mbg" : "bg") + (k == 1 ? "_nbd" : "_cnbd_k");
  }

  @Override
  public List<String> parameterNames() {
    return PARAMETERS;
  }

  @Override
  public double[] parameters() {
    return new double[] {r, alpha, a, b};
  }

  @Override
  public int phases() {
    return k;
  }

  @Override
  public double logLikelihood(History history) {
    return logLikelihood(history, history.ageWeeks());
  }

  private double logLikelihood(History history, double ageWeeks) {
    int x = history.frequency();
    double shape = r + (double) k * x;
    double beta = betaParameter(x);
    double survival = survival(history, ageWeeks);
    double bracket = Math.log(survival) + softplus(logDropoutOdds(history, ageWeeks, survival));
    return GammaFunctions.logGamma(shape)
        - GammaFunctions.logGamma(r)
        + r * Math.log(alpha)
        + GammaFunctions.logBeta(a, beta)
        - GammaFunctions.logBeta(a, b)
        - x * GammaFunctions.logGamma(k)
        - shape * Math.log(alpha + ageWeeks)
        + bracket;
  }

  @Override
  public double[] phaseProbabilities(History history) {
    double[] phase = new double[k];
    double[] survival = survivalTerms(history, history.ageWeeks());
    double sum = 0;
    for (double term : survival) {
      sum += term;
    }
    double alive = 1 / (1 + Math.exp(logDropoutOdds(history, history.ageWeeks(), sum)));
    for (int j = 0; j < k; j++) {
      phase[j] = alive * survival[j] / sum;
    }
    return phase;
  }

  @Override
  public AlivePurchases whileAlive(int frequency, int ageDays) {
    return new BetaGeometricAlive(
        k,
        r + (double) k * frequency,
        alpha + ageDays / Horizon.DAYS_PER_WEEK,
        a,
        betaParameter(frequency));
  }

  /** The second parameter of the drop-out probability's distribution, given alive. */
  private double betaParameter(int frequency) {
    return b + frequency + (dropoutAtZero ? 1 : 0);
  }

  /** ln of P(dropped out) / P(alive). */
  private double logDropoutOdds(History history, double ageWeeks, double survival) {
    if (history.frequency() == 0 && !dropoutAtZero) {
      return Double.NEGATIVE_INFINITY;
    }
    double shape = r + (double) k * history.frequency();
    double elapsed = ageWeeks - history.recencyWeeks();
    return Math.log(a)
        - Math.log(betaParameter(history.frequency()) - 1)
        + shape * Math.log1p(elapsed / (alpha + history.recencyWeeks()))
        - Math.log(survival);
  }

  private double survival(History history, double ageWeeks) {
    double sum = 0;
    for (double term : survivalTerms(history, ageWeeks)) {
      sum += term;
    }
    return sum;
  }

  /** (R)_j / j! · (elapsed / (α + T))^j: the odds of j stages passed since the last purchase. */
  private double[] survivalTerms(History history, double ageWeeks) {
    double shape = r + (double) k * history.frequency();
    double share = (ageWeeks - history.recencyWeeks()) / (alpha + ageWeeks);
    double[] terms = new double[k];
    terms[0] = 1;
    for (int j = 1; j < k; j++) {
      terms[j] = terms[j - 1] * (shape + j - 1) / j * share;
    }
    return terms;
  }

  private static double softplus(double u) {
    return Math.max(u, 0) + Math.log1p(Math.exp(-Math.abs(u)));
  }
}
