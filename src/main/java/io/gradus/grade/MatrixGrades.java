package io.gradus.grade;

/** Grades by the cell of a grid; an unknown dimension counts as its lowest level. */
record MatrixGrades(MatrixModel model, int row, int column, int[] places, double band)
    implements GradeModel {

  static MatrixGrades of(Policy policy, MatrixModel model) {
    return new MatrixGrades(
        model,
        DimensionName.of(model.rows().dimension()).ordinal(),
        DimensionName.of(model.columns().dimension()).ordinal(),
        model.cells().stream().mapToInt(cell -> policy.place(cell.grade())).toArray(),
        policy.stability().scoreBand());
  }

  @Override
  public int place(Standing standing) {
    return places[index(standing, 0, 0)];
  }

  @Override
  public boolean isNear(Standing standing, int place) {
    for (int up = -1; up <= 1; up++) {
      for (int right = -1; right <= 1; right++) {
        if (places[index(standing, up * band, right * band)] == place) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public boolean isSame(Standing low, Standing high, int place) {
    int best = index(high, 0, 0);
    int worst = index(low, 0, 0);
    for (int r = best / width(); r <= worst / width(); r++) {
      for (int c = best % width(); c <= worst % width(); c++) {
        if (places[r * width() + c] != place) {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  public Step next(Standing standing) {
    int now = place(standing);
    Step best = Step.NONE;
    for (int cell = 0; cell < places.length; cell++) {
      double rowGap = gap(model.rows(), cell / width(), standing.dimensionScores()[row]);
      double columnGap = gap(model.columns(), cell % width(), standing.dimensionScores()[column]);
      double points = rowGap + columnGap;
      if (places[cell] < now && (best.place() < 0 || points < best.points())) {
        int only = columnGap == 0 ? row : rowGap == 0 ? column : -1;
        best = new Step(places[cell], points, only, false);
      }
    }
    return best;
  }

  MatrixModel.Cell cell(Standing standing) {
    return model.cells().get(index(standing, 0, 0));
  }

  private int index(Standing standing, double up, double right) {
    int r = model.rows().level(standing.dimensionScores()[row] + up);
    int c = model.columns().level(standing.dimensionScores()[column] + right);
    return r * width() + c;
  }

  private int width() {
    return model.columns().levels().size();
  }

  private static double gap(MatrixModel.Axis axis, int level, double score) {
    double from = axis.levels().get(level).from();
    return Math.max(0, from - (Double.isNaN(score) ? 0 : score));
  }
}
