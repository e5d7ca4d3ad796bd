package io.gradus.ml.churn;

import io.gradus.clv.GammaGammaSpend;
import io.gradus.clv.Horizon;
import io.gradus.clv.PurchaseModelKind;
import io.gradus.clv.PurchaseProcess;
import io.gradus.clv.SpendFits;
import io.gradus.clv.SpendGroups;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Forecasts that others use and that are never published, for a backtest only: Pareto/NBD, the
 * complement of P(alive) taken for a churn probability, the spend of the last 90 days carried on,
 * BG/NBD × Gamma–Gamma on repeat days, and a hurdle of logistic × log-normal regression.
 */
final class PeerForecasts {
  static final String PARETO = "pareto_nbd";
  static final String NOT_ALIVE = "not_alive";
  static final String RECENT_SPEND = "spend_90d";
  static final String BG_NBD_SPEND = "bg_nbd_gamma_gamma";
  static final String LOGNORMAL = "logistic_lognormal";

  private static final double RECENT_DAYS = 90;
  private static final double PENALTY = 1;

  private final TrainingPlan plan;
  private final List<CustomerState> population;
  private final List<Snapshot> training;
  private final PurchaseProcess bgNbd;
  private final Horizon horizon;

  /**
   * @param plan the cut-off and horizon
   * @param population the customers at the cut-off
   * @param training the plan's windows with outcomes; may be empty
   * @param pattern BG/NBD fitted to the population
   */
  PeerForecasts(
      TrainingPlan plan,
      List<CustomerState> population,
      List<Snapshot> training,
      PatternModel pattern) {
    this.plan = plan;
    this.population = population;
    this.training = training;
    this.bgNbd = PurchaseModelKind.BG_NBD.withParameters(1, pattern.parameters());
    this.horizon = Horizon.ofDays(plan.horizonDays());
  }

  /** Probabilities of no purchase. */
  Map<String, double[]> churn(SpendModel spend) {
    PurchaseProcess pareto = PurchaseModelKind.PARETO_NBD.withParameters(1, spend.purchases());
    Map<String, double[]> forecasts = new LinkedHashMap<>();
    forecasts.put(
        PARETO,
        population.stream()
            .mapToDouble(c -> pareto.probabilityOfNoPurchase(c.history(), horizon))
            .toArray());
    forecasts.put(
        NOT_ALIVE,
        population.stream().mapToDouble(c -> 1 - bgNbd.probabilityAlive(c.history())).toArray());
    return forecasts;
  }

  /**
   * Net spend within the horizon.
   *
   * @param logistic the churn model on recency, frequency and age
   */
  Map<String, double[]> value(ChurnScorer logistic) {
    Map<String, double[]> forecasts = new LinkedHashMap<>();
    double share = plan.horizonDays() / RECENT_DAYS;
    forecasts.put(
        RECENT_SPEND,
        population.stream().mapToDouble(c -> share * Math.max(0, c.spend90())).toArray());
    GammaGammaSpend repeat = repeatSpend();
    forecasts.put(
        BG_NBD_SPEND,
        population.stream()
            .mapToDouble(
                c ->
                    bgNbd.expectedPurchases(c.history(), horizon)
                        * repeat.expectedValue(
                            c.frequency(), c.frequency() == 0 ? 0 : c.repeatAverage()))
            .toArray());
    double[] lognormal = lognormal();
    if (lognormal.length > 0) {
      for (int i = 0; i < lognormal.length; i++) {
        lognormal[i] *= 1 - Logit.probability(logistic.logit(population.get(i)));
      }
      forecasts.put(LOGNORMAL, lognormal);
    }
    return forecasts;
  }

  private GammaGammaSpend repeatSpend() {
    List<CustomerState> repeaters = population.stream().filter(c -> c.repeatAverage() > 0).toList();
    int[] count = repeaters.stream().mapToInt(CustomerState::frequency).toArray();
    double[] total =
        repeaters.stream().mapToDouble(c -> c.frequency() * c.repeatAverage()).toArray();
    double[] one = repeaters.stream().mapToDouble(c -> 1).toArray();
    double mean = population.stream().mapToDouble(CustomerState::averageDay).average().orElse(0);
    if (repeaters.isEmpty()) {
      return SpendFits.pooledMean(mean);
    }
    GammaGammaSpend fitted = SpendFits.gammaGamma(SpendGroups.of(count, total, one)).model();
    return fitted.hasMean() ? fitted : SpendFits.pooledMean(mean);
  }

  /** The mean of a log-normal spend given a purchase; empty without a buyer in the windows. */
  private double[] lognormal() {
    List<double[]> inputs = new ArrayList<>();
    List<Double> response = new ArrayList<>();
    for (Snapshot snapshot : training) {
      if (snapshot.window().days() != plan.horizonDays()) {
        continue;
      }
      for (int i = 0; i < snapshot.size(); i++) {
        if (snapshot.value()[i] > 0) {
          inputs.add(spendInputs(snapshot.customers().get(i)));
          response.add(Math.log(snapshot.value()[i]));
        }
      }
    }
    if (inputs.isEmpty()) {
      return new double[0];
    }
    double[][] rows = inputs.toArray(double[][]::new);
    double[] logs = response.stream().mapToDouble(Double::doubleValue).toArray();
    RidgeRegression.Estimate line =
        new RidgeRegression(RidgeRegression.Family.NORMAL, PENALTY)
            .fit(
                new RidgeRegression.Rows(
                    rows, new double[logs.length], logs, new int[logs.length], 1));
    double squares = 0;
    for (int i = 0; i < logs.length; i++) {
      double residual = logs[i] - linear(line, rows[i]);
      squares += residual * residual;
    }
    double half = squares / logs.length / 2;
    return population.stream()
        .mapToDouble(c -> Math.exp(linear(line, spendInputs(c)) + half))
        .toArray();
  }

  private static double linear(RidgeRegression.Estimate line, double[] inputs) {
    double eta = line.intercepts()[0];
    for (int j = 0; j < inputs.length; j++) {
      eta += line.coefficients()[j] * inputs[j];
    }
    return eta;
  }

  private static double[] spendInputs(CustomerState customer) {
    return new double[] {
      Math.log1p(customer.daysSinceLast()),
      Math.log1p(customer.frequency()),
      Math.log1p(customer.ageDays()),
      Math.log(customer.averageDay())
    };
  }
}
