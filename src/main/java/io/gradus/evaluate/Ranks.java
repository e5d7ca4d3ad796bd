package io.gradus.evaluate;

import java.util.Arrays;

/** Ranks and orders of arrays, the same for every order in which equal values come. */
final class Ranks {
  private Ranks() {}

  /** Ranks from 1, equal values sharing their mean rank. */
  static double[] of(double[] values) {
    int[] order = ascending(values);
    double[] ranks = new double[values.length];
    for (int from = 0; from < order.length; ) {
      int to = endOfTies(values, order, from);
      double shared = (from + 1 + to) / 2.0;
      for (int i = from; i < to; i++) {
        ranks[order[i]] = shared;
      }
      from = to;
    }
    return ranks;
  }

  /** The end of the run of equal values that starts at position {@code from} of the order. */
  static int endOfTies(double[] values, int[] order, int from) {
    int to = from + 1;
    while (to < order.length && values[order[to]] == values[order[from]]) {
      to++;
    }
    return to;
  }

  /** Positions from the smallest to the largest value; equal values keep their order. */
  static int[] ascending(double[] values) {
    long[] keys = new long[values.length];
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int[] start = new int[values.length];
    int[] order = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      keys[i] = firstIndex(sorted, values[i]);
    }
    for (int i = 0; i < values.length; i++) {
      int at = (int) keys[i];
      order[at + start[at]++] = i;
    }
    return order;
  }

  private static int firstIndex(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Double.compare(sorted[middle], value) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Positions from the largest to the smallest value; equal values keep their order. */
  static int[] descending(double[] values) {
    double[] negated = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      negated[i] = -values[i];
    }
    return ascending(negated);
  }
}
