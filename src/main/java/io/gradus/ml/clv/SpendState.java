package io.gradus.ml.clv;

import io.gradus.clv.FitReport;
import io.gradus.clv.GammaGammaSpend;
import io.gradus.clv.SpendData;
import io.gradus.clv.SpendEstimate;
import io.gradus.clv.SpendFits;
import java.io.Serializable;

/**
 * What a spend model learned.
 *
 * @param parameters p, q, v in use
 * @param method how they came about, see {@link SpendEstimate#method()}
 * @param cap mean values above count as this much
 * @param correlation of number and mean value of purchases, which the model takes to be zero
 * @param report how the Gamma–Gamma fit ended
 * @param provenance what it was made from
 */
record SpendState(
    double[] parameters,
    String method,
    double cap,
    double correlation,
    FitReport report,
    Provenance provenance)
    implements Serializable {

  static SpendState fit(SpendData data, double cap, String asOf) {
    SpendEstimate estimate = SpendFits.estimate(data);
    boolean any = data.summary().customers() > 0;
    return new SpendState(
        estimate.model().parameters(),
        estimate.method(),
        cap,
        any ? data.summary().correlation() : 0,
        estimate.report(),
        Provenance.of(any ? data.fingerprint() : 0, asOf));
  }

  GammaGammaSpend spend() {
    return new GammaGammaSpend(parameters[0], parameters[1], parameters[2]);
  }
}
