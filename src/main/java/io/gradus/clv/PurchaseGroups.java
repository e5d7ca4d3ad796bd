package io.gradus.clv;

import io.gradus.math.Derivatives;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Customers with the same frequency, recency and age in whole days as one weighted group, in
 * primitive arrays (20 bytes a group), ordered by frequency, age and recency. The order makes every
 * sum over the groups the same, however the customers came.
 */
public final class PurchaseGroups implements PurchaseData, Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BITS = 21;
  private static final int DAYS_PER_COARSE_STEP = 7;

  final int[] frequency;
  final int[] recency;
  final int[] age;
  final double[] weight;
  private final double logGaps;

  private PurchaseGroups(long[] keys, double[] weight, double logGaps) {
    int n = keys.length;
    this.frequency = new int[n];
    this.age = new int[n];
    this.recency = new int[n];
    this.weight = weight;
    this.logGaps = logGaps;
    for (int i = 0; i < n; i++) {
      frequency[i] = (int) (keys[i] >>> 2 * BITS);
      age[i] = (int) (keys[i] >>> BITS) & History.MAXIMUM;
      recency[i] = (int) keys[i] & History.MAXIMUM;
    }
  }

  /** A history as one number that sorts by frequency, age and recency. */
  public static long key(History history) {
    return ((long) history.frequency() << 2 * BITS)
        | ((long) history.ageDays() << BITS)
        | history.recencyDays();
  }

  /**
   * Groups of the histories behind the keys; equal keys are merged.
   *
   * @param keys numbers made by {@link #key}
   * @param weights customers of each, ≥ 0
   * @param logGaps sum of ln(gap in weeks) over all gaps between purchases; NaN when not known
   */
  public static PurchaseGroups of(long[] keys, double[] weights, double logGaps) {
    long[] distinct = keys.clone();
    Arrays.sort(distinct);
    int n = 0;
    for (int i = 0; i < distinct.length; i++) {
      if (i == 0 || distinct[i] != distinct[i - 1]) {
        distinct[n++] = distinct[i];
      }
    }
    distinct = Arrays.copyOf(distinct, n);
    double[] merged = new double[n];
    for (int i = 0; i < keys.length; i++) {
      merged[Arrays.binarySearch(distinct, keys[i])] += weights[i];
    }
    return new PurchaseGroups(distinct, merged, logGaps);
  }

  /** One customer per history. */
  public static PurchaseGroups of(Iterable<History> histories) {
    long[] keys = new long[16];
    int n = 0;
    for (History history : histories) {
      if (n == keys.length) {
        keys = Arrays.copyOf(keys, 2 * n);
      }
      keys[n++] = key(history);
    }
    double[] weights = new double[n];
    Arrays.fill(weights, 1);
    return of(Arrays.copyOf(keys, n), weights, Double.NaN);
  }

  /** All groups together, equal ones merged. */
  public static PurchaseGroups union(List<PurchaseGroups> parts) {
    int n = parts.stream().mapToInt(PurchaseGroups::size).sum();
    long[] keys = new long[n];
    double[] weights = new double[n];
    double logGaps = 0;
    int at = 0;
    for (PurchaseGroups part : parts) {
      logGaps += part.logGaps;
      for (int i = 0; i < part.size(); i++) {
        keys[at] = key(part.history(i));
        weights[at++] = part.weight[i];
      }
    }
    return of(keys, weights, logGaps);
  }

  /** Number of distinct groups. */
  public int size() {
    return frequency.length;
  }

  /** The history of group i. */
  public History history(int i) {
    return new History(frequency[i], recency[i], age[i]);
  }

  /** The number of customers in group i. */
  public double weight(int i) {
    return weight[i];
  }

  /** The same groups with other weights. */
  public PurchaseGroups reweighted(double[] weights) {
    long[] keys = new long[size()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = key(history(i));
    }
    return new PurchaseGroups(keys, weights.clone(), logGaps);
  }

  @Override
  public PurchaseSummary summary() {
    double customers = 0;
    double repeaters = 0;
    double purchases = 0;
    double days = 0;
    for (int i = 0; i < size(); i++) {
      customers += weight[i];
      repeaters += frequency[i] > 0 ? weight[i] : 0;
      purchases += weight[i] * frequency[i];
      days += weight[i] * age[i];
    }
    return new PurchaseSummary(
        customers, repeaters, purchases, days / Horizon.DAYS_PER_WEEK, logGaps);
  }

  @Override
  public Derivatives sum(PurchaseLikelihood likelihood, double[] parameters) {
    return likelihood.evaluate(this, parameters);
  }

  /** Ages and recencies to whole weeks, frequencies above 20 to three leading bits. */
  @Override
  public PurchaseGroups coarse() {
    long[] keys = new long[size()];
    for (int i = 0; i < keys.length; i++) {
      int x = frequency[i];
      int unit = x <= 20 ? 1 : Integer.highestOneBit(x) >> 3;
      int weeksOfAge = coarse(age[i]);
      int weeksOfRecency = Math.min(coarse(recency[i]), weeksOfAge);
      keys[i] = key(new History(x / unit * unit, weeksOfRecency, weeksOfAge));
    }
    return of(keys, weight, logGaps);
  }

  @Override
  public long fingerprint() {
    long hash = 0;
    for (int i = 0; i < size(); i++) {
      hash += Fingerprint.mix(key(history(i))) * (long) weight[i];
    }
    return hash;
  }

  private static int coarse(int days) {
    int half = DAYS_PER_COARSE_STEP / 2;
    return (days + half) / DAYS_PER_COARSE_STEP * DAYS_PER_COARSE_STEP;
  }

  int largestAge() {
    int largest = 0;
    for (int days : age) {
      largest = Math.max(largest, days);
    }
    return largest;
  }

  /** The end of the run of equal frequencies that starts at group i. */
  int endOfRun(int i) {
    int end = i + 1;
    while (end < frequency.length && frequency[end] == frequency[i]) {
      end++;
    }
    return end;
  }

  /** ln(offset + days/7) for days 0 … largest. */
  static double[] logTable(double offset, int largest) {
    double[] table = new double[largest + 1];
    for (int day = 0; day <= largest; day++) {
      table[day] = Math.log(offset + day / Horizon.DAYS_PER_WEEK);
    }
    return table;
  }
}
