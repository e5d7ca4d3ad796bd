package io.gradus.ml.churn;

/**
 * The buy-till-you-die model alone, with a shift of its level.
 *
 * @param pattern the model
 * @param horizonDays days that are predicted
 * @param shift added to its log-odds
 * @param reference mean log-odds of the customers at the cut-off
 */
record PatternScorer(PatternModel pattern, int horizonDays, double shift, double reference)
    implements ChurnScorer {

  @Override
  public double logit(CustomerState customer) {
    return pattern.logit(customer, horizonDays) + shift;
  }

  @Override
  public double[] contributions(CustomerState customer) {
    double[] byTheme = new double[Theme.values().length];
    byTheme[Theme.PATTERN.ordinal()] = logit(customer) - reference;
    return byTheme;
  }
}
