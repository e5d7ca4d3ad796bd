package io.gradus.clv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Fits to simulated cohorts find the parameters within four standard errors. */
class RecoveryTest {
  private static final int CUSTOMERS = 20_000;
  private static final int AGE = 500;

  static Stream<Arguments> models() {
    return Stream.of(
        Arguments.of(PurchaseModelKind.BG_NBD, 1, new double[] {0.5, 5, 0.8, 2.5}),
        Arguments.of(PurchaseModelKind.MBG_NBD, 1, new double[] {0.8, 6, 0.9, 1.8}),
        Arguments.of(PurchaseModelKind.MBG_CNBD_K, 3, new double[] {1.5, 4, 0.7, 2.2}),
        Arguments.of(PurchaseModelKind.BG_CNBD_K, 2, new double[] {1.2, 4, 0.7, 2.2}),
        Arguments.of(PurchaseModelKind.PARETO_NBD, 1, new double[] {0.8, 10, 0.7, 15}));
  }

  @ParameterizedTest
  @MethodSource("models")
  void purchaseModels(PurchaseModelKind kind, int k, double[] truth) {
    PurchaseProcess process = kind.withParameters(k, truth);
    PurchaseGroups groups =
        process instanceof ParetoProcess pareto
            ? Cohorts.pareto(pareto, CUSTOMERS, AGE, 3)
            : Cohorts.betaGeometric((BetaGeometricProcess) process, CUSTOMERS, AGE, 3);

    Fit<? extends PurchaseProcess> fit = kind.fit(groups);

    assertThat(fit.report().converged()).as(fit.report().reason()).isTrue();
    assertThat(fit.model().phases()).isEqualTo(k);
    assertRecovered(fit.report(), truth);
  }

  @Test
  void gammaGamma() {
    double[] truth = {6.2, 3.7, 15.4};
    Random random = new Random(17);
    int[] purchases = new int[CUSTOMERS];
    double[] total = new double[CUSTOMERS];
    double[] weights = new double[CUSTOMERS];
    for (int i = 0; i < CUSTOMERS; i++) {
      purchases[i] = 1 + random.nextInt(6);
      double scale = Cohorts.gamma(truth[1], random) / truth[2];
      total[i] = Cohorts.gamma(truth[0] * purchases[i], random) / scale;
      weights[i] = 1;
    }
    Fit<GammaGammaSpend> fit = SpendFits.gammaGamma(SpendGroups.of(purchases, total, weights));
    assertThat(fit.report().converged()).isTrue();
    assertRecovered(fit.report(), truth);
  }

  private static void assertRecovered(FitReport report, double[] truth) {
    double[] errors = report.standardErrors();
    for (int i = 0; i < truth.length; i++) {
      assertThat(errors[i]).isBetween(1e-4 * truth[i], truth[i]);
      assertThat(report.parameters()[i])
          .as(report.parameterNames().get(i))
          .isCloseTo(truth[i], within(4 * errors[i]));
    }
  }
}
