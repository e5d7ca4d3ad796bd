package io.gradus.clv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What holds for every model, parameter and customer. */
class PurchasePropertiesTest {
  @Provide
  Arbitrary<PurchaseProcess> processes() {
    Arbitrary<Double> shape = Arbitraries.doubles().between(-3, 3).map(Math::exp);
    Arbitrary<Double> nearOne =
        Arbitraries.oneOf(shape, Arbitraries.of(1.0, 1 + 1e-9, 1 - 1e-9, 0.999, 2.0));
    Arbitrary<Double> scale = Arbitraries.doubles().between(-1, 5).map(Math::exp);
    Arbitrary<PurchaseProcess> betaGeometric =
        Combinators.combine(
                Arbitraries.integers().between(1, 4),
                Arbitraries.of(true, false),
                shape,
                scale,
                nearOne,
                shape)
            .as(BetaGeometricProcess::new);
    Arbitrary<PurchaseProcess> pareto =
        Combinators.combine(shape, scale, nearOne, scale).as(ParetoProcess::new);
    return Arbitraries.oneOf(betaGeometric, pareto);
  }

  @Provide
  Arbitrary<History> histories() {
    Arbitrary<Integer> frequency =
        Arbitraries.frequencyOf(
            Tuple.of(8, Arbitraries.integers().between(0, 60)),
            Tuple.of(1, Arbitraries.integers().between(60, 20_000)));
    return Combinators.combine(
            frequency,
            Arbitraries.doubles().between(0, 1),
            Arbitraries.integers().between(0, 4_000))
        .as(
            (x, share, days) -> {
              int age = Math.max(days, x / 3);
              return new History(x, x == 0 ? 0 : (int) Math.round(share * age), age);
            });
  }

  @Property(tries = 400)
  void everythingIsFiniteAndInRange(
      @ForAll("processes") PurchaseProcess process, @ForAll("histories") History history) {
    CustomerValuation valuation =
        new CustomerValuation(process, new GammaGammaSpend(6.2, 3.7, 15), new AnnualRate(0.1));
    DegenerateCohortTest.assertFinite(valuation.value(history, history.frequency() + 1, 35, 0.5));
    assertThat(process.logLikelihood(history)).isFinite();
    double shorter = process.probabilityOfNoPurchase(history, Horizon.ofDays(30));
    double longer = process.probabilityOfNoPurchase(history, Horizon.ofDays(90));
    assertThat(longer).isBetween(0.0, Math.min(1, shorter + 1e-9));
    assertThat(process.expectedPurchases(history, Horizon.ofDays(90)))
        .isGreaterThanOrEqualTo(process.expectedPurchases(history, Horizon.ofDays(30)))
        .isGreaterThanOrEqualTo((1 - longer) * (1 - 1e-7) - 1e-9);
  }

  @Property(tries = 200)
  void aliveAndExpectationRiseWithRecency(
      @ForAll("processes") PurchaseProcess process, @ForAll("histories") History history) {
    int gap = history.ageDays() - history.recencyDays();
    if (history.frequency() == 0 || gap == 0 || process.phases() > 1) {
      return;
    }
    History later =
        new History(history.frequency(), history.recencyDays() + (gap + 1) / 2, history.ageDays());
    assertThat(process.probabilityAlive(later))
        .isGreaterThanOrEqualTo(process.probabilityAlive(history) - 1e-10);
    Horizon horizon = Horizon.ofDays(90);
    assertThat(process.expectedPurchases(later, horizon))
        .isGreaterThanOrEqualTo(process.expectedPurchases(history, horizon) * (1 - 1e-9));
  }

  @Property(tries = 200)
  void theUnitOfTimeDoesNotMatter(
      @ForAll("processes") PurchaseProcess process, @ForAll("histories") History history) {
    double[] p = process.parameters().clone();
    p[1] *= 3;
    if (process instanceof ParetoProcess) {
      p[3] *= 3;
    }
    PurchaseProcess slower =
        PurchaseModelKind.of(process.name()).withParameters(process.phases(), p);
    History stretched =
        new History(history.frequency(), 3 * history.recencyDays(), 3 * history.ageDays());
    double alive = process.probabilityAlive(history);
    assertThat(slower.probabilityAlive(stretched)).isCloseTo(alive, within(1e-9));
    double expected = process.expectedPurchases(history, Horizon.ofDays(50));
    assertThat(slower.expectedPurchases(stretched, Horizon.ofDays(150)))
        .isCloseTo(expected, within(1e-8 * (1e-3 + expected)));
  }

  @Property(tries = 200)
  void theUnitOfMoneyDoesNotMatter(@ForAll("histories") History history) {
    PurchaseProcess process = new ParetoProcess(0.6, 10, 0.6, 12);
    AnnualRate rate = new AnnualRate(0.1);
    CustomerValue value =
        new CustomerValuation(process, new GammaGammaSpend(6.2, 3.7, 15), rate)
            .value(history, 2, 40, 1);
    CustomerValue cents =
        new CustomerValuation(process, new GammaGammaSpend(6.2, 3.7, 1500), rate)
            .value(history, 2, 4000, 1);
    // The value of a customer who is surely gone is a subnormal number with few digits left to
    // compare.
    assertThat(cents.clv12())
        .isCloseTo(100 * value.clv12(), within(Double.MIN_NORMAL + 1e-9 * cents.clv12()));
    assertThat(cents.clv12High())
        .isCloseTo(100 * value.clv12High(), within(Double.MIN_NORMAL + 1e-9 * cents.clv12High()));
  }

  @Property(tries = 100)
  void noPurchaseIsTheRatioOfLikelihoods(
      @ForAll("processes") PurchaseProcess process, @ForAll("histories") History history) {
    History later = new History(history.frequency(), history.recencyDays(), history.ageDays() + 70);
    double ratio = Math.exp(process.logLikelihood(later) - process.logLikelihood(history));
    double tolerance = 1e-9 * Math.max(1, history.frequency() / 10.0);
    assertThat(process.probabilityOfNoPurchase(history, Horizon.ofDays(70)))
        .isCloseTo(Math.min(1, ratio), within(tolerance));
  }
}
