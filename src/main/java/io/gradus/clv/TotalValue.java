package io.gradus.clv;

/**
 * The discounted value of all customers together, with an 80 % interval from the spread of single
 * customers and the uncertainty of the parameters.
 *
 * @param value the expected total
 * @param low value − 1.2816 standard deviations, at least 0
 * @param high value + 1.2816 standard deviations
 * @param customerDeviation standard deviation from customers' own chance
 * @param parameterDeviation standard deviation from the estimates' errors, by the delta method
 */
public record TotalValue(
    double value, double low, double high, double customerDeviation, double parameterDeviation) {
  private static final double Z90 = 1.2815515655446004;

  /**
   * The interval from its parts.
   *
   * @param value the expected total
   * @param customerVariance sum of the customers' variances
   * @param parameterVariance variance of the total from the estimates' errors
   */
  public static TotalValue of(double value, double customerVariance, double parameterVariance) {
    double width = Z90 * Math.sqrt(customerVariance + parameterVariance);
    return new TotalValue(
        value,
        Math.max(0, value - width),
        value + width,
        Math.sqrt(customerVariance),
        Math.sqrt(parameterVariance));
  }
}
