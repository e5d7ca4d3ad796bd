package io.gradus.feature;

import java.time.LocalDate;

/**
 * A cut-off and the days after it that are predicted.
 *
 * @param origin the cut-off: the last day that is known
 * @param days length of the window (origin, origin + days], ≥ 1
 */
public record LabelWindow(LocalDate origin, int days) {
  /**
   * @throws IllegalArgumentException when the window is empty
   */
  public LabelWindow {
    if (days < 1) {
      throw new IllegalArgumentException("label window of " + days + " days");
    }
  }

  /** The window's last day. */
  public LocalDate end() {
    return origin.plusDays(days);
  }
}
