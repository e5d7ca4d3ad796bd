package io.gradus.clv;

/**
 * Counts over the customers of a cohort.
 *
 * @param customers number of customers (sum of weights)
 * @param repeaters those with a repeat purchase
 * @param repeatPurchases sum of frequencies
 * @param ageWeeks sum of ages
 * @param logGaps sum of ln(gap in weeks) over all gaps between consecutive purchases; NaN when not
 *     known
 */
public record PurchaseSummary(
    double customers, double repeaters, double repeatPurchases, double ageWeeks, double logGaps)
    implements java.io.Serializable {

  /** The counts of both cohorts together. */
  public PurchaseSummary plus(PurchaseSummary other) {
    return new PurchaseSummary(
        customers + other.customers,
        repeaters + other.repeaters,
        repeatPurchases + other.repeatPurchases,
        ageWeeks + other.ageWeeks,
        logGaps + other.logGaps);
  }

  /** Repeat purchases per customer and week, above zero also when there are none. */
  double rate() {
    return (repeatPurchases + 0.5) / (ageWeeks + 1);
  }
}
