package io.gradus.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradus.simulate.Draws.Purpose;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sample moments against the closed forms of each distribution, within four standard errors. */
class DrawsTest {
  private static final int N = 200_000;

  @ParameterizedTest
  @CsvSource({"0.243, 4.414", "0.9, 1", "1, 2", "3.74, 15.44", "40, 0.5"})
  void gammaHasItsMeanAndVariance(double shape, double rate) {
    Moments moments = sample(draws -> draws.gamma(shape, rate));
    assertThat(moments.mean).isCloseTo(shape / rate, within(4 * moments.error()));
    double kurtosis = 3 + 6 / shape;
    double varianceError = shape / (rate * rate) * Math.sqrt((kurtosis - 1) / N);
    assertThat(moments.variance).isCloseTo(shape / (rate * rate), within(4 * varianceError));
  }

  @ParameterizedTest
  @CsvSource({"0.793, 2.426", "0.6, 6", "5, 1"})
  void betaHasItsMeanAndVariance(double a, double b) {
    Moments moments = sample(draws -> draws.beta(a, b));
    assertThat(moments.mean).isCloseTo(a / (a + b), within(4 * moments.error()));
    double variance = a * b / ((a + b) * (a + b) * (a + b + 1));
    assertThat(moments.variance).isCloseTo(variance, within(0.02 * variance));
  }

  @ParameterizedTest
  @CsvSource({"0.2", "1.5", "12"})
  void poissonHasEqualMeanAndVariance(double mean) {
    Moments moments = sample(draws -> draws.poisson(mean));
    assertThat(moments.mean).isCloseTo(mean, within(4 * moments.error()));
    assertThat(moments.variance).isCloseTo(mean, within(0.02 * mean));
  }

  @Test
  void exponentialHasMeanOne() {
    Moments moments = sample(Draws::exponential);
    assertThat(moments.mean).isCloseTo(1, within(4 * moments.error()));
    assertThat(moments.variance).isCloseTo(1, within(0.03));
  }

  @Test
  void streamsOfNeighboursAreUncorrelated() {
    double sum = 0;
    for (int i = 0; i < N; i++) {
      double here = Draws.of(7, i, Purpose.ORDER, 0).uniform() - 0.5;
      double next = Draws.of(7, i + 1, Purpose.ORDER, 0).uniform() - 0.5;
      double later = Draws.of(7, i, Purpose.ORDER, 1).uniform() - 0.5;
      double other = Draws.of(8, i, Purpose.ORDER, 0).uniform() - 0.5;
      sum += here * (next + later + other);
    }
    assertThat(sum / N).isCloseTo(0, within(4 * Math.sqrt(3) / 12 / Math.sqrt(N)));
  }

  private static Moments sample(ToDoubleFunction<Draws> draw) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < N; i++) {
      double value = draw.applyAsDouble(Draws.of(20_250_101, i, Purpose.PROFILE, 0));
      sum += value;
      squares += value * value;
    }
    double mean = sum / N;
    return new Moments(mean, squares / N - mean * mean);
  }

  private record Moments(double mean, double variance) {
    double error() {
      return Math.sqrt(variance / N);
    }
  }
}
