package io.gradus.simulate;

import java.io.Serializable;

/**
 * How the customers of a segment stop buying for good. Together with the Gamma-distributed purchase
 * rate of {@link Segment} this is one of the buy-till-you-die models.
 */
public sealed interface Dropout extends Serializable {

  /** Nobody stops: the negative binomial model of purchases (Ehrenberg 1959). */
  record None() implements Dropout {}

  /**
   * After each repeat purchase the customer stops with probability p ~ Beta(a, b): BG/NBD (Fader,
   * Hardie and Lee 2005). With {@code afterFirst} the first purchase can be the last one too:
   * MBG/NBD (Batislam, Denizel and Filiztekin 2007).
   *
   * @param a first shape of the Beta distribution, &gt; 0
   * @param b second shape of the Beta distribution, &gt; 0
   * @param afterFirst whether the first purchase can end the relation
   */
  record BetaGeometric(double a, double b, boolean afterFirst) implements Dropout {
    public BetaGeometric {
      Check.positive("a", a);
      Check.positive("b", b);
    }
  }

  /**
   * The lifetime after the first purchase is exponential with rate μ ~ Gamma(s, β) per day:
   * Pareto/NBD (Schmittlein, Morrison and Colombo 1987).
   *
   * @param s shape, &gt; 0
   * @param beta rate in days, &gt; 0
   */
  record Exponential(double s, double beta) implements Dropout {
    public Exponential {
      Check.positive("s", s);
      Check.positive("beta", beta);
    }
  }
}
