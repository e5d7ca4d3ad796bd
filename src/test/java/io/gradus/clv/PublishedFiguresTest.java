package io.gradus.clv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/**
 * Figures that the models' authors published for CDNOW, at the parameters and the precision they
 * published. The first customer of the sample bought twice more, last after 30.43 of 38.86 weeks.
 */
class PublishedFiguresTest {
  private static final History FIRST = new History(2, 213, 272);

  /** Fader, Hardie and Lee 2005, "Counting Your Customers" the Easy Way, and its spreadsheet. */
  @Test
  void expectedPurchasesOfTheFirstCustomerInBgNbd() {
    PurchaseProcess process = new BetaGeometricProcess(1, false, 0.243, 4.414, 0.793, 2.426);
    assertThat(process.expectedPurchases(FIRST, Horizon.ofWeeks(39)))
        .isCloseTo(1.226, within(5e-4));
  }

  /** Fader and Hardie 2005, A note on implementing the Pareto/NBD model. */
  @Test
  void expectedPurchasesOfTheFirstCustomerInParetoNbd() {
    PurchaseProcess process = new ParetoProcess(0.553, 10.578, 0.606, 11.669);
    assertThat(process.expectedPurchases(FIRST, Horizon.ofWeeks(39)))
        .isCloseTo(1.455, within(1e-3));
    assertThat(process.probabilityAlive(FIRST)).isCloseTo(0.869, within(5e-4));
  }

  /** Fader and Hardie 2013, The Gamma-Gamma Model of Monetary Value. */
  @Test
  void expectedSpendOfTheFirstCustomersInGammaGamma() {
    GammaGammaSpend spend = new GammaGammaSpend(6.25, 3.74, 15.44);
    assertThat(spend.expectedValue(2, 22.35)).isCloseTo(24.66, within(0.01));
    assertThat(spend.expectedValue(1, 11.77)).isCloseTo(18.91, within(0.01));
    assertThat(spend.populationMean()).isCloseTo(35.2, within(0.05));
  }
}
