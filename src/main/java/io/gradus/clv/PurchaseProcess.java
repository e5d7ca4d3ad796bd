package io.gradus.clv;

import java.io.Serializable;
import java.util.List;

/**
 * A fitted buy-till-you-die model of when customers buy: purchases at a personal rate while alive,
 * an unobserved personal moment of drop-out. Rates are per week.
 *
 * <p>While alive, a customer is in one of {@link #phases()} phases of the wait for the next
 * purchase; models with exponential waits have one. All that lies in the future depends, given
 * alive and the phase, only on frequency and age: {@link #whileAlive} can be shared by customers.
 */
public sealed interface PurchaseProcess extends Serializable
    permits BetaGeometricProcess, ParetoProcess {
  /** The model's short name: bg_nbd, mbg_nbd, bg_cnbd_k, mbg_cnbd_k or pareto_nbd. */
  String name();

  /** The names of {@link #parameters()}, in their order. */
  List<String> parameterNames();

  /** The parameters; scales in weeks. */
  double[] parameters();

  /**
   * The log-likelihood of one history. Erlang models leave out the term of the single gaps'
   * lengths, which no parameter changes.
   */
  double logLikelihood(History history);

  /** Number of phases of a wait, ≥ 1. */
  int phases();

  /** P(alive and in phase j) for j = 0 … phases − 1; they sum to P(alive). */
  double[] phaseProbabilities(History history);

  /** What is to come for a customer who is alive. */
  AlivePurchases whileAlive(int frequency, int ageDays);

  /** P(alive at the as-of date). Not the complement of a churn probability. */
  default double probabilityAlive(History history) {
    double sum = 0;
    for (double probability : phaseProbabilities(history)) {
      sum += probability;
    }
    return Math.min(1, sum);
  }

  /** The expected number of purchases within the horizon. */
  default double expectedPurchases(History history, Horizon horizon) {
    AlivePurchases alive = whileAlive(history.frequency(), history.ageDays());
    double[] phase = phaseProbabilities(history);
    double sum = 0;
    for (int j = 0; j < phase.length; j++) {
      sum += phase[j] * alive.expected(j, horizon);
    }
    return sum;
  }

  /**
   * P(no purchase within the horizon) = L(x, t_x, T + horizon) / L(x, t_x, T), exact: the customer
   * has dropped out or waits longer.
   */
  default double probabilityOfNoPurchase(History history, Horizon horizon) {
    AlivePurchases alive = whileAlive(history.frequency(), history.ageDays());
    double[] phase = phaseProbabilities(history);
    double some = 0;
    for (int j = 0; j < phase.length; j++) {
      some += phase[j] * (1 - alive.noPurchase(j, horizon));
    }
    return Math.min(1, 1 - some);
  }

  /** The expected number of purchases, each discounted to today by the schedule. */
  default double discountedPurchases(History history, DiscountSchedule schedule) {
    AlivePurchases alive = whileAlive(history.frequency(), history.ageDays());
    double[] phase = phaseProbabilities(history);
    double[] cumulative = new double[schedule.steps()];
    for (int k = 1; k <= cumulative.length; k++) {
      for (int j = 0; j < phase.length; j++) {
        cumulative[k - 1] += phase[j] * alive.expected(j, schedule.end(k));
      }
    }
    return schedule.presentValue(cumulative, cumulative.length);
  }

  /**
   * The expected number of all purchases to come, each discounted continuously (DERT, Fader, Hardie
   * and Lee 2005).
   */
  default double residualPurchases(History history, AnnualRate rate) {
    AlivePurchases alive = whileAlive(history.frequency(), history.ageDays());
    double[] phase = phaseProbabilities(history);
    double[] residual = alive.residual(rate);
    double sum = 0;
    for (int j = 0; j < phase.length; j++) {
      sum += phase[j] * residual[j];
    }
    return sum;
  }
}
