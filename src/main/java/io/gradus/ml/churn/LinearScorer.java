package io.gradus.ml.churn;

/**
 * Logistic regression on none, some or all of ln(1 + days since the last purchase), ln(1 + repeat
 * purchases) and ln(1 + age): the majority, recency-only, frequency-only and R/F/T baselines.
 *
 * @param recency coefficient of recency; 0 leaves it out
 * @param frequency coefficient of frequency
 * @param tenure coefficient of age
 * @param means means of the three inputs over the training rows
 * @param reference log-odds at the means
 */
record LinearScorer(
    double recency, double frequency, double tenure, double[] means, double reference)
    implements ChurnScorer {

  /** The same probability for everybody. */
  static LinearScorer constant(double probability) {
    return new LinearScorer(0, 0, 0, new double[3], Math.log(probability / (1 - probability)));
  }

  static double[] inputs(CustomerState customer) {
    return new double[] {
      Math.log1p(customer.daysSinceLast()),
      Math.log1p(customer.frequency()),
      Math.log1p(customer.ageDays())
    };
  }

  @Override
  public double logit(CustomerState customer) {
    double logit = reference;
    for (double contribution : contributions(customer)) {
      logit += contribution;
    }
    return logit;
  }

  @Override
  public double[] contributions(CustomerState customer) {
    double[] inputs = inputs(customer);
    double[] byTheme = new double[Theme.values().length];
    byTheme[Theme.RECENCY.ordinal()] = recency * (inputs[0] - means[0]);
    byTheme[Theme.FREQUENCY.ordinal()] = frequency * (inputs[1] - means[1]);
    byTheme[Theme.TENURE.ordinal()] = tenure * (inputs[2] - means[2]);
    return byTheme;
  }
}
