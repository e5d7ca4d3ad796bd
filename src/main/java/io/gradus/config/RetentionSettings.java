package io.gradus.config;

import java.util.Objects;

/**
 * How long snapshots are kept.
 *
 * @param nightlyDays days that every nightly snapshot is kept; month ends are kept for good
 */
public record RetentionSettings(Integer nightlyDays) {
  public RetentionSettings {
    nightlyDays = Objects.requireNonNullElse(nightlyDays, 90);
    if (nightlyDays < 1) {
      throw new IllegalArgumentException("nightly_days: " + nightlyDays + " is not at least 1");
    }
  }

  /** What holds when nothing is said. */
  public static RetentionSettings defaults() {
    return new RetentionSettings(90);
  }
}
