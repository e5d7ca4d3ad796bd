package io.gradus.evaluate;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The cut-offs of a backtest: the last day minus the horizon, and one horizon earlier each. */
public final class RollingOrigins {
  /** Days of history that the first cut-off must have behind it. */
  public static final int SHORTEST_HISTORY_DAYS = 90;

  private RollingOrigins() {}

  /**
   * Cut-offs in ascending order; empty when the data are too short for one.
   *
   * @param firstDay the first day of the data
   * @param lastDay the last complete day of the data
   * @param horizonDays days that are predicted, ≥ 1
   * @param atMost the largest number of cut-offs, ≥ 1
   */
  public static List<LocalDate> of(
      LocalDate firstDay, LocalDate lastDay, int horizonDays, int atMost) {
    if (horizonDays < 1 || atMost < 1) {
      throw new IllegalArgumentException(
          "horizon and number of cut-offs must be positive: " + horizonDays + ", " + atMost);
    }
    List<LocalDate> origins = new ArrayList<>();
    LocalDate origin = lastDay.minusDays(horizonDays);
    while (origins.size() < atMost
        && ChronoUnit.DAYS.between(firstDay, origin) >= SHORTEST_HISTORY_DAYS) {
      origins.add(origin);
      origin = origin.minusDays(horizonDays);
    }
    Collections.reverse(origins);
    return List.copyOf(origins);
  }
}
