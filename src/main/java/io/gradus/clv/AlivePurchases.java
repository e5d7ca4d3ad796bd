package io.gradus.clv;

/** The purchases to come of a customer who is alive, by the phase of the current wait. */
public interface AlivePurchases {
  /** The expected number of purchases within the horizon. */
  double expected(int phase, Horizon horizon);

  /** E[X (X − 1)] of the number X of purchases within the horizon. */
  double secondFactorialMoment(int phase, Horizon horizon);

  /** P(no purchase within the horizon). */
  double noPurchase(int phase, Horizon horizon);

  /**
   * The expected number of all purchases to come, each discounted continuously, by phase.
   *
   * @param rate &gt; 0
   */
  double[] residual(AnnualRate rate);
}
