package io.gradus.ml.churn;

import io.gradus.clv.Horizon;
import io.gradus.clv.PurchaseGroups;
import io.gradus.clv.PurchaseModelKind;
import io.gradus.clv.PurchaseProcess;
import java.io.Serializable;
import java.util.List;

/**
 * The buy-till-you-die model (BG/NBD) behind churn risk: it gives a probability for any horizon
 * from no more than frequency, recency and age, and needs no labels. On short histories it is the
 * best forecast there is; the other inputs correct it.
 *
 * @param parameters r, α (weeks), a, b
 */
record PatternModel(double[] parameters) implements Serializable {

  /** The maximum likelihood fit to the customers' histories; at least one customer. */
  static PatternModel of(List<CustomerState> customers) {
    PurchaseGroups groups =
        PurchaseGroups.of(customers.stream().map(CustomerState::history).toList());
    return new PatternModel(PurchaseModelKind.BG_NBD.fit(groups).model().parameters());
  }

  private PurchaseProcess process() {
    return PurchaseModelKind.BG_NBD.withParameters(1, parameters);
  }

  /** Log-odds of no purchase within the days after the cut-off, one per customer. */
  double[] logits(List<CustomerState> customers, int days) {
    PurchaseProcess process = process();
    Horizon horizon = Horizon.ofDays(days);
    double[] logits = new double[customers.size()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = Logit.of(process.probabilityOfNoPurchase(customers.get(i).history(), horizon));
    }
    return logits;
  }

  /** Log-odds of no purchase within the days after the cut-off. */
  double logit(CustomerState customer, int days) {
    return Logit.of(process().probabilityOfNoPurchase(customer.history(), Horizon.ofDays(days)));
  }
}
