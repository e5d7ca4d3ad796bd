package io.gradus.feature;

import java.util.List;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;

/** The days without purchase that count as churn, read from how long customers usually wait. */
public final class Horizon {
  /** What may be chosen, in days. */
  public static final List<Integer> CHOICES = List.of(30, 60, 90, 120, 180, 365);

  private static final double COVERED = 0.8;
  private static final int WITHOUT_REPEAT = 90;

  private Horizon() {}

  /**
   * The smallest choice that covers 80 % of the gaps between purchases; 90 when nobody bought
   * twice, the largest when none covers them.
   *
   * @param gaps days between successive purchases of a customer, of all customers
   */
  public static int covering(IntStream gaps) {
    long[] within = new long[CHOICES.size()];
    long all = 0;
    for (PrimitiveIterator.OfInt each = gaps.iterator(); each.hasNext(); all++) {
      int gap = each.nextInt();
      for (int i = 0; i < within.length; i++) {
        within[i] += gap <= CHOICES.get(i) ? 1 : 0;
      }
    }
    if (all == 0) {
      return WITHOUT_REPEAT;
    }
    for (int i = 0; i < within.length; i++) {
      if (within[i] >= COVERED * all) {
        return CHOICES.get(i);
      }
    }
    return CHOICES.get(CHOICES.size() - 1);
  }
}
