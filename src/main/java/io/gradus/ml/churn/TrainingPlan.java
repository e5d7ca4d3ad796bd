package io.gradus.ml.churn;

import io.gradus.feature.LabelWindow;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Which past windows a model for one cut-off learns from. All of them ended by the cut-off: up to
 * {@value #FULL_WINDOWS} windows of the full horizon, a third of it apart; two shorter windows that
 * reach into the newest days; and the same season a year earlier.
 *
 * @param asOf the cut-off
 * @param horizonDays days that are predicted, ≥ 1
 * @param firstDay the first day of the data
 */
record TrainingPlan(LocalDate asOf, int horizonDays, LocalDate firstDay) {
  private static final int FULL_WINDOWS = 6;
  private static final int SHORTEST_STEP_DAYS = 7;
  private static final int SHORTEST_HISTORY_DAYS = 30;
  private static final int SEASON_DAYS = 365;
  private static final int VALIDATIONS = 4;

  /** Days between origins. */
  int step() {
    return Math.max(SHORTEST_STEP_DAYS, horizonDays / 3);
  }

  /** The windows, newest first; empty when history is too short to learn from labels. */
  List<LabelWindow> windows() {
    List<LabelWindow> windows = new ArrayList<>();
    for (int days = step(); days < horizonDays && days <= 2 * step(); days += step()) {
      add(windows, new LabelWindow(asOf.minusDays(days), days));
    }
    for (int k = 0; k < FULL_WINDOWS; k++) {
      add(windows, new LabelWindow(asOf.minusDays(horizonDays + (long) k * step()), horizonDays));
    }
    if (horizonDays <= SEASON_DAYS) {
      add(windows, new LabelWindow(asOf.minusDays(SEASON_DAYS), horizonDays));
    }
    return List.copyOf(windows);
  }

  private void add(List<LabelWindow> windows, LabelWindow window) {
    if (historyDays(window.origin()) >= SHORTEST_HISTORY_DAYS && !windows.contains(window)) {
      windows.add(window);
    }
  }

  /** Whether the window starts in the season of the target window a year earlier. */
  boolean sameSeason(LabelWindow window) {
    return window.origin().equals(asOf.minusDays(SEASON_DAYS));
  }

  /** Days from the first day of the data to the origin. */
  long historyDays(LocalDate origin) {
    return ChronoUnit.DAYS.between(firstDay, origin);
  }

  /** Whether the cut-off itself has enough history to be predicted from. */
  boolean predictable() {
    return historyDays(asOf) >= SHORTEST_HISTORY_DAYS;
  }

  /**
   * Plans of earlier cut-offs whose outcome is known and that could learn from labels themselves,
   * the newest first and one horizon apart, with the longest horizon of one, two and three thirds;
   * empty when history is too short.
   */
  List<TrainingPlan> validations() {
    for (int days : new int[] {horizonDays, 2 * horizonDays / 3, horizonDays / 3}) {
      List<TrainingPlan> plans = new ArrayList<>();
      for (int k = 1; k <= VALIDATIONS && days >= SHORTEST_STEP_DAYS; k++) {
        TrainingPlan plan = new TrainingPlan(asOf.minusDays((long) k * days), days, firstDay);
        if (!plan.windows().isEmpty()) {
          plans.add(plan);
        }
      }
      if (!plans.isEmpty()) {
        return List.copyOf(plans);
      }
    }
    return List.of();
  }

  /** The window that this plan predicts. */
  LabelWindow target() {
    return new LabelWindow(asOf, horizonDays);
  }
}
