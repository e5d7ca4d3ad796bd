package io.gradus.simulate;

import java.io.Serializable;

/**
 * The Gamma–Gamma model of order values (Fader and Hardie 2013): an order of a customer is worth
 * Gamma(p, ν) in the company's currency, and ν ~ Gamma(q, γ) over customers. Order values are
 * independent of purchase rate and drop-out.
 *
 * @param p shape of the order values of one customer, &gt; 0
 * @param q shape of ν over customers, &gt; 1 so that the mean exists
 * @param gamma rate of ν in money, &gt; 0
 */
public record Spend(double p, double q, double gamma) implements Serializable {
  public Spend {
    Check.positive("p", p);
    Check.that(q > 1 && Double.isFinite(q), "q must be greater than 1, was " + q);
    Check.positive("gamma", gamma);
  }

  /** Mean order value over customers, p γ / (q − 1). */
  public double mean() {
    return p * gamma / (q - 1);
  }
}
