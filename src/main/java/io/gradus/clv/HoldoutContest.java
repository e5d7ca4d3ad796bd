package io.gradus.clv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Purchase models and naive forecasts judged by what customers did after a cut-off. Models are
 * fitted to what was known at the cut-off; spend is forecast by one Gamma–Gamma model for all.
 */
public final class HoldoutContest {
  /** Nobody buys again. */
  public static final String ZERO = "zero";

  /** Customers go on at their own repeat rate x/T. */
  public static final String RATE = "rate";

  /** Customers go on spending at their own rate of the past. */
  public static final String PAST_SPEND = "past_spend";

  /** Forecasts of the number of purchases. */
  public static final String PURCHASES = "purchases";

  /** Forecasts of the money spent. */
  public static final String SPEND = "spend";

  /** Makes every sum the same, however the customers came. */
  private static final Comparator<HoldoutCustomer> ORDER =
      Comparator.<HoldoutCustomer>comparingLong(c -> PurchaseGroups.key(c.history()))
          .thenComparingDouble(HoldoutCustomer::meanValue)
          .thenComparingDouble(HoldoutCustomer::logGapMean)
          .thenComparingInt(HoldoutCustomer::actualPurchases)
          .thenComparingDouble(HoldoutCustomer::actualSpend);

  private final List<HoldoutCustomer> customers;
  private final int horizonDays;
  private final double[] actualPurchases;
  private final double[] actualSpend;

  /**
   * @param customers as known at one cut-off; at least one
   * @param horizonDays length of the period after the cut-off
   */
  public HoldoutContest(List<HoldoutCustomer> customers, int horizonDays) {
    this.customers = customers.stream().sorted(ORDER).toList();
    this.horizonDays = horizonDays;
    this.actualPurchases = each(HoldoutCustomer::actualPurchases);
    this.actualSpend = each(customer -> Math.max(0, customer.actualSpend()));
  }

  /**
   * The figures of one forecast.
   *
   * @param forecaster short name of a model or name of a baseline
   * @param about {@link #PURCHASES} or {@link #SPEND}
   * @param accuracy forecast against what came
   */
  public record Figures(String forecaster, String about, ForecastAccuracy accuracy) {}

  /**
   * A model fitted to what was known at the cut-off and judged by what came.
   *
   * @param kind the model
   * @param bic {@link FitReport#bic()} of the fit, the number of stages k counted as a parameter
   * @param deviance mean Poisson deviance of the forecast purchases
   * @param figures of purchases and of spend
   */
  public record Candidate(
      PurchaseModelKind kind, double bic, double deviance, List<Figures> figures) {}

  /**
   * The candidates that can be fitted to these customers.
   *
   * @param kinds the models to try
   */
  public List<Candidate> models(List<PurchaseModelKind> kinds) {
    PurchaseGroups groups = groups();
    GammaGammaSpend spend = SpendFits.estimate(spendGroups()).model();
    double[] averageValue =
        each(
            c ->
                c.meanValue() > 0 || c.purchases() == 0
                    ? spend.expectedValue(c.purchases(), c.meanValue())
                    : 0);
    List<Candidate> candidates = new ArrayList<>();
    for (PurchaseModelKind kind : kinds) {
      PurchaseModelKind.Fitted fitted = kind.fitOrFallBack(groups);
      if (fitted.kind() == kind) {
        candidates.add(candidate(fitted, averageValue));
      }
    }
    return candidates;
  }

  private Candidate candidate(PurchaseModelKind.Fitted fitted, double[] averageValue) {
    PurchaseProcess process = fitted.process();
    Horizon horizon = Horizon.ofDays(horizonDays);
    String name = fitted.kind().shortName();
    double[] forecast = each(c -> process.expectedPurchases(c.history(), horizon));
    double[] value = new double[forecast.length];
    Arrays.setAll(value, i -> forecast[i] * averageValue[i]);
    Figures purchases = purchases(name, forecast);
    double stages = process.phases() > 1 ? Math.log(customers.size()) : 0;
    return new Candidate(
        fitted.kind(),
        fitted.report().bic() + stages,
        purchases.accuracy().deviance(),
        List.of(purchases, spend(name, value)));
  }

  /** The figures of the naive forecasts. */
  public List<Figures> baselines() {
    double[] zero = new double[customers.size()];
    return List.of(
        purchases(ZERO, zero),
        purchases(RATE, each(c -> ahead(c, c.history().frequency()))),
        spend(ZERO, zero),
        spend(PAST_SPEND, each(c -> ahead(c, Math.max(0, c.purchases() * c.meanValue())))));
  }

  /** Whether the name is that of a naive forecast. */
  public static boolean isBaseline(String forecaster) {
    return List.of(ZERO, RATE, PAST_SPEND).contains(forecaster);
  }

  /** Continues what happened since the first purchase at the same pace. */
  private double ahead(HoldoutCustomer customer, double past) {
    return past * horizonDays / Math.max(1, customer.history().ageDays());
  }

  /** {@link Regularity#ofLogGapVariance} of the variance pooled over customers; NaN for none. */
  public double regularity() {
    double squares = 0;
    double freedom = 0;
    for (HoldoutCustomer customer : customers) {
      if (!Double.isNaN(customer.logGapVariance())) {
        double gaps = customer.history().frequency() - 1.0;
        squares += gaps * customer.logGapVariance();
        freedom += gaps;
      }
    }
    return Regularity.ofLogGapVariance(freedom > 0 ? squares / freedom : Double.NaN);
  }

  private Figures purchases(String forecaster, double[] forecast) {
    return new Figures(forecaster, PURCHASES, ForecastAccuracy.of(forecast, actualPurchases));
  }

  private Figures spend(String forecaster, double[] forecast) {
    return new Figures(forecaster, SPEND, ForecastAccuracy.of(forecast, actualSpend));
  }

  private PurchaseGroups groups() {
    long[] keys = customers.stream().mapToLong(c -> PurchaseGroups.key(c.history())).toArray();
    double[] weights = new double[keys.length];
    Arrays.fill(weights, 1);
    double logGaps = 0;
    for (HoldoutCustomer customer : customers) {
      int gaps = customer.history().frequency();
      logGaps += gaps > 0 ? gaps * (customer.logGapMean() - Math.log(Horizon.DAYS_PER_WEEK)) : 0;
    }
    return PurchaseGroups.of(keys, weights, logGaps);
  }

  private SpendGroups spendGroups() {
    List<HoldoutCustomer> spenders =
        customers.stream().filter(c -> c.purchases() > 0 && c.meanValue() > 0).toList();
    int[] purchases = spenders.stream().mapToInt(HoldoutCustomer::purchases).toArray();
    double[] total = spenders.stream().mapToDouble(c -> c.purchases() * c.meanValue()).toArray();
    double[] weights = new double[total.length];
    Arrays.fill(weights, 1);
    return SpendGroups.of(purchases, total, weights);
  }

  private double[] each(ToDoubleFunction<HoldoutCustomer> function) {
    return customers.stream().mapToDouble(function).toArray();
  }
}
