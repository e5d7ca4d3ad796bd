package io.gradus.grade;

import java.util.List;

/** Grades by cut-offs of the total; an unknown total gets the last grade. */
record ScoreGrades(double[] from, int[] places, double band) implements GradeModel {

  static ScoreGrades of(Policy policy, ScoreModel model) {
    List<Range> ranges = model.grades();
    return new ScoreGrades(
        ranges.stream().mapToDouble(Range::from).toArray(),
        ranges.stream().mapToInt(range -> policy.place(range.name())).toArray(),
        policy.stability().scoreBand());
  }

  @Override
  public int place(Standing standing) {
    return places[index(standing.total())];
  }

  @Override
  public boolean isNear(Standing standing, int place) {
    int best = index(standing.total() + band);
    int worst = index(standing.total() - band);
    for (int i = best; i <= worst; i++) {
      if (places[i] == place) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean isSame(Standing low, Standing high, int place) {
    for (int i = index(high.total()); i <= index(low.total()); i++) {
      if (places[i] != place) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Step next(Standing standing) {
    int index = index(standing.total());
    return index == 0 || Double.isNaN(standing.total())
        ? Step.NONE
        : new Step(places[index - 1], from[index - 1] - standing.total(), -1, true);
  }

  private int index(double total) {
    for (int i = 0; i < from.length - 1; i++) {
      if (total >= from[i]) {
        return i;
      }
    }
    return from.length - 1;
  }
}
