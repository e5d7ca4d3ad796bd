package io.gradus.ml.clv;

import io.gradus.clv.Fit;
import io.gradus.clv.FitReport;
import io.gradus.clv.PurchaseModelKind;
import io.gradus.clv.PurchaseProcess;
import java.io.Serializable;

/**
 * What a purchase model learned.
 *
 * @param model short name of the model
 * @param k stages of a wait
 * @param report parameters and how the fit ended
 * @param provenance what it was made from
 */
record PurchaseState(String model, int k, FitReport report, Provenance provenance)
    implements Serializable {

  static PurchaseState of(Fit<? extends PurchaseProcess> fit, Provenance provenance) {
    return new PurchaseState(fit.model().name(), fit.model().phases(), fit.report(), provenance);
  }

  PurchaseProcess process() {
    return PurchaseModelKind.of(model).withParameters(k, report.parameters());
  }
}
