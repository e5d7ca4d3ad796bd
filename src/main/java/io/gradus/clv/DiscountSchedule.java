package io.gradus.clv;

/**
 * Equal steps of time, each discounted as if its money came at the end of the step.
 *
 * @param step length of a step
 * @param steps number of steps, ≥ 1
 * @param factor value at the start of a step of one unit of money at its end, in (0, 1] for a
 *     non-negative rate
 */
public record DiscountSchedule(Horizon step, int steps, double factor)
    implements java.io.Serializable {
  /**
   * @throws IllegalArgumentException when there is no step or the factor is not positive
   */
  public DiscountSchedule {
    if (steps < 1 || !(factor > 0) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException(
          "discount schedule needs steps >= 1 and a positive factor: " + steps + ", " + factor);
    }
  }

  /** Monthly steps at an annual rate: month k is worth (1 + rate)^(−k/12). */
  public static DiscountSchedule monthly(int months, AnnualRate rate) {
    return new DiscountSchedule(Horizon.ofMonths(1), months, rate.factorAfterMonths(1));
  }

  /** The time from now to the end of step k. */
  Horizon end(int k) {
    return new Horizon(k * step.weeks());
  }

  /**
   * Σ_k (cumulative_k − cumulative_{k−1}) · factor^k over the first {@code count} steps.
   *
   * @param cumulative what has come by the end of step 1, 2, …
   */
  double presentValue(double[] cumulative, int count) {
    double value = 0;
    double before = 0;
    double discount = 1;
    for (int k = 0; k < count; k++) {
      discount *= factor;
      value += discount * (cumulative[k] - before);
      before = cumulative[k];
    }
    return value;
  }
}
