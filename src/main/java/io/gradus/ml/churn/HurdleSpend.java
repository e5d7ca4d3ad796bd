package io.gradus.ml.churn;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The challenger of {@link SpendModel}: P(buy) of the churn model × expected spend given a
 * purchase, the latter corrected by the inputs of {@link ChurnFeatures} through a ridge regression
 * of the buyers' actual over expected spend (quasi-Poisson, logarithmic link).
 *
 * @param model spend given a purchase, before correction
 * @param churn probability of no purchase, and the inputs
 * @param scaling of the inputs
 * @param coefficients of the scaled inputs
 * @param level factor that leaves the population's total as it is without correction
 */
record HurdleSpend(
    SpendModel model, AdditiveScorer churn, Scaling scaling, double[] coefficients, double level)
    implements Serializable {

  private static final double PENALTY = 1000;
  private static final double WINSOR = 0.99;
  private static final double LARGEST_CORRECTION = 2;

  /**
   * Learns from windows that ended by the cut-off; at least one buyer in them.
   *
   * @param population the customers at the cut-off
   */
  static HurdleSpend learn(
      List<CustomerState> population,
      List<Snapshot> snapshots,
      AdditiveScorer churn,
      SpendModel model) {
    int n = population.size();
    double[] given = new double[n];
    double[] buying = new double[n];
    double[][] atCutOff = new double[n][];
    for (int i = 0; i < n; i++) {
      CustomerState customer = population.get(i);
      given[i] = model.outlook(customer, churn.horizonDays()).givenPurchase();
      AdditiveScorer.View view = churn.view(customer);
      buying[i] = 1 - Logit.probability(churn.logit(view));
      atCutOff[i] = inputs(view.inputs(), given[i]);
    }
    Scaling scaling = Scaling.of(atCutOff);
    double[] coefficients =
        new RidgeRegression(RidgeRegression.Family.AMOUNT, PENALTY)
            .fit(buyers(snapshots, churn, model, scaling))
            .coefficients();
    HurdleSpend unscaled = new HurdleSpend(model, churn, scaling, coefficients, 1);
    double plain = 0;
    double corrected = 0;
    for (int i = 0; i < n; i++) {
      plain += buying[i] * given[i];
      corrected += buying[i] * given[i] * unscaled.correction(atCutOff[i]);
    }
    return new HurdleSpend(model, churn, scaling, coefficients, plain / corrected);
  }

  private static RidgeRegression.Rows buyers(
      List<Snapshot> snapshots, AdditiveScorer churn, SpendModel model, Scaling scaling) {
    List<double[]> inputs = new ArrayList<>();
    List<Double> response = new ArrayList<>();
    List<Integer> group = new ArrayList<>();
    int groups = 0;
    for (Snapshot snapshot : snapshots) {
      int days = snapshot.window().days();
      List<Double> ratios = new ArrayList<>();
      for (int i = 0; i < snapshot.size(); i++) {
        if (snapshot.value()[i] > 0) {
          CustomerState customer = snapshot.customers().get(i);
          double given = model.outlook(customer, days).givenPurchase();
          double own = churn.pattern().logit(customer, days);
          inputs.add(scaling.apply(inputs(ChurnFeatures.of(customer, own, churn.rhythm()), given)));
          ratios.add(snapshot.value()[i] / given);
          group.add(groups);
        }
      }
      if (!ratios.isEmpty()) {
        double[] sorted = ratios.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double limit = sorted[(int) (WINSOR * (sorted.length - 1))];
        ratios.forEach(ratio -> response.add(Math.min(ratio, limit)));
        groups++;
      }
    }
    return new RidgeRegression.Rows(
        inputs.toArray(double[][]::new),
        new double[inputs.size()],
        response.stream().mapToDouble(Double::doubleValue).toArray(),
        group.stream().mapToInt(Integer::intValue).toArray(),
        groups);
  }

  private static double[] inputs(double[] churn, double given) {
    double[] inputs = Arrays.copyOf(churn, churn.length + 1);
    inputs[churn.length] = Math.log(given);
    return inputs;
  }

  /** Expected net amount within the horizon, ≥ 0. */
  double expected(CustomerState customer) {
    return expected(customer, model.outlook(customer, churn.horizonDays()));
  }

  /** The same, with the outlook of {@link #model} on the horizon at hand. */
  double expected(CustomerState customer, SpendModel.Outlook outlook) {
    double given = outlook.givenPurchase();
    AdditiveScorer.View view = churn.view(customer);
    double buying = 1 - Logit.probability(churn.logit(view));
    return buying * given * correction(inputs(view.inputs(), given)) * level;
  }

  /** The factor by the inputs, within e^±2. */
  private double correction(double[] inputs) {
    double[] scaled = scaling.apply(inputs);
    double correction = 0;
    for (int j = 0; j < scaled.length; j++) {
      correction += coefficients[j] * scaled[j];
    }
    return Math.exp(Math.max(-LARGEST_CORRECTION, Math.min(LARGEST_CORRECTION, correction)));
  }
}
