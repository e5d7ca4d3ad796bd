package io.gradus.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepeatOrdersTest {

  /** The BTYD package's walkthrough: CDNOW, 52 weeks, expectation of a new customer. */
  @Test
  void agreesWithThePublishedExpectationsOfCdnow() {
    Segment bg = segment(0.2426, 4.4136, new Dropout.BetaGeometric(0.7930, 2.4262, false));
    Segment pareto = segment(0.5533, 10.578, new Dropout.Exponential(0.6061, 11.656));
    assertThat(RepeatOrders.expected(bg, 52)).isCloseTo(1.444, within(1e-3));
    assertThat(RepeatOrders.expected(pareto, 52)).isCloseTo(1.473, within(1e-3));
  }

  /** Fader, Hardie and Lee 2005, equation 9: the closed form by its hypergeometric series. */
  @ParameterizedTest
  @CsvSource({"0.243, 4.414, 0.793, 2.426, 39", "1.2, 24, 0.6, 6, 365", "0.6, 40, 2, 2.5, 90"})
  void betaGeometricAgreesWithItsHypergeometricForm(
      double r, double alpha, double a, double b, double t) {
    double z = t / (alpha + t);
    double power = Math.pow(alpha / (alpha + t), r);
    double closed = (a + b - 1) / (a - 1) * (1 - power * series(r, b, a + b - 1, z));
    Segment segment = segment(r, alpha, new Dropout.BetaGeometric(a, b, false));
    assertThat(RepeatOrders.expected(segment, t)).isCloseTo(closed, within(1e-8 * closed));
  }

  /** Batislam, Denizel and Filiztekin 2007, the expectation with drop-out after the first order. */
  @ParameterizedTest
  @CsvSource({"0.525, 6.183, 0.891, 1.614, 39", "1.2, 24, 0.6, 6, 365"})
  void modifiedBetaGeometricAgreesWithItsHypergeometricForm(
      double r, double alpha, double a, double b, double t) {
    double z = t / (alpha + t);
    double power = Math.pow(alpha / (alpha + t), r);
    double closed = b / (a - 1) * (1 - power * series(r, b + 1, a + b, z));
    Segment segment = segment(r, alpha, new Dropout.BetaGeometric(a, b, true));
    assertThat(RepeatOrders.expected(segment, t)).isCloseTo(closed, within(1e-8 * closed));
  }

  @Test
  void exponentialIsContinuousAtShapeOne() {
    Segment at = segment(0.9, 45, new Dropout.Exponential(1, 500));
    Segment near = segment(0.9, 45, new Dropout.Exponential(1 + 1e-6, 500));
    assertThat(RepeatOrders.expected(at, 365))
        .isCloseTo(RepeatOrders.expected(near, 365), within(1e-5));
  }

  @Test
  void withoutDropoutOrdersGrowWithTime() {
    assertThat(segment(0.6, 40, new Dropout.None()).expectedOrders(400)).isEqualTo(7);
  }

  static Segment segment(double r, double alpha, Dropout dropout) {
    Spend spend = new Spend(6.25, 3.74, 15.44);
    return new Segment("only", CustomerType.B2C, 1, r, alpha, dropout, spend, 2, 0);
  }

  private static double series(double a, double b, double c, double z) {
    double term = 1;
    double sum = 1;
    for (int k = 0; Math.abs(term) > 1e-17 * Math.abs(sum); k++) {
      term *= (a + k) * (b + k) / ((c + k) * (k + 1)) * z;
      sum += term;
    }
    return sum;
  }
}
