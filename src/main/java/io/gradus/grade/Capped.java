package io.gradus.grade;

/** A model whose grades are never better than the best one that a customer's stage allows. */
record Capped(GradeModel model, int cap) implements GradeModel {
  private static final long serialVersionUID = 1L;

  @Override
  public int place(Standing standing) {
    return Math.max(cap, model.place(standing));
  }

  @Override
  public boolean isNear(Standing standing, int place) {
    return place > cap ? model.isNear(standing, place) : place == cap && anyBetter(standing);
  }

  @Override
  public boolean isSame(Standing low, Standing high, int place) {
    if (place > cap) {
      return model.isSame(low, high, place);
    }
    boolean same = false;
    for (int better = 0; better <= cap; better++) {
      same |= place == cap && model.isSame(low, high, better);
    }
    return same;
  }

  @Override
  public Step next(Standing standing) {
    Step step = model.place(standing) <= cap ? Step.NONE : model.next(standing);
    return step.place() < 0 || step.place() >= cap
        ? step
        : new Step(cap, step.points(), step.dimension(), step.onTotal());
  }

  private boolean anyBetter(Standing standing) {
    for (int better = 0; better <= cap; better++) {
      if (model.isNear(standing, better)) {
        return true;
      }
    }
    return false;
  }
}
