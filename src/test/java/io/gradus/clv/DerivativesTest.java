package io.gradus.clv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradus.math.Derivatives;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Analytic derivatives against central differences, and grouped sums against single customers. */
class DerivativesTest {
  private static final PurchaseGroups GROUPS =
      PurchaseGroups.of(
          List.of(
              new History(0, 0, 0),
              new History(0, 0, 40),
              new History(0, 0, 40),
              new History(1, 3, 250),
              new History(2, 200, 202),
              new History(7, 180, 181),
              new History(30, 400, 500),
              new History(300, 900, 1000)));

  static Stream<Arguments> likelihoods() {
    double[] betaGeometric = {0.7, 5.3, 0.9, 2.2};
    double[] pareto = {0.6, 9.1, 0.55, 12.4};
    return Stream.of(
        Arguments.of(new BetaGeometricLikelihood(1, false), betaGeometric),
        Arguments.of(new BetaGeometricLikelihood(1, true), betaGeometric),
        Arguments.of(new BetaGeometricLikelihood(2, false), betaGeometric),
        Arguments.of(new BetaGeometricLikelihood(4, true), betaGeometric),
        Arguments.of(new ParetoLikelihood(), pareto),
        Arguments.of(new ParetoLikelihood(), new double[] {1.7, 14, 2.5, 3.1}));
  }

  @ParameterizedTest
  @MethodSource("likelihoods")
  void purchaseLikelihoods(PurchaseLikelihood likelihood, double[] at) {
    check(p -> likelihood.evaluate(GROUPS, p), at);
  }

  @Test
  void gammaGammaLikelihood() {
    SpendGroups groups =
        SpendGroups.of(
            new int[] {1, 1, 1, 3, 20},
            new double[] {12.5, 12.5, 80, 90.3, 700},
            new double[] {1, 1, 1, 2, 1});
    check(groups::sum, new double[] {5.5, 3.1, 14.2});
  }

  private static void check(Function<double[], Derivatives> function, double[] at) {
    Derivatives exact = function.apply(at);
    for (int i = 0; i < at.length; i++) {
      double step = 1e-5 * at[i];
      double[] up = at.clone();
      double[] down = at.clone();
      up[i] += step;
      down[i] -= step;
      Derivatives above = function.apply(up);
      Derivatives below = function.apply(down);
      double slope = (above.value() - below.value()) / (2 * step);
      assertThat(exact.gradient()[i]).isCloseTo(slope, within(1e-6 * (1 + Math.abs(slope))));
      for (int j = 0; j < at.length; j++) {
        double curve = (above.gradient()[j] - below.gradient()[j]) / (2 * step);
        assertThat(exact.hessian()[i][j])
            .as("second derivative %s, %s", i, j)
            .isCloseTo(curve, within(1e-5 * (1 + Math.abs(curve))));
      }
    }
  }

  static Stream<Arguments> processes() {
    double[] p = {0.7, 5.3, 0.9, 2.2};
    return Stream.of(
        Arguments.of(new BetaGeometricLikelihood(1, false), PurchaseModelKind.BG_NBD, 1, p),
        Arguments.of(new BetaGeometricLikelihood(1, true), PurchaseModelKind.MBG_NBD, 1, p),
        Arguments.of(new BetaGeometricLikelihood(3, true), PurchaseModelKind.MBG_CNBD_K, 3, p),
        Arguments.of(new ParetoLikelihood(), PurchaseModelKind.PARETO_NBD, 1, p));
  }

  @ParameterizedTest
  @MethodSource("processes")
  void groupedSumEqualsSingleCustomers(
      PurchaseLikelihood likelihood, PurchaseModelKind kind, int k, double[] p) {
    PurchaseProcess process = kind.withParameters(k, p);
    double sum = 0;
    for (int i = 0; i < GROUPS.size(); i++) {
      sum += GROUPS.weight(i) * process.logLikelihood(GROUPS.history(i));
    }
    assertThat(likelihood.evaluate(GROUPS, p).value()).isCloseTo(sum, within(1e-9 * Math.abs(sum)));
  }
}
