package io.gradus.clv;

import io.gradus.math.Normal;
import java.io.Serializable;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Customer lifetime value: CLV_H = Σ_{months k ≤ H} (E[X(k)] − E[X(k−1)]) · E[M] · margin · (1 +
 * d)^{−k/12}. What a living customer is expected to do depends on frequency and age alone and is
 * worked out once for each such pair (a bounded number of pairs is kept); a customer then costs one
 * P(alive). Safe for use by several threads.
 */
public final class CustomerValuation implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int SHORT_MONTHS = 12;
  private static final int LONG_MONTHS = 36;
  private static final Horizon SHORT = Horizon.ofMonths(SHORT_MONTHS);
  private static final int LARGEST_CACHE = 1 << 18;
  private static final double LARGEST_VARIATION = 2;
  private static final double LOW = 0.1;
  private static final double HIGH = 0.9;

  private final PurchaseProcess process;
  private final GammaGammaSpend spend;
  private final AnnualRate rate;
  private final transient ConcurrentHashMap<Long, Outlook> outlooks = new ConcurrentHashMap<>();

  /**
   * @param process when customers buy
   * @param spend how much they spend; its mean must exist
   * @param rate discount rate, &gt; 0
   * @throws IllegalArgumentException when the spend model has no mean or the rate is not positive
   */
  public CustomerValuation(PurchaseProcess process, GammaGammaSpend spend, AnnualRate rate) {
    if (!spend.hasMean()) {
      throw new IllegalArgumentException("spend model has no mean: q = " + spend.q());
    }
    if (!(rate.rate() > 0)) {
      throw new IllegalArgumentException(
          "an infinite horizon needs a positive discount rate: " + rate.rate());
    }
    this.process = process;
    this.spend = spend;
    this.rate = rate;
  }

  private Object readResolve() {
    return new CustomerValuation(process, spend, rate);
  }

  /**
   * For a living customer, by phase: one, P(any purchase), purchases, discounted purchases, second
   * factorial moment.
   */
  private record Outlook(
      double[] one,
      double[] some,
      double[] expected,
      double[] discounted12,
      double[] discounted36,
      double[] second,
      double[] residual) {}

  /**
   * The value of one customer.
   *
   * @param history when they bought
   * @param purchases number of purchases whose value was observed, ≥ 0
   * @param meanValue mean of those values; ignored when there is none; a customer whose refunds eat
   *     up their purchases (mean ≤ 0) is worth nothing
   * @param margin share of revenue that counts, ≥ 0
   */
  public CustomerValue value(History history, int purchases, double meanValue, double margin) {
    Outlook outlook = outlook(history.frequency(), history.ageDays());
    double[] phase = process.phaseProbabilities(history);
    double expected = dot(phase, outlook.expected);
    double discounted = dot(phase, outlook.discounted12);
    double average = expectedValue(purchases, meanValue);
    double unit = average * margin;
    double clv12 = discounted * unit;
    double discount = expected > 0 ? discounted / expected : 0;
    double square = square(expected, dot(phase, outlook.second), purchases, meanValue);
    double secondMoment = square * margin * margin * discount * discount;
    double none = 1 - dot(phase, outlook.some);
    return new CustomerValue(
        Math.min(1, dot(phase, outlook.one)),
        expected,
        average,
        clv12,
        dot(phase, outlook.discounted36) * unit,
        expected * unit,
        quantile(LOW, none, clv12, secondMoment),
        quantile(HIGH, none, clv12, secondMoment),
        dot(phase, outlook.residual) * unit,
        Math.max(0, secondMoment - clv12 * clv12));
  }

  /** The discounted margin of the next 12 months alone, as {@link #value} gives it. */
  double expectedValue12(History history, int purchases, double meanValue, double margin) {
    Outlook outlook = outlook(history.frequency(), history.ageDays());
    return dot(process.phaseProbabilities(history), outlook.discounted12)
        * expectedValue(purchases, meanValue)
        * margin;
  }

  private double expectedValue(int purchases, double meanValue) {
    return purchases > 0 && meanValue <= 0 ? 0 : spend.expectedValue(purchases, meanValue);
  }

  /** E[(sum of spends)²] = E[X] E[σ²] + E[X²] E[M²]; infinite variances are capped. */
  private double square(double expected, double second, int purchases, double meanValue) {
    double mean = expectedValue(purchases, meanValue);
    double cap = LARGEST_VARIATION * mean * mean;
    double between = Math.min(cap, spend.varianceOfMean(purchases, meanValue));
    double within = Math.min(cap, spend.varianceOfPurchase(purchases, meanValue));
    return expected * within + (second + expected) * (between + mean * mean);
  }

  /**
   * A quantile of a value that is 0 with probability {@code none} and otherwise gamma distributed
   * with the mean and second moment that remain, by Wilson and Hilferty's (1931) cube root.
   */
  private static double quantile(double level, double none, double mean, double secondMoment) {
    double some = 1 - none;
    if (level <= none || !(mean > 0) || !(some > 0)) {
      return 0;
    }
    double conditional = mean / some;
    double variation = Math.max(0, secondMoment / some / (conditional * conditional) - 1);
    double spread = variation / 9;
    double root = 1 - spread + Normal.quantile((level - none) / some) * Math.sqrt(spread);
    return root > 0 ? conditional * root * root * root : 0;
  }

  private static double dot(double[] phase, double[] values) {
    double sum = 0;
    for (int j = 0; j < phase.length; j++) {
      sum += phase[j] * values[j];
    }
    return sum;
  }

  private Outlook outlook(int frequency, int ageDays) {
    Long key = ((long) frequency << 32) | ageDays;
    Outlook known = outlooks.get(key);
    if (known != null) {
      return known;
    }
    Outlook outlook = compute(process.whileAlive(frequency, ageDays));
    if (outlooks.size() < LARGEST_CACHE) {
      outlooks.put(key, outlook);
    }
    return outlook;
  }

  private Outlook compute(AlivePurchases alive) {
    int phases = process.phases();
    DiscountSchedule schedule = DiscountSchedule.monthly(LONG_MONTHS, rate);
    double[] one = new double[phases];
    double[] some = new double[phases];
    double[] expected = new double[phases];
    double[] discounted12 = new double[phases];
    double[] discounted36 = new double[phases];
    double[] second = new double[phases];
    double[] cumulative = new double[LONG_MONTHS];
    for (int j = 0; j < phases; j++) {
      for (int month = 1; month <= LONG_MONTHS; month++) {
        cumulative[month - 1] = alive.expected(j, schedule.end(month));
      }
      one[j] = 1;
      some[j] = 1 - alive.noPurchase(j, SHORT);
      expected[j] = cumulative[SHORT_MONTHS - 1];
      discounted12[j] = schedule.presentValue(cumulative, SHORT_MONTHS);
      discounted36[j] = schedule.presentValue(cumulative, LONG_MONTHS);
      second[j] = alive.secondFactorialMoment(j, SHORT);
    }
    return new Outlook(
        one, some, expected, discounted12, discounted36, second, alive.residual(rate));
  }
}
