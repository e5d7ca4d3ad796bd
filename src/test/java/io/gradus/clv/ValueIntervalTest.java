package io.gradus.clv;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.clv.TotalValuation.Member;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The intervals of customers' values and of their total against simulated futures. */
class ValueIntervalTest {
  private static final double R = 0.6;
  private static final double ALPHA = 10;
  private static final double S = 0.6;
  private static final double BETA = 12;
  private static final double P = 6.25;
  private static final double Q = 3.74;
  private static final double V = 15.44;

  @Test
  void theValueLiesBelowTheNinetiethPercentileNineTimesOutOfTen() {
    Random random = new Random(23);
    CustomerValuation valuation =
        new CustomerValuation(
            new ParetoProcess(R, ALPHA, S, BETA),
            new GammaGammaSpend(P, Q, V),
            new AnnualRate(1e-9));
    int customers = 40_000;
    int below90 = 0;
    int below10 = 0;
    int busy = 0;
    double forecast = 0;
    double actual = 0;
    for (int i = 0; i < customers; i++) {
      double rate = Cohorts.gamma(R, random) / ALPHA;
      double life = -Math.log(1 - random.nextDouble()) / (Cohorts.gamma(S, random) / BETA);
      double scale = Cohorts.gamma(Q, random) / V;
      Spell past = spell(rate, 0, Math.min(life, 39), scale, random);
      Spell future =
          spell(rate, 39, Math.min(life, 39 + Horizon.ofMonths(12).weeks()), scale, random);
      History history = new History(past.count, (int) Math.round(7 * past.last), 273);
      double first = Cohorts.gamma(P, random) / scale;
      int n = past.count + 1;
      CustomerValue value = valuation.value(history, n, (past.total + first) / n, 1);
      below90 += future.total <= value.clv12High() ? 1 : 0;
      if (value.clv12Low() > 0) {
        busy++;
        below10 += future.total < value.clv12Low() ? 1 : 0;
      }
      forecast += value.clv12();
      actual += future.total;
    }
    assertThat(below90 / (double) customers).isBetween(0.88, 0.93);
    assertThat(busy).isGreaterThan(500);
    assertThat(below10 / (double) busy).isBetween(0.06, 0.18);
    assertThat(forecast / actual).isBetween(0.96, 1.04);
  }

  /** Fitted anew to each of many cohorts, so that the errors of the estimates take part. */
  @Test
  void theTotalLiesInItsIntervalFourTimesOutOfFive() {
    int cohorts = 60;
    int inside = 0;
    double deviations = 0;
    for (int cohort = 0; cohort < cohorts; cohort++) {
      Random random = new Random(1000 + cohort);
      List<Member> members = new ArrayList<>();
      double actual = 0;
      for (int i = 0; i < 1200; i++) {
        double rate = Cohorts.gamma(R, random) / ALPHA;
        double life = -Math.log(1 - random.nextDouble()) / (Cohorts.gamma(S, random) / BETA);
        double scale = Cohorts.gamma(Q, random) / V;
        Spell past = spell(rate, 0, Math.min(life, 39), scale, random);
        double first = Cohorts.gamma(P, random) / scale;
        int n = past.count + 1;
        History history = new History(past.count, (int) Math.round(7 * past.last), 273);
        members.add(new Member(history, n, (past.total + first) / n, 1));
        double end = Math.min(life, 39 + Horizon.ofMonths(12).weeks());
        actual += spell(rate, 39, end, scale, random).total;
      }
      TotalValue total = total(members);
      inside += total.low() <= actual && actual <= total.high() ? 1 : 0;
      deviations += total.parameterDeviation() / total.customerDeviation();
    }
    assertThat(inside / (double) cohorts).isBetween(0.7, 0.92);
    assertThat(deviations / cohorts).as("estimates matter as much as chance").isBetween(0.3, 3.0);
  }

  private static TotalValue total(List<Member> members) {
    AnnualRate rate = new AnnualRate(1e-9);
    Fit<ParetoProcess> purchases =
        PurchaseFits.pareto(PurchaseGroups.of(members.stream().map(Member::history).toList()));
    double[] weights = new double[members.size()];
    Arrays.fill(weights, 1);
    SpendEstimate spend =
        SpendFits.estimate(
            SpendGroups.of(
                members.stream().mapToInt(Member::purchases).toArray(),
                members.stream().mapToDouble(m -> m.purchases() * m.meanValue()).toArray(),
                weights));
    CustomerValuation valuation = new CustomerValuation(purchases.model(), spend.model(), rate);
    double value = 0;
    double variance = 0;
    for (Member member : members) {
      CustomerValue each =
          valuation.value(member.history(), member.purchases(), member.meanValue(), 1);
      value += each.clv12();
      variance += each.variance12();
    }
    TotalValuation total =
        new TotalValuation(
            PurchaseModelKind.PARETO_NBD,
            1,
            purchases.report(),
            spend.model(),
            spend.report(),
            rate);
    return TotalValue.of(value, variance, total.parameterVariance(members));
  }

  private record Spell(int count, double last, double total) {}

  private static Spell spell(double rate, double from, double to, double scale, Random random) {
    int count = 0;
    double last = 0;
    double total = 0;
    double now = from - Math.log(1 - random.nextDouble()) / rate;
    while (now <= to) {
      count++;
      last = now;
      total += Cohorts.gamma(P, random) / scale;
      now -= Math.log(1 - random.nextDouble()) / rate;
    }
    return new Spell(count, last, total);
  }
}
