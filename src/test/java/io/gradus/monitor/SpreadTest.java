package io.gradus.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SpreadTest {
  private static final double EXACT = 1e-12;

  private static Spread of(boolean exact, long... cents) {
    Spread spread = new Spread(exact);
    for (long value : cents) {
      spread.add(value, 0, 0);
    }
    return spread;
  }

  /** Revenue 10, 20, 30, 40: HHI = .01 + .04 + .09 + .16; Gini = 2·300/(4·100) − 5/4. */
  @Test
  void fourCustomersByHand() {
    Spread spread = of(true, 4000, 1000, 3000, 2000);
    assertThat(spread.hhi()).isCloseTo(0.30, within(EXACT));
    assertThat(spread.gini()).isCloseTo(0.25, within(EXACT));
    assertThat(spread.share(1)).isCloseTo(0.4, within(EXACT));
    assertThat(spread.share(5)).isCloseTo(1.0, within(EXACT));
    assertThat(spread.largest(3)).isEqualTo(9000);
    assertThat(spread.above(0.1)).isEqualTo(3);
    assertThat(spread.lorenz(4)).containsExactly(new double[] {0, .1, .3, .6, 1}, within(EXACT));
    assertThat(spread.lorenz(2)).containsExactly(new double[] {0, .3, 1}, within(EXACT));
  }

  @Test
  void equalCustomersAreNotConcentrated() {
    Spread spread = of(true, 500, 500, 500, 500, 500);
    assertThat(spread.gini()).isCloseTo(0, within(EXACT));
    assertThat(1 / spread.hhi()).isCloseTo(5, within(EXACT));
  }

  @Test
  void onlyRevenueHoldsShares() {
    Spread spread = of(true, 700, 0, -300);
    spread.add(300, 900, 0.5);
    assertThat(spread.units()).isEqualTo(2);
    assertThat(spread.cents()).isEqualTo(1000);
    assertThat(spread.centsBefore()).isEqualTo(900);
    assertThat(spread.expectedLoss()).isEqualTo(150);
    assertThat(spread.shareBefore(5)).isEqualTo(1);
  }

  /** Merged parts are the whole, and coarser counting moves the Gini coefficient by < 0.0001. */
  @Test
  void partsMergeAndCoarserCountsHardlyMatter() {
    Random random = new Random(4);
    Spread whole = new Spread(true);
    Spread left = new Spread(false);
    Spread right = new Spread(false);
    for (int i = 0; i < 20_000; i++) {
      long cents = Math.round(Math.exp(9 + 1.5 * random.nextGaussian()));
      whole.add(cents, cents / 2, 0.1);
      (i % 3 == 0 ? left : right).add(cents, cents / 2, 0.1);
    }
    left.merge(right);
    assertThat(left.cents()).isEqualTo(whole.cents());
    assertThat(left.largest(20)).isEqualTo(whole.largest(20));
    assertThat(left.hhi()).isCloseTo(whole.hhi(), within(EXACT));
    assertThat(left.gini()).isCloseTo(whole.gini(), within(1e-4));
    // A lognormal's Gini coefficient is 2 Φ(σ/√2) − 1: 0.7112 for σ = 1.5.
    assertThat(whole.gini()).isCloseTo(0.7112, within(0.02));
  }
}
