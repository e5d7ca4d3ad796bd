package io.gradus.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradus.grade.Ruler.Limits;
import io.gradus.grade.Scorecard.Assessment;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScorecardTest {
  private static final Ruler.Scale SCALE =
      new Ruler.Scale(
          Map.of(
              "spend_365d", new Limits(0, 1000, 1, 200),
              "purchases_365d", new Limits(0, 10, 1, 2),
              "growth", new Limits(-.5, .5, 1, 0)),
          Map.of("spend_365d", .3, "purchases_365d", .3, "growth", .4));

  private final Policy policy = Policies.small("score");
  private final Scorecard card = Scorecard.of(policy, SCALE);

  @Test
  void scoresAsByHand() {
    // s = (.5, .8, .6): value 65, potential 60, total .6·65 + .4·60 = 63.
    Assessment a = card.assess(new double[] {500, 8, .1});

    assertThat(a.dimensionScores()[0]).isCloseTo(65, within(1e-6));
    assertThat(a.dimensionScores()[1]).isCloseTo(60, within(1e-6));
    assertThat(a.total()).isCloseTo(63, within(1e-6));
    assertThat(a.coverage()).isCloseTo(1, within(1e-12));
    // The median customer: .3·.2 + .3·.2 + .4·.5 = .32.
    assertThat(a.referenceTotal()).isCloseTo(32, within(1e-6));
    assertThat(a.contribution(0)).isEqualTo(9_000_000);
    assertThat(a.contribution(1)).isEqualTo(18_000_000);
    assertThat(a.contribution(2)).isEqualTo(4_000_000);
  }

  @Test
  void missingValueLeavesItsWeightToItsDimension() {
    Assessment a = card.assess(new double[] {500, Double.NaN, .1});

    assertThat(a.dimensionScores()[0]).isCloseTo(50, within(1e-6));
    assertThat(a.total()).isCloseTo(.6 * 50 + .4 * 60, within(1e-6));
    assertThat(a.coverage()).isCloseTo(.7, within(1e-12));
    assertThat(a.contribution(1)).isZero();
  }

  @Test
  void missingDimensionLeavesItsWeightToTheOthers() {
    Assessment a = card.assess(new double[] {500, 8, Double.NaN});

    assertThat(a.total()).isCloseTo(65, within(1e-6));
    assertThat(a.dimensionScores()[1]).isNaN();
    assertThat(a.coverage()).isCloseTo(.6, within(1e-12));
  }

  @Test
  void nothingKnownIsNoScore() {
    Assessment a = card.assess(new double[] {Double.NaN, Double.NaN, Double.NaN});

    assertThat(a.total()).isNaN();
    assertThat(a.coverage()).isZero();
  }

  @Test
  void contributionsAddUpExactly() {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      double[] values = {
        maybe(random, random.nextDouble() * 2000 - 200),
        maybe(random, random.nextInt(15)),
        maybe(random, random.nextGaussian())
      };
      Assessment a = card.assess(values);
      long sum = 0;
      for (int j = 0; j < values.length; j++) {
        sum += a.contribution(j);
      }
      if (!Double.isNaN(a.total())) {
        assertThat(sum)
            .isEqualTo(Math.round(a.total() * 1e6) - Math.round(a.referenceTotal() * 1e6));
        assertThat(a.total()).isBetween(-1e-5, 100 + 1e-5);
      }
    }
  }

  @Test
  void inverseLeadsBackToTheScore() {
    for (double score = .05; score < 1; score += .05) {
      for (int j = 0; j < card.size(); j++) {
        assertThat(card.score(j, card.value(j, score))).isCloseTo(score, within(1e-12));
      }
    }
  }

  private static double maybe(Random random, double value) {
    return random.nextInt(5) == 0 ? Double.NaN : value;
  }
}
