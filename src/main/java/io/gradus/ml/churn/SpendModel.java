package io.gradus.ml.churn;

import io.gradus.clv.GammaGammaSpend;
import io.gradus.clv.Horizon;
import io.gradus.clv.PurchaseGroups;
import io.gradus.clv.PurchaseModelKind;
import io.gradus.clv.PurchaseProcess;
import io.gradus.clv.SpendFits;
import io.gradus.clv.SpendGroups;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Expected spend in a horizon by Pareto/NBD × Gamma–Gamma, the latter fitted on all purchase days:
 * that ranks customers better than repeat days only.
 *
 * @param purchases r, α (weeks), s, β (weeks)
 * @param spend p, q, v
 */
record SpendModel(double[] purchases, double[] spend) implements Serializable {
  private static final double LEAST_PROBABILITY = 1e-6;

  /** The fit to the customers; at least one. */
  static SpendModel of(List<CustomerState> customers) {
    PurchaseGroups groups =
        PurchaseGroups.of(customers.stream().map(CustomerState::history).toList());
    int n = customers.size();
    int[] count = new int[n];
    double[] total = new double[n];
    double[] one = new double[n];
    Arrays.fill(one, 1);
    for (int i = 0; i < n; i++) {
      count[i] = customers.get(i).purchaseDays();
      total[i] = count[i] * customers.get(i).averageDay();
    }
    GammaGammaSpend fitted = SpendFits.gammaGamma(SpendGroups.of(count, total, one)).model();
    if (!fitted.hasMean()) {
      double mean = Arrays.stream(total).sum() / Arrays.stream(count).sum();
      fitted = SpendFits.pooledMean(mean);
    }
    return new SpendModel(
        PurchaseModelKind.PARETO_NBD.fit(groups).model().parameters(), fitted.parameters());
  }

  /**
   * What is expected of a customer.
   *
   * @param spend expected net amount within the days, ≥ 0
   * @param givenPurchase the same, given at least one purchase in them; &gt; 0
   */
  record Outlook(double spend, double givenPurchase) {}

  /** The outlook on the days after the cut-off. */
  Outlook outlook(CustomerState customer, int days) {
    PurchaseProcess process = PurchaseModelKind.PARETO_NBD.withParameters(1, purchases);
    Horizon horizon = Horizon.ofDays(days);
    double expected = process.expectedPurchases(customer.history(), horizon);
    double none = process.probabilityOfNoPurchase(customer.history(), horizon);
    double value =
        new GammaGammaSpend(spend[0], spend[1], spend[2])
            .expectedValue(customer.purchaseDays(), customer.averageDay());
    double givenPurchase = Math.max(1, expected / Math.max(LEAST_PROBABILITY, 1 - none));
    return new Outlook(expected * value, givenPurchase * value);
  }
}
