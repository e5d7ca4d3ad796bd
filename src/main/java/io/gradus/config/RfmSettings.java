package io.gradus.config;

import java.util.Objects;

/**
 * How recency, frequency and monetary value are scored.
 *
 * @param mode quantile cuts every night anew; ruler keeps the cut-points of the night that set them
 * @param windowDays how far back frequency and monetary value look: 365 or 730
 */
public record RfmSettings(Mode mode, Integer windowDays) {
  /** Where cut-points come from. */
  public enum Mode {
    QUANTILE,
    RULER
  }

  public RfmSettings {
    mode = Objects.requireNonNullElse(mode, Mode.RULER);
    windowDays = Objects.requireNonNullElse(windowDays, 365);
    if (windowDays != 365 && windowDays != 730) {
      throw new IllegalArgumentException("window_days: " + windowDays + " is not 365 or 730");
    }
  }

  static RfmSettings defaults() {
    return new RfmSettings(Mode.RULER, 365);
  }
}
