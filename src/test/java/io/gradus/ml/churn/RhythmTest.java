package io.gradus.ml.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class RhythmTest {
  private static CustomerState customer(int frequency, int daysSinceLast, double gap, double sd) {
    double log = frequency > 0 ? Math.log(gap) : Double.NaN;
    double deviation = frequency > 1 ? sd : Double.NaN;
    int recency = (int) (frequency * gap);
    return new CustomerState(
        frequency,
        recency,
        recency + daysSinceLast,
        daysSinceLast,
        0,
        0,
        0,
        0,
        0,
        0,
        10,
        10,
        10,
        Double.NaN,
        deviation,
        log,
        deviation,
        1,
        0);
  }

  @Test
  void shrinksTheOwnMeanByFiveGapsOfEverybodys() {
    Rhythm rhythm = new Rhythm(Math.log(40), 0.5);
    // Five own gaps of 10 days and five of 40: the geometric mean of both, 20.
    assertThat(Math.exp(rhythm.logMean(customer(5, 0, 10, 0.5)))).isCloseTo(20, within(1e-9));
    assertThat(Math.exp(rhythm.logMean(customer(0, 0, 1, 0)))).isCloseTo(40, within(1e-9));
  }

  @Test
  void overdueIsMeasuredAgainstTheEightiethPercentile() {
    Rhythm rhythm = new Rhythm(Math.log(40), 0.5);
    // z(.80) = 0.8416212, z(.95) = 1.6448536.
    double overdueAfter = 40 * Math.exp(0.8416212 * 0.5);
    assertThat(rhythm.overdueRatio(customer(0, 61, 1, 0)))
        .isCloseTo(61 / overdueAfter, within(1e-6));
    double lapsedAfter = 40 * Math.exp(1.6448536 * 0.5);
    assertThat(rhythm.lapsed(customer(0, (int) lapsedAfter, 1, 0))).isFalse();
    assertThat(rhythm.lapsed(customer(0, (int) lapsedAfter + 1, 1, 0))).isTrue();
  }

  @Test
  void expectsTheMedianOfTheGapsStillPossible() {
    Rhythm rhythm = new Rhythm(Math.log(40), 0.5);
    assertThat(rhythm.daysToNext(customer(0, 0, 1, 0))).isEqualTo(40);
    // Having waited the median already, half of the rest is the 75 % quantile, z = 0.6744898.
    assertThat(rhythm.daysToNext(customer(0, 40, 1, 0)))
        .isEqualTo((int) Math.round(40 * Math.exp(0.6744898 * 0.5)));
    assertThat(rhythm.daysToNext(customer(0, 700, 1, 0))).isGreaterThan(700);
  }

  @Test
  void poolsAllGaps() {
    Rhythm rhythm = Rhythm.of(List.of(customer(1, 0, 10, 0), customer(3, 0, 100, 0.4)));
    assertThat(rhythm.logMean()).isCloseTo((Math.log(10) + 3 * Math.log(100)) / 4, within(1e-12));
    assertThat(rhythm.logDeviation()).isCloseTo(0.4, within(1e-12));
    assertThat(Math.exp(Rhythm.of(List.of()).logMean())).isCloseTo(60, within(1e-9));
  }

  @Test
  void gapsBeyondTheCalendarDoNotCount() {
    // Two repeat purchases of which the features saw one gap: it has a mean and no deviation.
    CustomerState seen = customer(1, 10, 30, 0);
    assertThat(seen.gaps()).isEqualTo(1);
    assertThat(customer(0, 10, 1, 0).gaps()).isZero();
    CustomerState cut =
        new CustomerState(
            2, 900, 910, 10, 1, 1, 1, 1, 1, 1, 10, 10, 10, 10, Double.NaN, 3.4, Double.NaN, 1, 0);
    assertThat(cut.gaps()).isEqualTo(1);
    for (double input : ChurnFeatures.of(cut, 0.5, new Rhythm(3, 1))) {
      assertThat(input).isFinite();
    }
  }
}
