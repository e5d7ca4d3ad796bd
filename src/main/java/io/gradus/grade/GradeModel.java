package io.gradus.grade;

import java.io.Serializable;

/** A rule from a customer's standing to a place on the ladder of grades, 0 = best. */
sealed interface GradeModel extends Serializable
    permits AbcGrades, Capped, MatrixGrades, ScoreGrades {

  /** The place of the grade. */
  int place(Standing standing);

  /** Whether a place lies within the stability band around the standing. */
  boolean isNear(Standing standing, int place);

  /** Whether every standing between two, score by score, has the place. */
  boolean isSame(Standing low, Standing high, int place);

  /** The shortest way to a better grade; {@link Step#NONE} for the best. */
  Step next(Standing standing);

  /**
   * The way to the next better grade.
   *
   * @param place the grade that is reached; −1 for none
   * @param points how far it is, in score points; for ABC in points of cumulative or count share,
   *     customers, or the amount's unit, as its rule counts
   * @param dimension the one dimension to move, by ordinal; −1 for the total or for more than one
   * @param onTotal whether the points are points of the total
   */
  record Step(int place, double points, int dimension, boolean onTotal) {
    static final Step NONE = new Step(-1, Double.NaN, -1, false);
  }
}
