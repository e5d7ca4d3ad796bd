package io.gradus.clv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ForecastAccuracyTest {
  @Test
  void perfectForecast() {
    double[] actual = {0, 0, 3, 1, 7, 0, 2, 0, 0, 12};
    ForecastAccuracy accuracy = ForecastAccuracy.of(actual, actual);
    assertThat(accuracy.mae()).isZero();
    assertThat(accuracy.deviance()).isZero();
    assertThat(accuracy.bias()).isZero();
    assertThat(accuracy.gini()).isEqualTo(1);
    assertThat(accuracy.spearman()).isCloseTo(1, within(1e-15));
    assertThat(accuracy.topDecileCapture()).isCloseTo(12 / 25.0, within(1e-15));
  }

  @Test
  void constantForecastHasNoOrder() {
    ForecastAccuracy accuracy =
        ForecastAccuracy.of(new double[] {1, 1, 1, 1}, new double[] {0, 4, 2, 0});
    assertThat(accuracy.mae()).isEqualTo(1.5);
    double logs = 4 * Math.log(4) + 2 * Math.log(2);
    assertThat(accuracy.deviance()).isCloseTo(2 * (logs - 2) / 4, within(1e-15));
    assertThat(accuracy.rmse()).isCloseTo(Math.sqrt(3), within(1e-15));
    assertThat(accuracy.bias()).isCloseTo(-1 / 3.0, within(1e-15));
    assertThat(accuracy.gini()).isCloseTo(0, within(1e-15));
    assertThat(accuracy.spearman()).isZero();
    assertThat(accuracy.topDecileCapture()).isEqualTo(0.25);
  }

  @Test
  void reversedForecast() {
    ForecastAccuracy accuracy =
        ForecastAccuracy.of(new double[] {4, 3, 2, 1}, new double[] {1, 2, 3, 4});
    assertThat(accuracy.gini()).isCloseTo(-1, within(1e-15));
    assertThat(accuracy.spearman()).isCloseTo(-1, within(1e-15));
  }

  @Test
  void equalForecastsShareTheLastPlaces() {
    double[] forecast = {5, 3, 3, 3, 1, 1, 1, 1, 1, 1, 1};
    double[] actual = {1, 6, 0, 0, 0, 0, 0, 0, 0, 0, 3};
    assertThat(ForecastAccuracy.of(forecast, actual).topDecileCapture())
        .isCloseTo((1 + 6 / 3.0) / 10, within(1e-15));
  }

  @Test
  void nothingToJudge() {
    assertThat(ForecastAccuracy.of(new double[] {1}, new double[] {0}).bias()).isNaN();
    assertThatThrownBy(() -> ForecastAccuracy.of(new double[0], new double[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
