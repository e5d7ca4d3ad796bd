package io.gradus.config;

import java.util.Objects;

/**
 * How churn risk is learned.
 *
 * @param horizonDays the days without purchase that count as churn, 7 to 730, or auto
 * @param retrain when the model is learned anew
 */
public record ChurnSettings(String horizonDays, Retrain retrain) {
  private static final String AUTO = "auto";

  public ChurnSettings {
    horizonDays = Objects.requireNonNullElse(horizonDays, AUTO);
    retrain = Objects.requireNonNullElse(retrain, Retrain.MONTHLY);
    if (!horizonDays.equals(AUTO)) {
      int days = horizonDays.matches("\\d{1,3}") ? Integer.parseInt(horizonDays) : 0;
      if (days < 7 || days > 730) {
        throw new IllegalArgumentException(
            "horizon_days: '" + horizonDays + "' is neither auto nor 7 to 730");
      }
    }
  }

  /** The pinned horizon in days; 0 leaves the choice to the data. */
  public int pinned() {
    return horizonDays.equals(AUTO) ? 0 : Integer.parseInt(horizonDays);
  }

  static ChurnSettings defaults() {
    return new ChurnSettings(AUTO, Retrain.MONTHLY);
  }
}
