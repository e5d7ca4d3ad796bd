package io.gradus.config;

import java.util.Objects;

/**
 * The bounds past which a run does not publish.
 *
 * @param maxQuarantineShare the share of rows, exclusions not counted, that may be quarantined
 * @param warnQuarantineShare the share from which the run warns
 * @param maxDuplicateShare the share of rows that may be further copies of others
 * @param maxVolumeChange how far the accepted rows may lie from the median of past runs, as a share
 *     of that median
 */
public record GateSettings(
    Double maxQuarantineShare,
    Double warnQuarantineShare,
    Double maxDuplicateShare,
    Double maxVolumeChange) {
  public GateSettings {
    maxQuarantineShare = share("max_quarantine_share", maxQuarantineShare, 0.05);
    warnQuarantineShare = share("warn_quarantine_share", warnQuarantineShare, 0.01);
    maxDuplicateShare = share("max_duplicate_share", maxDuplicateShare, 0.5);
    maxVolumeChange = share("max_volume_change", maxVolumeChange, 0.5);
  }

  private static double share(String key, Double value, double fallback) {
    double share = Objects.requireNonNullElse(value, fallback);
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(key + ": " + share + " is not a share between 0 and 1");
    }
    return share;
  }

  static GateSettings defaults() {
    return new GateSettings(0.05, 0.01, 0.5, 0.5);
  }
}
