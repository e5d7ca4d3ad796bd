package io.gradus.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuadratureTest {
  @ParameterizedTest
  @ValueSource(ints = {2, 5, 16, 32})
  void gaussLegendreIsExactForPolynomialsOfDegreeTwiceNMinusOne(int n) {
    GaussLegendre rule = GaussLegendre.of(n);
    for (int degree = 0; degree < 2 * n; degree++) {
      double sum = 0;
      for (int i = 0; i < rule.size(); i++) {
        sum += rule.weight(i) * Math.pow(rule.node(i), degree);
      }
      assertThat(sum).isCloseTo(1.0 / (degree + 1), within(1e-14));
    }
  }

  @ParameterizedTest
  @CsvSource({"0.05, 2", "0.24, 40", "0.6, 11", "1, 1", "7.5, 0.3", "300, 200", "20000, 1000"})
  void gammaMomentsAndLaplaceTransform(double shape, double rate) {
    Expectation gamma = Expectation.gamma(shape, rate);
    double mean = shape / rate;
    assertThat(expect(gamma, x -> 1)).isCloseTo(1, within(1e-10));
    assertThat(expect(gamma, x -> x) / mean).isCloseTo(1, within(1e-10));
    assertThat(expect(gamma, x -> x * x) / (mean * mean))
        .isCloseTo(1 + 1 / shape, within(1e-10 * (1 + 1 / shape)));
    double s = 1 / mean;
    assertThat(expect(gamma, x -> Math.exp(-s * x)))
        .isCloseTo(Math.pow(rate / (rate + s), shape), within(1e-10));
  }

  @ParameterizedTest
  @CsvSource({"0.01, 3", "0.3, 0.2", "0.79, 2.4", "1, 1", "5, 0.05", "30, 4000", "9000, 20"})
  void betaMoments(double a, double b) {
    Expectation beta = Expectation.beta(a, b);
    assertThat(expect(beta, p -> 1)).isCloseTo(1, within(1e-10));
    assertThat(expect(beta, p -> p)).isCloseTo(a / (a + b), within(1e-10 * a / (a + b)));
    double second = a * (a + 1) / ((a + b) * (a + b + 1));
    assertThat(expect(beta, p -> p * p)).isCloseTo(second, within(1e-10 * second));
  }

  private static double expect(Expectation rule, java.util.function.DoubleUnaryOperator g) {
    double sum = 0;
    for (int i = 0; i < rule.size(); i++) {
      sum += rule.weight(i) * g.applyAsDouble(rule.point(i));
    }
    return sum;
  }

  @Test
  void hypergeometricSeriesOfElementaryFunctions() {
    for (double z = 0; z < 0.99; z += 0.07) {
      assertThat(Hypergeometric.series(2.5, 1.3, 1.3, z))
          .isCloseTo(Math.pow(1 - z, -2.5), within(1e-12 * Math.pow(1 - z, -2.5)));
      assertThat(z * Hypergeometric.series(1, 1, 2, z)).isCloseTo(-Math.log1p(-z), within(1e-13));
    }
    assertThat(Hypergeometric.reducedSeries(3, 0, 3, 0.4))
        .isCloseTo(-Math.log1p(-0.4), within(1e-14));
  }

  @Test
  void normalQuantilesOfTheTables() {
    assertThat(Normal.quantile(0.975)).isCloseTo(1.959963984540054, within(1e-8));
    assertThat(Normal.quantile(0.5)).isCloseTo(0, within(1e-9));
    assertThat(Normal.quantile(0.001)).isCloseTo(-3.090232306167813, within(1e-8));
    assertThat(Normal.quantile(0.999)).isCloseTo(3.090232306167813, within(1e-8));
  }
}
