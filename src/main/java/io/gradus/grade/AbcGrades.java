package io.gradus.grade;

import io.gradus.grade.AbcModel.AbcClass;
import io.gradus.grade.AbcModel.Rule;
import java.util.List;

/** The classes of an ABC analysis, as grades where the policy says so. */
record AbcGrades(Rule rule, double[] until, int[] places, double band) implements GradeModel {

  static AbcGrades of(Policy policy) {
    List<AbcClass> classes = policy.abc().classes();
    boolean grades = policy.gradeBy() == Policy.GradeBy.ABC;
    int[] places = new int[classes.size()];
    double[] until = new double[classes.size() - 1];
    for (int i = 0; i < places.length; i++) {
      AbcClass c = classes.get(i);
      places[i] = grades ? policy.place(c.name()) : i;
      if (c.until() != null) {
        until[i] = c.until();
      }
    }
    return new AbcGrades(policy.abc().rule(), until, places, policy.stability().shareBand());
  }

  /** The number of the class, 0 = first. */
  int index(Standing standing) {
    return index(measure(standing), 0);
  }

  @Override
  public int place(Standing standing) {
    return places[index(standing)];
  }

  @Override
  public boolean isNear(Standing standing, int place) {
    double measure = measure(standing);
    for (int i = index(measure, -1); i <= index(measure, 1); i++) {
      if (places[i] == place) {
        return true;
      }
    }
    return false;
  }

  /** Scores do not matter here. */
  @Override
  public boolean isSame(Standing low, Standing high, int place) {
    return true;
  }

  @Override
  public Step next(Standing standing) {
    int index = index(standing);
    if (index == 0) {
      return Step.NONE;
    }
    double distance = Math.abs(measure(standing) - until[index - 1]);
    boolean share = rule == Rule.CUMULATIVE_SHARE || rule == Rule.COUNT_SHARE;
    return new Step(places[index - 1], share ? 100 * distance : distance, -1, false);
  }

  private double measure(Standing standing) {
    return switch (rule) {
      case CUMULATIVE_SHARE -> standing.cumulativeShare();
      case COUNT_SHARE -> standing.countShare();
      case COUNT -> standing.rank();
      case VALUE -> standing.amount();
    };
  }

  /** The class with every cut moved by the band: −1 towards better classes, 1 towards worse. */
  private int index(double measure, int side) {
    for (int i = 0; i < until.length; i++) {
      if (isWithin(measure, until[i], side)) {
        return i;
      }
    }
    return until.length;
  }

  private boolean isWithin(double measure, double cut, int side) {
    return switch (rule) {
      case CUMULATIVE_SHARE, COUNT_SHARE -> measure < cut - side * band;
      case COUNT -> measure <= cut * (1 - side * band);
      case VALUE -> measure >= cut * (1 + side * band);
    };
  }
}
