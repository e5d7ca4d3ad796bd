package io.gradus.grade;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * When a change of the raw grade becomes official.
 *
 * @param bandScore half-width, in score points, of the zone around a cut in which the official
 *     grade is kept; default 2.5
 * @param bandShare the same for cuts by share, as a share; relative to the cut for cuts by count or
 *     amount; default .02
 * @param confirmRuns runs in a row that must propose the same new grade; default 3
 * @param minimumStayDays days that an official grade lasts at least; default 31, so that no change
 *     is taken back within 30 days
 * @param maximumSteps grades moved in one commit at most; default 1
 * @param commit when official grades may change; default nightly
 */
public record StabilityRules(
    @Nullable Double bandScore,
    @Nullable Double bandShare,
    @Nullable Integer confirmRuns,
    @Nullable Integer minimumStayDays,
    @Nullable Integer maximumSteps,
    Commit commit)
    implements Serializable {

  /** The calendar of official changes. */
  public enum Commit {
    NIGHTLY,
    /** The first run of each calendar month. */
    MONTHLY,
    /** The first run of each calendar quarter. */
    QUARTERLY
  }

  public StabilityRules {
    require("band_score", bandScore, 0, 25);
    require("band_share", bandShare, 0, .25);
    require("confirm_runs", confirmRuns, 1, 366);
    require("minimum_stay_days", minimumStayDays, 0, 3660);
    require("maximum_steps", maximumSteps, 1, 100);
    commit = commit == null ? Commit.NIGHTLY : commit;
  }

  /** The defaults. */
  static StabilityRules defaults() {
    return new StabilityRules(null, null, null, null, null, Commit.NIGHTLY);
  }

  double scoreBand() {
    return bandScore == null ? 2.5 : bandScore;
  }

  double shareBand() {
    return bandShare == null ? .02 : bandShare;
  }

  int runsToConfirm() {
    return confirmRuns == null ? 3 : confirmRuns;
  }

  int stayDays() {
    return minimumStayDays == null ? 31 : minimumStayDays;
  }

  int steps() {
    return maximumSteps == null ? 1 : maximumSteps;
  }

  private static void require(String key, @Nullable Number value, double least, double most) {
    if (value != null && !(value.doubleValue() >= least && value.doubleValue() <= most)) {
      throw new IllegalArgumentException(
          key
              + " must be within "
              + Range.text(least)
              + ".."
              + Range.text(most)
              + ", found "
              + value);
    }
  }
}
