package io.gradus.job;

import java.time.Duration;
import java.time.Instant;

/** Durations as people and tables want them. */
public final class Seconds {
  private Seconds() {}

  /** From one instant to another, to the millisecond. */
  public static double between(Instant start, Instant end) {
    return Duration.between(start, end).toMillis() / 1000.0;
  }
}
