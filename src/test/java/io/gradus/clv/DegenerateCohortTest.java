package io.gradus.clv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Cohorts with too little to tell still give finite models and say what is wrong with them. */
class DegenerateCohortTest {
  private static final List<PurchaseModelKind> KINDS =
      List.of(PurchaseModelKind.BG_NBD, PurchaseModelKind.MBG_NBD, PurchaseModelKind.PARETO_NBD);

  static Stream<Arguments> cohorts() {
    List<History> clockwork = new ArrayList<>();
    List<History> poisson = new ArrayList<>();
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      clockwork.add(new History(20, 700, 705 + i % 20));
      int x = 10 + (int) Math.round(random.nextGaussian() * 3);
      poisson.add(new History(x, 340 + random.nextInt(20), 365));
    }
    return Stream.of(
        Arguments.of("one customer", List.of(new History(3, 50, 80))),
        Arguments.of("one customer, one purchase", List.of(new History(0, 0, 80))),
        Arguments.of("first day", List.of(new History(0, 0, 0), new History(0, 0, 0))),
        Arguments.of("all equal", List.of(new History(2, 30, 60), new History(2, 30, 60))),
        Arguments.of("nobody ever leaves", clockwork),
        Arguments.of("equal rates", poisson),
        Arguments.of(
            "twenty thousand purchases",
            List.of(new History(20_000, 30_000, 30_010), new History(0, 0, 30_000))),
        Arguments.of("bought to the end", List.of(new History(5, 90, 90), new History(1, 90, 90))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cohorts")
  void everyModelStaysFinite(String name, List<History> histories) {
    PurchaseGroups groups = PurchaseGroups.of(histories);
    for (PurchaseModelKind kind : KINDS) {
      PurchaseModelKind.Fitted fitted = kind.fitOrFallBack(groups);
      assertThat(fitted.report().reason()).isNotBlank();
      assertThat(fitted.report().logLikelihood()).isFinite();
      CustomerValuation valuation =
          new CustomerValuation(
              fitted.process(), new GammaGammaSpend(6, 4, 15), new AnnualRate(0.1));
      for (History history : histories) {
        assertFinite(valuation.value(history, history.frequency() + 1, 20, 1));
      }
    }
  }

  static void assertFinite(CustomerValue value) {
    assertThat(value.probabilityAlive()).isBetween(0.0, 1.0);
    for (double number :
        new double[] {
          value.expectedPurchases(),
          value.expectedAverageValue(),
          value.clv12(),
          value.clv36(),
          value.clv12Undiscounted(),
          value.clv12Low(),
          value.clv12High(),
          value.residual(),
          value.variance12()
        }) {
      assertThat(number).isFinite().isNotNegative();
    }
  }
}
