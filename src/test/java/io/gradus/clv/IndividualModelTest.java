package io.gradus.clv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.math3.special.Beta;
import org.apache.commons.math3.special.Gamma;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The mixtures against the definition of the models at the level of a single customer. */
class IndividualModelTest {
  @ParameterizedTest
  @CsvSource({
    "1, false, 3, 200, 260",
    "1, true, 0, 0, 120",
    "2, true, 3, 200, 260",
    "2, false, 0, 0, 90",
    "3, true, 5, 180, 190",
    "5, false, 2, 30, 300"
  })
  void betaGeometricLikelihoodIsTheMixtureOfItsDefinition(
      int k, boolean dropoutAtZero, int x, int recency, int age) {
    double r = 1.3;
    double alpha = 6.1;
    double a = 0.8;
    double b = 2.9;
    double t = recency / 7.0;
    double end = age / 7.0;
    int chances = x + (dropoutAtZero ? 1 : 0);
    double step = 0.02;
    double sum = 0;
    for (double logRate = -25; logRate < 5; logRate += step) {
      double rate = Math.exp(logRate);
      double survival = 0;
      double term = Math.exp(-rate * end);
      for (int j = 0; j < k; j++) {
        survival += term;
        term *= rate * (end - t) / (j + 1);
      }
      double density = Math.exp(r * Math.log(alpha * rate) - alpha * rate - Gamma.logGamma(r));
      double scale = step * density * Math.pow(rate, k * x);
      for (double logit = -60; logit < 30; logit += 0.1) {
        double p = 1 / (1 + Math.exp(-logit));
        double q = 1 / (1 + Math.exp(logit));
        double weight = 0.1 * Math.exp(a * Math.log(p) + b * Math.log(q) - Beta.logBeta(a, b));
        double dead = chances == 0 ? 0 : p * Math.pow(q, chances - 1) * Math.exp(-rate * t);
        sum += scale * weight * (Math.pow(q, chances) * survival + dead);
      }
    }
    double factorials = 1;
    for (int n = 2; n < k; n++) {
      factorials *= n;
    }
    BetaGeometricProcess process = new BetaGeometricProcess(k, dropoutAtZero, r, alpha, a, b);
    assertThat(process.logLikelihood(new History(x, recency, age)))
        .isCloseTo(Math.log(sum) - x * Math.log(factorials), within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"1, 0.24, 4.4, 0.79, 2.4", "2, 1.1, 5, 0.6, 3", "3, 2.5, 9, 1, 4"})
  void expectedPurchasesAndSecondMomentAreThoseOfSimulatedFutures(
      int k, double r, double alpha, double a, double b) {
    BetaGeometricProcess process = new BetaGeometricProcess(k, true, r, alpha, a, b);
    AlivePurchases alive = process.whileAlive(4, 210);
    int phase = k - 1;
    Random random = new Random(11);
    int runs = 200_000;
    double sum = 0;
    double squares = 0;
    double pairs = 0;
    double pairSquares = 0;
    for (int run = 0; run < runs; run++) {
      double rate = Cohorts.gamma(r + 4 * k + phase, random) / (alpha + 30);
      double p = Cohorts.beta(a, b + 5, random);
      int purchases = 0;
      double now = 0;
      int stagesLeft = k - phase;
      while (true) {
        for (int stage = 0; stage < stagesLeft; stage++) {
          now -= Math.log(1 - random.nextDouble()) / rate;
        }
        stagesLeft = k;
        if (now > 52) {
          break;
        }
        purchases++;
        if (random.nextDouble() < p) {
          break;
        }
      }
      double pair = purchases * (purchases - 1.0);
      sum += purchases;
      squares += (double) purchases * purchases;
      pairs += pair;
      pairSquares += pair * pair;
    }
    double mean = sum / runs;
    double error = Math.sqrt((squares / runs - mean * mean) / runs);
    assertThat(alive.expected(phase, Horizon.ofWeeks(52))).isCloseTo(mean, within(4 * error));
    double pairMean = pairs / runs;
    double pairError = Math.sqrt((pairSquares / runs - pairMean * pairMean) / runs);
    assertThat(alive.secondFactorialMoment(phase, Horizon.ofWeeks(52)))
        .isCloseTo(pairMean, within(4 * pairError));
  }

