package io.gradus.clv;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a history is cut to judge forecasts: the last cut-off lies one horizon before the as-of
 * date, the others one horizon earlier each. The horizon is the longest of 365, 180, 90 and 30 days
 * that leaves twice its length of history before the last cut-off.
 *
 * @param horizonDays days after each cut-off that are forecast; 0 when the history is too short
 * @param cutOffs the last day known at each, newest first; empty when the history is too short
 */
public record HoldoutPlan(int horizonDays, List<LocalDate> cutOffs) {
  /** Cut-offs at most. */
  public static final int LARGEST = 3;

  private static final int[] HORIZONS = {365, 180, 90, 30};
  private static final int HISTORY = 2;

  public HoldoutPlan {
    cutOffs = List.copyOf(cutOffs);
  }

  /** The days of history that the shortest horizon needs. */
  public static int shortestHistory() {
    return (HISTORY + 1) * HORIZONS[HORIZONS.length - 1];
  }

  /**
   * The cut-offs of a history.
   *
   * @param first the first day of any purchase
   * @param asOf the last day that is known
   */
  public static HoldoutPlan of(LocalDate first, LocalDate asOf) {
    long days = ChronoUnit.DAYS.between(first, asOf) + 1;
    for (int horizon : HORIZONS) {
      List<LocalDate> cutOffs = new ArrayList<>();
      for (int i = 1; i <= LARGEST && days >= (HISTORY + i) * (long) horizon; i++) {
        cutOffs.add(asOf.minusDays(i * (long) horizon));
      }
      if (!cutOffs.isEmpty()) {
        return new HoldoutPlan(horizon, cutOffs);
      }
    }
    return new HoldoutPlan(0, List.of());
  }
}
