package io.gradus.clv;

import static io.gradus.math.GammaFunctions.digamma;
import static io.gradus.math.GammaFunctions.logGamma;
import static io.gradus.math.GammaFunctions.trigamma;

import io.gradus.math.Derivatives;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Customers with the same number of purchases and the same total spend as one weighted group, in
 * primitive arrays ordered by number and total. Only ln(v + total) and its derivatives are done per
 * group; the gamma functions once per number of purchases.
 */
public final class SpendGroups implements SpendData, Serializable {
  private static final long serialVersionUID = 1L;

  /** About as many groups as {@link #coarse} keeps. */
  public static final int COARSE_SIZE = 20_000;

  private final int[] purchases;
  private final double[] total;
  private final double[] weight;

  private SpendGroups(int[] purchases, double[] total, double[] weight) {
    this.purchases = purchases;
    this.total = total;
    this.weight = weight;
  }

  /**
   * Groups customers.
   *
   * @param purchases number of purchases of each, ≥ 1
   * @param total total spend over them, &gt; 0
   * @param weights customers of each, ≥ 0
   */
  public static SpendGroups of(int[] purchases, double[] total, double[] weights) {
    int largest = 0;
    for (int i = 0; i < purchases.length; i++) {
      if (purchases[i] < 1 || !(total[i] > 0)) {
        throw new IllegalArgumentException(
            "spend needs purchases >= 1 and a positive total: " + purchases[i] + ", " + total[i]);
      }
      largest = Math.max(largest, purchases[i]);
    }
    int[] start = new int[largest + 2];
    for (int x : purchases) {
      start[x + 1]++;
    }
    for (int x = 0; x <= largest; x++) {
      start[x + 1] += start[x];
    }
    return merged(purchases, total, weights, start);
  }

  /** Counting sort by number of purchases, then each number's totals sorted and merged. */
  private static SpendGroups merged(
      int[] purchases, double[] total, double[] weights, int[] start) {
    int n = purchases.length;
    int[] next = start.clone();
    double[] sorted = new double[n];
    for (int i = 0; i < n; i++) {
      sorted[next[purchases[i]]++] = total[i];
    }
    int[] count = new int[n];
    double[] distinct = new double[n];
    int[] end = new int[start.length];
    int size = 0;
    for (int x = 0; x + 1 < start.length; x++) {
      Arrays.sort(sorted, start[x], start[x + 1]);
      int from = size;
      for (int i = start[x]; i < start[x + 1]; i++) {
        if (size == from || sorted[i] != distinct[size - 1]) {
          count[size] = x;
          distinct[size++] = sorted[i];
        }
      }
      next[x] = from;
      end[x] = size;
    }
    double[] merged = new double[size];
    for (int i = 0; i < n; i++) {
      int x = purchases[i];
      merged[Arrays.binarySearch(distinct, next[x], end[x], total[i])] += weights[i];
    }
    return new SpendGroups(Arrays.copyOf(count, size), Arrays.copyOf(distinct, size), merged);
  }

  /** All groups together, equal ones merged. */
  public static SpendGroups union(List<SpendGroups> parts) {
    int n = parts.stream().mapToInt(SpendGroups::size).sum();
    int[] purchases = new int[n];
    double[] total = new double[n];
    double[] weights = new double[n];
    int at = 0;
    for (SpendGroups part : parts) {
      System.arraycopy(part.purchases, 0, purchases, at, part.size());
      System.arraycopy(part.total, 0, total, at, part.size());
      System.arraycopy(part.weight, 0, weights, at, part.size());
      at += part.size();
    }
    return of(purchases, total, weights);
  }

  /** One group in so many, chosen by a hash; all when nothing would be left. */
  public SpendGroups thinned(int oneIn) {
    int[] kept =
        IntStream.range(0, size()).filter(i -> Math.floorMod(hash(i), (long) oneIn) == 0).toArray();
    if (kept.length == 0) {
      return this;
    }
    return new SpendGroups(
        Arrays.stream(kept).map(i -> purchases[i]).toArray(),
        Arrays.stream(kept).mapToDouble(i -> total[i]).toArray(),
        Arrays.stream(kept).mapToDouble(i -> weight[i]).toArray());
  }

  @Override
  public SpendGroups coarse() {
    return thinned(size() / COARSE_SIZE + 1);
  }

  private long hash(int i) {
    return Fingerprint.mix(Double.doubleToLongBits(total[i]) ^ Fingerprint.mix(purchases[i]));
  }

  /** Number of distinct groups. */
  public int size() {
    return purchases.length;
  }

  @Override
  public SpendSummary summary() {
    double[] sums = new double[6];
    for (int i = 0; i < size(); i++) {
      double x = purchases[i];
      double m = total[i] / x;
      sums[0] += weight[i];
      sums[1] += weight[i] * x;
      sums[2] += weight[i] * x * x;
      sums[3] += weight[i] * m;
      sums[4] += weight[i] * m * m;
      sums[5] += weight[i] * total[i];
    }
    return new SpendSummary(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]);
  }

  @Override
  public long fingerprint() {
    long hash = 0;
    for (int i = 0; i < size(); i++) {
      hash += hash(i) * (long) weight[i];
    }
    return hash;
  }

  @Override
  public Derivatives sum(double[] parameters) {
    Derivatives sum = Derivatives.zero(3);
    for (int from = 0; from < size(); ) {
      int to = from;
      double customers = 0;
      double logs = 0;
      double inverses = 0;
      double squares = 0;
      double logTotals = 0;
      while (to < size() && purchases[to] == purchases[from]) {
        double w = weight[to];
        double sumOfSpend = parameters[2] + total[to];
        customers += w;
        logs += w * Math.log(sumOfSpend);
        logTotals += w * Math.log(total[to]);
        inverses += w / sumOfSpend;
        squares += w / (sumOfSpend * sumOfSpend);
        to++;
      }
      double[] run = {customers, logs, inverses, squares, logTotals};
      sum = sum.plus(ofRun(purchases[from], run, parameters));
      from = to;
    }
    return sum;
  }

  /** The derivatives of all customers with x purchases, from their sums. */
  private static Derivatives ofRun(int x, double[] run, double[] parameters) {
    double p = parameters[0];
    double q = parameters[1];
    double v = parameters[2];
    double n = run[0];
    double shape = p * x + q;
    double value =
        n * (logGamma(shape) - logGamma(p * x) - logGamma(q) + q * Math.log(v) + Math.log(x))
            + (p * x - 1) * run[4]
            - shape * run[1];
    double[] g = {
      x * (n * (digamma(shape) - digamma(p * x)) + run[4] - run[1]),
      n * (digamma(shape) - digamma(q) + Math.log(v)) - run[1],
      n * q / v - shape * run[2]
    };
    double both = trigamma(shape);
    double pp = n * x * x * (both - trigamma(p * x));
    double pq = n * x * both;
    double pv = -x * run[2];
    double qq = n * (both - trigamma(q));
    double qv = n / v - run[2];
    double vv = -n * q / (v * v) + shape * run[3];
    return new Derivatives(value, g, new double[][] {{pp, pq, pv}, {pq, qq, qv}, {pv, qv, vv}});
  }
}
