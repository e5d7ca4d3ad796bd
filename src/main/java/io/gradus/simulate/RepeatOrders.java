package io.gradus.simulate;

/** Expected repeat orders of a random customer under each drop-out model. */
final class RepeatOrders {
  private static final int NODES = 2_000;

  private RepeatOrders() {}

  /** E[X(t)] for t = {@code days} days after the first order. */
  static double expected(Segment segment, double days) {
    double r = segment.r();
    double alpha = segment.alpha();
    if (days <= 0) {
      return 0;
    }
    if (segment.dropout() instanceof Dropout.BetaGeometric d) {
      return betaGeometric(r, alpha, d, days);
    }
    if (segment.dropout() instanceof Dropout.Exponential d) {
      return exponential(r, alpha, d, days);
    }
    return r * days / alpha;
  }

  /** Schmittlein, Morrison and Colombo (1987), equation 17; s = 1 is the logarithmic limit. */
  private static double exponential(double r, double alpha, Dropout.Exponential d, double t) {
    double beta = d.beta();
    if (Math.abs(d.s() - 1) < 1e-9) {
      return r * beta / alpha * Math.log1p(t / beta);
    }
    return r * beta / (alpha * (d.s() - 1)) * (1 - Math.pow(beta / (beta + t), d.s() - 1));
  }

  /**
   * Given λ and p the repeat orders in t have mean (1 − e^(−λpt))/p (Fader, Hardie and Lee 2005,
   * equation 7); λ integrates in closed form and p by the midpoint rule. The logistic scale of p
   * makes the integrand smooth and vanish at both ends for every a, b &gt; 0. A chance to stop
   * after the first order removes the share p of the repeat buyers.
   */
  private static double betaGeometric(double r, double alpha, Dropout.BetaGeometric d, double t) {
    double reach = 40 / Math.min(1, Math.min(d.a(), d.b()));
    double step = 2 * reach / NODES;
    double mass = 0;
    double sum = 0;
    for (int i = 0; i < NODES; i++) {
      double u = -reach + (i + 0.5) * step;
      double p = 1 / (1 + Math.exp(-u));
      double stay = 1 / (1 + Math.exp(u));
      double weight = Math.exp(d.a() * Math.log(p) + d.b() * Math.log(stay));
      double mean = -Math.expm1(-r * Math.log1p(p * t / alpha)) / p;
      mass += weight;
      sum += weight * mean * (d.afterFirst() ? stay : 1);
    }
    return sum / mass;
  }
}
