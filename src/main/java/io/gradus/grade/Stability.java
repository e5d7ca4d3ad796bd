package io.gradus.grade;

import io.gradus.grade.StabilityRules.Commit;
import java.io.Serializable;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import org.jspecify.annotations.Nullable;

/** From the raw grade of a night to the official one. Pure arithmetic on one customer. */
final class Stability implements Serializable {
  private static final long serialVersionUID = 1L;

  private final StabilityRules rules;
  private final int today;
  private final boolean commits;

  /**
   * The rules of one night.
   *
   * @param previousAsOf the as-of date of the last published run; absent in the first
   */
  Stability(StabilityRules rules, LocalDate asOf, @Nullable LocalDate previousAsOf) {
    this.rules = rules;
    this.today = Math.toIntExact(asOf.toEpochDay());
    this.commits = previousAsOf == null || commits(rules.commit(), asOf, previousAsOf);
  }

  /**
   * The state after this night.
   *
   * @param before the state after the last night; absent for a customer seen first
   * @param raw the grade the model gives tonight
   * @param keeps whether the official grade lies within the band around tonight's standing
   */
  State next(@Nullable State before, int raw, boolean keeps) {
    if (before == null) {
      return new State(raw, raw, 0, today);
    }
    int official = before.official();
    int candidate = keeps ? official : raw;
    if (candidate == official) {
      return new State(official, official, 0, before.since());
    }
    boolean sameWay =
        Integer.signum(candidate - official) == Integer.signum(before.candidate() - official);
    int runs = sameWay ? before.runs() + 1 : 1;
    if (!commits || runs < rules.runsToConfirm() || today - before.since() < rules.stayDays()) {
      return new State(official, candidate, runs, before.since());
    }
    int step = Math.max(-rules.steps(), Math.min(rules.steps(), candidate - official));
    int moved = official + step;
    return new State(moved, candidate, moved == candidate ? 0 : runs, today);
  }

  private static boolean commits(Commit commit, LocalDate asOf, LocalDate previous) {
    return switch (commit) {
      case NIGHTLY -> true;
      case MONTHLY ->
          asOf.getYear() != previous.getYear() || asOf.getMonth() != previous.getMonth();
      case QUARTERLY ->
          asOf.getYear() != previous.getYear()
              || asOf.get(IsoFields.QUARTER_OF_YEAR) != previous.get(IsoFields.QUARTER_OF_YEAR);
    };
  }

  /**
   * The official grade and what is on its way.
   *
   * @param official the place of the official grade, 0 = best
   * @param candidate the place that is proposed; the official one when no change is
   * @param runs nights in a row that proposed a move in this direction
   * @param since the day the official grade began, in days since 1970-01-01
   */
  record State(int official, int candidate, int runs, int since) {}
}
