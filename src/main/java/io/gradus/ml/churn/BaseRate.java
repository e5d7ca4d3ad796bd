package io.gradus.ml.churn;

import io.gradus.feature.LabelWindow;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;

/**
 * Forecast of how far the buy-till-you-die model's level will be off in the target window. What it
 * would have been off by at each training origin, fitted on nothing later, is averaged with weights
 * that favour recent windows and the same season a year earlier, and shrunk to 0.
 */
final class BaseRate {
  private static final double SHRINKAGE = 2;
  private static final double SEASON_WEIGHT = 4;

  private BaseRate() {}

  /**
   * The shift of the log-odds for the target window.
   *
   * @param plan the target
   * @param snapshots windows of the plan with their outcomes
   * @param honest the model fitted to what was known at an origin
   */
  static double shift(
      TrainingPlan plan, List<Snapshot> snapshots, Function<LocalDate, PatternModel> honest) {
    double weights = SHRINKAGE;
    double sum = 0;
    for (Snapshot snapshot : snapshots) {
      LabelWindow window = snapshot.window();
      if (plan.historyDays(window.origin()) < 2L * plan.step() || snapshot.size() == 0) {
        continue;
      }
      PatternModel model = honest.apply(window.origin());
      double off =
          Logit.shift(model.logits(snapshot.customers(), window.days()), snapshot.churned());
      double weight = weight(plan, window);
      sum += weight * off;
      weights += weight;
    }
    return sum / weights;
  }

  private static double weight(TrainingPlan plan, LabelWindow window) {
    if (plan.sameSeason(window)) {
      return SEASON_WEIGHT;
    }
    double age = ChronoUnit.DAYS.between(window.end(), plan.asOf());
    double share = (double) window.days() / plan.horizonDays();
    return share * Math.exp(-age / (2.0 * plan.step()));
  }
}
