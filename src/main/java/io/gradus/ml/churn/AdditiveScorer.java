package io.gradus.ml.churn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The default model: the buy-till-you-die log-odds as offset, a linear correction by the smooth
 * inputs of {@link ChurnFeatures}, and the forecast shift of the base rate. The correction is
 * learned by ridge regression with an intercept per training window, so a season's level does not
 * pass for an effect of an input.
 *
 * @param pattern the buy-till-you-die model
 * @param horizonDays days that are predicted
 * @param rhythm the customers' waiting times
 * @param scaling of the inputs
 * @param coefficients of the scaled inputs
 * @param shift of the base rate
 * @param patternReference mean log-odds of the buy-till-you-die model at the cut-off
 */
record AdditiveScorer(
    PatternModel pattern,
    int horizonDays,
    Rhythm rhythm,
    Scaling scaling,
    double[] coefficients,
    double shift,
    double patternReference)
    implements ChurnScorer {

  private static final double PENALTY = 30;

  /**
   * A learned model with what it was learned from.
   *
   * @param scorer the model
   * @param rows its training rows
   * @param estimate its estimates on them
   */
  record Learned(
      AdditiveScorer scorer, RidgeRegression.Rows rows, RidgeRegression.Estimate estimate) {}

  /**
   * Learns from windows that ended by the plan's cut-off.
   *
   * @param plan the cut-off and horizon
   * @param population the customers at the cut-off, at least one
   * @param snapshots windows with outcomes, at least one row
   * @param pattern fitted to the population
   * @param shift forecast of the base rate
   */
  static Learned learn(
      TrainingPlan plan,
      List<CustomerState> population,
      List<Snapshot> snapshots,
      PatternModel pattern,
      double shift) {
    Rhythm rhythm = Rhythm.of(population);
    double[] logits = pattern.logits(population, plan.horizonDays());
    Scaling scaling = Scaling.of(inputs(population, logits, rhythm));
    List<double[]> inputs = new ArrayList<>();
    List<double[]> offsets = new ArrayList<>();
    for (Snapshot snapshot : snapshots) {
      double[] own = pattern.logits(snapshot.customers(), snapshot.window().days());
      for (double[] row : inputs(snapshot.customers(), own, rhythm)) {
        inputs.add(scaling.apply(row));
      }
      offsets.add(own);
    }
    RidgeRegression.Rows rows =
        TrainingRows.of(snapshots, inputs.toArray(double[][]::new), offsets);
    RidgeRegression.Estimate estimate =
        new RidgeRegression(RidgeRegression.Family.LOGISTIC, PENALTY).fit(rows);
    double reference = Arrays.stream(logits).average().orElseThrow();
    AdditiveScorer scorer =
        new AdditiveScorer(
            pattern,
            plan.horizonDays(),
            rhythm,
            scaling,
            estimate.coefficients(),
            shift,
            reference);
    return new Learned(scorer, rows, estimate);
  }

  private static double[][] inputs(List<CustomerState> customers, double[] logits, Rhythm rhythm) {
    double[][] inputs = new double[customers.size()][];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = ChurnFeatures.of(customers.get(i), logits[i], rhythm);
    }
    return inputs;
  }

  @Override
  public double reference() {
    return patternReference + shift;
  }

  /**
   * A customer as the model sees it.
   *
   * @param pattern log-odds of the buy-till-you-die model
   * @param inputs of {@link ChurnFeatures}, before scaling
   */
  record View(double pattern, double[] inputs) {}

  View view(CustomerState customer) {
    double own = pattern.logit(customer, horizonDays);
    return new View(own, ChurnFeatures.of(customer, own, rhythm));
  }

  /** The scaled inputs of a customer. */
  double[] scaled(View view) {
    return scaling.apply(view.inputs());
  }

  double logit(View view) {
    double[] inputs = scaled(view);
    double logit = view.pattern() + shift;
    for (int j = 0; j < inputs.length; j++) {
      logit += coefficients[j] * inputs[j];
    }
    return logit;
  }

  @Override
  public double logit(CustomerState customer) {
    return logit(view(customer));
  }

  double[] contributions(View view) {
    double[] inputs = scaled(view);
    double[] byTheme = new double[Theme.values().length];
    byTheme[Theme.PATTERN.ordinal()] = view.pattern() - patternReference;
    for (int j = 0; j < inputs.length; j++) {
      byTheme[ChurnFeatures.theme(j).ordinal()] += coefficients[j] * inputs[j];
    }
    return byTheme;
  }

  @Override
  public double[] contributions(CustomerState customer) {
    return contributions(view(customer));
  }
}
