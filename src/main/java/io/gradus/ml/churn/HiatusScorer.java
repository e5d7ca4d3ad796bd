package io.gradus.ml.churn;

/**
 * The rule of thumb: customers without a purchase for longer than a limit are gone.
 *
 * @param limitDays days since the last purchase up to which a customer counts as active
 * @param activeLogit log-odds of the active ones
 * @param goneLogit log-odds of the others
 * @param reference log-odds over all
 */
record HiatusScorer(int limitDays, double activeLogit, double goneLogit, double reference)
    implements ChurnScorer {

  @Override
  public double logit(CustomerState customer) {
    return customer.daysSinceLast() > limitDays ? goneLogit : activeLogit;
  }

  @Override
  public double[] contributions(CustomerState customer) {
    double[] byTheme = new double[Theme.values().length];
    byTheme[Theme.RECENCY.ordinal()] = logit(customer) - reference;
    return byTheme;
  }
}
