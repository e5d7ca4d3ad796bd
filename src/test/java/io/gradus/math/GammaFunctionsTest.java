package io.gradus.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.special.Gamma;
import org.junit.jupiter.api.Test;

class GammaFunctionsTest {
  private static final double EULER = 0.577215664901532860606512;

  @Test
  void logGammaOfIntegersIsTheLogFactorial() {
    double logFactorial = 0;
    for (int n = 1; n <= 170; n++) {
      assertThat(GammaFunctions.logGamma(n))
          .isCloseTo(logFactorial, within(1e-14 * Math.max(1, logFactorial)));
      logFactorial += Math.log(n);
    }
  }

  @Test
  void specialValuesOfTheThreeFunctions() {
    assertThat(GammaFunctions.logGamma(0.5)).isCloseTo(0.5 * Math.log(Math.PI), within(1e-14));
    assertThat(GammaFunctions.digamma(1)).isCloseTo(-EULER, within(1e-14));
    assertThat(GammaFunctions.digamma(0.5)).isCloseTo(-EULER - 2 * Math.log(2), within(1e-14));
    assertThat(GammaFunctions.trigamma(1)).isCloseTo(Math.PI * Math.PI / 6, within(1e-14));
    assertThat(GammaFunctions.trigamma(0.5)).isCloseTo(Math.PI * Math.PI / 2, within(1e-13));
  }

  @Test
  void agreesWithAnotherImplementationOverNineOrdersOfMagnitude() {
    for (double x = 1e-4; x < 1e5; x *= 1.37) {
      double expected = Gamma.logGamma(x);
      assertThat(GammaFunctions.logGamma(x))
          .as("logGamma(%s)", x)
          .isCloseTo(expected, within(2e-13 * Math.max(1, Math.abs(expected))));
      assertThat(GammaFunctions.digamma(x))
          .as("digamma(%s)", x)
          .isCloseTo(Gamma.digamma(x), within(1e-8 * Math.max(1, 1 / x)));
    }
  }

  @Test
  void derivativesFollowFromTheRecurrences() {
    for (double x = 0.01; x < 1000; x *= 1.7) {
      assertThat(GammaFunctions.digamma(x + 1) - GammaFunctions.digamma(x))
          .isCloseTo(1 / x, within(1e-13 * Math.max(1, 1 / x)));
      assertThat(GammaFunctions.trigamma(x) - GammaFunctions.trigamma(x + 1))
          .isCloseTo(1 / (x * x), within(1e-13 * Math.max(1, 1 / (x * x))));
    }
  }

  @Test
  void argumentsOutsideTheDomainGiveNaN() {
    assertThat(GammaFunctions.logGamma(0)).isNaN();
    assertThat(GammaFunctions.digamma(-1)).isNaN();
    assertThat(GammaFunctions.trigamma(Double.NaN)).isNaN();
  }
}
