package io.gradus.clv;

/**
 * Sums over the customers with observed spend.
 *
 * @param customers number of customers (sum of weights)
 * @param purchases sum of the numbers of purchases x
 * @param purchasesSquared sum of x²
 * @param means sum of the mean values m
 * @param meansSquared sum of m²
 * @param products sum of x m, the total spend
 */
public record SpendSummary(
    double customers,
    double purchases,
    double purchasesSquared,
    double means,
    double meansSquared,
    double products)
    implements java.io.Serializable {

  /** The sums over both cohorts. */
  public SpendSummary plus(SpendSummary other) {
    return new SpendSummary(
        customers + other.customers,
        purchases + other.purchases,
        purchasesSquared + other.purchasesSquared,
        means + other.means,
        meansSquared + other.meansSquared,
        products + other.products);
  }

  /** The mean of the customers' mean values. */
  public double meanValue() {
    return means / customers;
  }

  /**
   * Pearson's correlation of number and mean value of purchases; the model takes it to be zero.
   * Zero when either does not vary.
   */
  public double correlation() {
    double covariance = products - purchases * means / customers;
    double varianceX = purchasesSquared - purchases * purchases / customers;
    double varianceM = meansSquared - means * means / customers;
    double scale = Math.sqrt(varianceX) * Math.sqrt(varianceM);
    boolean varies = varianceX > 1e-12 * purchasesSquared && varianceM > 1e-12 * meansSquared;
    return varies ? covariance / scale : 0;
  }
}
