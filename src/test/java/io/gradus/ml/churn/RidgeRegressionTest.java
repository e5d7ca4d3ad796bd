package io.gradus.ml.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** One binary input and a group intercept have maximum likelihood estimates in closed form. */
class RidgeRegressionTest {
  private static RidgeRegression.Rows rows(double[][] counts) {
    int n = 0;
    for (double[] cell : counts) {
      n += (int) cell[2];
    }
    double[][] inputs = new double[n][];
    double[] response = new double[n];
    int at = 0;
    for (double[] cell : counts) {
      for (int i = 0; i < cell[2]; i++) {
        inputs[at] = new double[] {cell[0]};
        response[at++] = cell[1];
      }
    }
    return new RidgeRegression.Rows(inputs, new double[n], response, new int[n], 1);
  }

  @Test
  void logisticCoefficientIsTheLogOddsRatio() {
    // 30 of 100 without the input, 60 of 80 with it.
    RidgeRegression.Estimate estimate =
        new RidgeRegression(RidgeRegression.Family.LOGISTIC, 1e-9)
            .fit(rows(new double[][] {{0, 1, 30}, {0, 0, 70}, {1, 1, 60}, {1, 0, 20}}));
    assertThat(estimate.intercepts()[0]).isCloseTo(Math.log(30 / 70.0), within(1e-3));
    assertThat(estimate.coefficients()[0]).isCloseTo(Math.log(60.0 * 70 / (20 * 30)), within(1e-3));
  }

  @Test
  void amountCoefficientIsTheLogRatioOfMeans() {
    // Means 2 without the input and 5 with it.
    RidgeRegression.Estimate estimate =
        new RidgeRegression(RidgeRegression.Family.AMOUNT, 1e-9)
            .fit(rows(new double[][] {{0, 0, 50}, {0, 4, 50}, {1, 5, 60}}));
    assertThat(estimate.intercepts()[0]).isCloseTo(Math.log(2), within(1e-3));
    assertThat(estimate.coefficients()[0]).isCloseTo(Math.log(2.5), within(1e-3));
  }

  @Test
  void separatedClassesStayFinite() {
    RidgeRegression.Estimate estimate =
        new RidgeRegression(RidgeRegression.Family.LOGISTIC, 1)
            .fit(rows(new double[][] {{0, 0, 50}, {1, 1, 50}}));
    assertThat(estimate.coefficients()[0]).isBetween(1.0, 20.0);
  }
}
