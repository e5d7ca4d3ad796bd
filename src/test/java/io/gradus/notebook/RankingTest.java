package io.gradus.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradus.evaluate.Interval;
import org.junit.jupiter.api.Test;

class RankingTest {
  private static final double[] VALUE = {50, 30, 10, 10, 0};

  @Test
  void thePerfectOrderCapturesTheMost() {
    Ranking perfect = new Ranking("perfect", VALUE, VALUE);
    assertThat(perfect.gini()).isCloseTo(1, within(1e-12));
    assertThat(perfect.capture(0.2)).isCloseTo(0.5, within(1e-12));
    assertThat(perfect.capture(0.4)).isCloseTo(0.8, within(1e-12));
  }

  @Test
  void theGainIsTheDifferenceOfTheShares() {
    Ranking perfect = new Ranking("perfect", VALUE, VALUE);
    Ranking reverse = new Ranking("reverse", new double[] {1, 2, 3, 4, 5}, VALUE);
    Ranking tied = new Ranking("tied", new double[5], VALUE);
    Interval gain = perfect.gainOver(reverse, 0.4);
    assertThat(gain.value()).isCloseTo(0.8 - 0.1, within(1e-12));
    assertThat(perfect.gainOver(tied, 0.4).value()).isCloseTo(0.8 - 0.4, within(1e-12));
    assertThat(perfect.gainOver(perfect, 0.4)).isEqualTo(new Interval(0, 0, 0));
    assertThat(Ranking.gains("g", perfect, tied).toString()).contains("perfect", "at random");
    assertThat(Ranking.lift("l", perfect).toString()).startsWith("<svg");
  }
}
