package io.gradus.monitor;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How revenue is spread over units, gathered unit by unit and mergeable. Values are whole cents.
 *
 * <p>The Gini coefficient and the Lorenz curve rest on counts per value. Up to {@value
 * CustomerTally#EXACT_UNITS} customers every value counts by itself; beyond, values count together
 * when their first twelve binary digits agree, which moves the coefficient by less than 0.0001.
 */
final class Spread implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int LARGEST = 20;
  private static final int LARGEST_BEFORE = 5;
  private static final int DIGITS = 12;

  private final boolean exact;
  private final HashMap<Long, long[]> values = new HashMap<>();
  private final Largest now = new Largest(LARGEST);
  private final Largest before = new Largest(LARGEST_BEFORE);
  private long units;
  private double atRisk;

  /**
   * @param exact whether every value counts by itself
   */
  Spread(boolean exact) {
    this.exact = exact;
  }

  /**
   * One unit; revenue of 0 or less holds no share.
   *
   * @param cents revenue
   * @param centsBefore revenue of the year before
   * @param churn probability that it is lost; 0 when unknown
   */
  void add(long cents, long centsBefore, double churn) {
    if (centsBefore > 0) {
      before.add(centsBefore);
    }
    if (cents > 0) {
      units++;
      atRisk += cents * churn;
      now.add(cents);
      count(key(cents), 1, cents);
    }
  }

  void merge(Spread other) {
    units += other.units;
    atRisk += other.atRisk;
    now.merge(other.now);
    before.merge(other.before);
    other.values.forEach((value, sums) -> count(value, sums[0], sums[1]));
  }

  private void count(long key, long number, long cents) {
    long[] sums = values.computeIfAbsent(key, k -> new long[2]);
    sums[0] += number;
    sums[1] += cents;
  }

  private long key(long cents) {
    int drop = 64 - Long.numberOfLeadingZeros(cents) - DIGITS;
    return exact || drop <= 0 ? cents : cents >> drop << drop;
  }

  long units() {
    return units;
  }

  long cents() {
    return now.sum;
  }

  long centsBefore() {
    return before.sum;
  }

  /** Σ revenue × churn probability. */
  long expectedLoss() {
    return Math.round(atRisk);
  }

  /** Σ share², 0 to 1; NaN without revenue. */
  double hhi() {
    return now.hhi();
  }

  double hhiBefore() {
    return before.hhi();
  }

  /** Revenue of the k largest, k ≤ 20. */
  long largest(int k) {
    return now.of(k);
  }

  /** Share of the k largest; NaN without revenue. */
  double share(int k) {
    return now.of(k) / (double) now.sum;
  }

  double shareBefore(int k) {
    return before.of(k) / (double) before.sum;
  }

  /** Units that hold more than a share, of the 20 largest: shares of 5 % and up are all seen. */
  int above(double share) {
    return (int) Arrays.stream(now.top, 0, now.filled).filter(v -> v > share * now.sum).count();
  }

  /** 1 − 2 × the area below the Lorenz curve; 0 when all are equal. */
  double gini() {
    double area = 0;
    double held = 0;
    for (long[] value : rising()) {
      double more = value[1] / (double) now.sum;
      area += value[0] / (double) units * (2 * held + more);
      held += more;
    }
    return 1 - area;
  }

  /** Share of revenue that the smallest i/n of the units hold, for i = 0..n. */
  double[] lorenz(int n) {
    double[] curve = new double[n + 1];
    long seen = 0;
    long held = 0;
    int point = 1;
    for (long[] value : rising()) {
      while (point <= n && (double) point * units <= (double) n * (seen + value[0])) {
        double part = ((double) point * units / n - seen) / value[0];
        curve[point++] = (held + part * value[1]) / now.sum;
      }
      seen += value[0];
      held += value[1];
    }
    return curve;
  }

  /** Units and cents by value, the smallest value first. */
  private List<long[]> rising() {
    return values.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .toList();
  }

  /** The largest values in falling order, with the sum and the squares of all. */
  private static final class Largest implements Serializable {
    private static final long serialVersionUID = 1;
    private final long[] top;
    private int filled;
    private long sum;
    private double squares;

    Largest(int size) {
      top = new long[size];
    }

    void add(long value) {
      sum = Math.addExact(sum, value);
      squares += (double) value * value;
      insert(value);
    }

    void merge(Largest other) {
      sum = Math.addExact(sum, other.sum);
      squares += other.squares;
      Arrays.stream(other.top, 0, other.filled).forEach(this::insert);
    }

    private void insert(long value) {
      if (filled == top.length && value <= top[filled - 1]) {
        return;
      }
      int at = filled < top.length ? filled++ : filled - 1;
      while (at > 0 && top[at - 1] < value) {
        top[at] = top[at - 1];
        at--;
      }
      top[at] = value;
    }

    long of(int k) {
      return Arrays.stream(top, 0, Math.min(k, filled)).sum();
    }

    double hhi() {
      return squares / ((double) sum * sum);
    }
  }
}