  @Test
  void closedFormEqualsTheSumOverPurchases() {
    for (double a : new double[] {0.2, 0.79, 1, 1.0000001, 3}) {
      for (int x : new int[] {0, 1, 5, 60}) {
        double shape = 0.5 + x;
        double beta = 2.1 + x;
        for (double weeks : new double[] {0.5, 13, 52, 156}) {
          Horizon horizon = Horizon.ofWeeks(weeks);
          double closed = new BetaGeometricAlive(1, shape, 30, a, beta).expected(0, horizon);
          double residual = residualOfSum(shape, 30, a, beta, weeks);
          assertThat(closed).isCloseTo(residual, within(1e-9 * residual));
        }
      }
    }
  }

  /** Σ_n E[q^{n−1}] P(N ≥ n) with the negative binomial tail summed term by term. */
  private static double residualOfSum(
      double shape, double scale, double a, double beta, double weeks) {
    double z = weeks / (scale + weeks);
    double mass = Math.pow(scale / (scale + weeks), shape);
    double tail = 1 - mass;
    double survived = 1;
    double sum = 0;
    for (int n = 1; n < 100_000 && tail > 1e-16; n++) {
      sum += survived * tail;
      survived *= (beta + n - 1) / (a + beta + n - 1);
      mass *= (shape + n - 1) / n * z;
      tail -= mass;
    }
    return sum;
  }

  @Test
  void paretoSecondMomentAndExpectationAreThoseOfSimulatedFutures() {
    ParetoProcess process = new ParetoProcess(0.6, 10, 0.7, 12);
    AlivePurchases alive = process.whileAlive(3, 210);
    Random random = new Random(5);
    int runs = 400_000;
    double sum = 0;
    double pairs = 0;
    double pairSquares = 0;
    for (int run = 0; run < runs; run++) {
      double rate = Cohorts.gamma(3.6, random) / 40;
      double life = -Math.log(1 - random.nextDouble()) / (Cohorts.gamma(0.7, random) / 42);
      double mean = rate * Math.min(life, 52);
      sum += mean;
      pairs += mean * mean;
      pairSquares += Math.pow(mean, 4);
    }
    double error = Math.sqrt((pairs / runs - Math.pow(sum / runs, 2)) / runs);
    assertThat(alive.expected(0, Horizon.ofWeeks(52))).isCloseTo(sum / runs, within(4 * error));
    double pairError = Math.sqrt((pairSquares / runs - Math.pow(pairs / runs, 2)) / runs);
    assertThat(alive.secondFactorialMoment(0, Horizon.ofWeeks(52)))
        .isCloseTo(pairs / runs, within(4 * pairError));
  }

  @ParameterizedTest
  @CsvSource({"1, true", "1, false", "3, true"})
  void residualIsTheLimitOfFineDiscounting(int k, boolean dropoutAtZero) {
    BetaGeometricProcess process = new BetaGeometricProcess(k, dropoutAtZero, 1.2 * k, 6, 0.9, 2.5);
    checkResidual(process);
  }

  @Test
  void residualOfParetoIsTheLimitOfFineDiscounting() {
    checkResidual(new ParetoProcess(0.6, 10, 0.7, 12));
  }

  /** Discounts at both ends of weekly steps until nothing is left: bounds and their mean. */
  private static void checkResidual(PurchaseProcess process) {
    History history = new History(3, 150, 200);
    double force = 0.02;
    int steps = 1500;
    double late =
        process.discountedPurchases(
            history, new DiscountSchedule(Horizon.ofWeeks(1), steps, Math.exp(-force)));
    double early = late * Math.exp(force);
    double residual = process.residualPurchases(history, AnnualRate.ofWeeklyForce(force));
    assertThat(residual).isBetween(late, early);
    assertThat(residual).isCloseTo((late + early) / 2, within(2e-4 * residual));
  }
}
