package io.gradus.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Values from the documentation of scikit-learn and SciPy where it prints any, else closed forms.
 */
class MetricsTest {
  private static final boolean[] LABELS = {false, false, true, true};
  private static final double[] SCORES = {0.1, 0.4, 0.35, 0.8};

  @Test
  void agreesWithScikitLearnsExamples() {
    // sklearn.metrics: roc_auc_score, average_precision_score, brier_score_loss, log_loss
    assertThat(Metrics.rocAuc(LABELS, SCORES)).isEqualTo(0.75);
    assertThat(Metrics.averagePrecision(LABELS, SCORES)).isCloseTo(0.8333, within(1e-4));
    assertThat(
            Metrics.brier(
                new boolean[] {false, true, true, false}, new double[] {0.1, 0.9, 0.8, 0.3}))
        .isCloseTo(0.0375, within(1e-12));
    assertThat(
            Metrics.logLoss(
                new boolean[] {true, false, false, true}, new double[] {0.9, 0.1, 0.2, 0.65}))
        .isCloseTo(0.21616, within(1e-5));
  }

  @Test
  void agreesWithSciPysSpearmanExample() {
    double[] a = {1, 2, 3, 4, 5};
    double[] b = {5, 6, 7, 8, 7};
    assertThat(Metrics.spearman(a, b)).isCloseTo(0.8207826816681233, within(1e-12));
  }

  @Test
  void averagesTies() {
    boolean[] labels = {true, false, true, false};
    double[] same = {0.3, 0.3, 0.3, 0.3};
    assertThat(Metrics.rocAuc(labels, same)).isEqualTo(0.5);
    assertThat(Metrics.averagePrecision(labels, same)).isEqualTo(0.5);
    assertThat(Metrics.captureAt(new double[] {4, 0, 0, 0}, same, 0.25)).isEqualTo(0.25);
    assertThat(Metrics.normalisedGini(new double[] {1, 2, 3, 4}, same)).isZero();
  }

  @Test
  void giniIsOneForThePerfectOrderAndMinusOneForTheReverse() {
    double[] value = {0, 1, 5, 20};
    double[] reversed = {20, 5, 1, 0};
    assertThat(Metrics.normalisedGini(value, value)).isEqualTo(1);
    assertThat(Metrics.normalisedGini(value, reversed)).isCloseTo(-1, within(1e-12));
  }

  @Test
  void calibrationErrorIsTheWeightedGapOfEqualCountBins() {
    // Two bins of two: |(0 + 1)/2 − 0.2| = 0.3 and |(1 + 1)/2 − 0.8| = 0.2.
    boolean[] labels = {false, true, true, true};
    double[] probabilities = {0.2, 0.2, 0.8, 0.8};
    assertThat(Metrics.calibrationError(labels, probabilities, 2)).isCloseTo(0.25, within(1e-12));
    assertThat(Metrics.calibrationError(labels, probabilities, 10)).isCloseTo(0.35, within(1e-12));
  }

  @Test
  void liftComparesTheTopWithTheAverage() {
    boolean[] labels = {true, true, false, false, false, false, false, false, false, false};
    double[] scores = {10, 9, 8, 7, 6, 5, 4, 3, 2, 1};
    assertThat(Metrics.recallAt(labels, scores, 0.1)).isEqualTo(0.5);
    assertThat(Metrics.liftAt(labels, scores, 0.1)).isEqualTo(5);
  }

  @Test
  void figuresThatTheDataDoNotDefineAreNotNumbers() {
    boolean[] none = {false, false};
    assertThat(Metrics.rocAuc(none, new double[] {0.1, 0.2})).isNaN();
    assertThat(Metrics.averagePrecision(none, new double[] {0.1, 0.2})).isNaN();
    assertThat(Metrics.normalisedGini(new double[] {0, 0}, new double[] {1, 2})).isNaN();
  }

  @Test
  void pairedBootstrapTellsARealDifferenceFromNoise() {
    double[] worse = new double[400];
    double[] better = new double[400];
    double[] noisy = new double[400];
    for (int i = 0; i < 400; i++) {
      better[i] = (i * 37 % 100) / 100.0;
      worse[i] = better[i] + 0.1;
      noisy[i] = better[i] + (i % 2 == 0 ? 1 : -1);
    }
    Interval real = PairedBootstrap.meanDifference(worse, better);
    assertThat(real.value()).isCloseTo(0.1, within(1e-9));
    assertThat(real.lower()).isPositive();
    Interval noise = PairedBootstrap.meanDifference(noisy, better);
    // The standard error of a mean of 400 values of ±1 is 0.05.
    assertThat(noise.lower()).isCloseTo(-0.098, within(0.015));
    assertThat(noise.upper()).isCloseTo(0.098, within(0.015));
    assertThatThrownBy(() -> PairedBootstrap.meanDifference(worse, new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("400 and 3");
  }

  @Test
  void cutOffsAreThoseOfTheProtocol() {
    // EVALUATION protocol: CDNOW, 1997-01-01 to 1998-06-30, and Online Retail up to 2011-08-31.
    assertThat(
            RollingOrigins.of(LocalDate.parse("1997-01-01"), LocalDate.parse("1998-06-30"), 90, 4))
        .isEqualTo(dates("1997-07-05", "1997-10-03", "1998-01-01", "1998-04-01"));
    assertThat(
            RollingOrigins.of(LocalDate.parse("2010-12-01"), LocalDate.parse("2011-08-31"), 90, 4))
        .isEqualTo(dates("2011-03-04", "2011-06-02"));
    assertThat(
            RollingOrigins.of(LocalDate.parse("2011-01-01"), LocalDate.parse("2011-05-01"), 90, 4))
        .isEmpty();
  }

  private static List<LocalDate> dates(String... dates) {
    return Arrays.stream(dates).map(LocalDate::parse).toList();
  }
}
