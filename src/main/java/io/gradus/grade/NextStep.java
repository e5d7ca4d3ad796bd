package io.gradus.grade;

import io.gradus.grade.GradeModel.Step;
import io.gradus.grade.Scorecard.Assessment;
import org.jspecify.annotations.Nullable;

/** The change of a single indicator that reaches the next better grade. */
final class NextStep {
  private NextStep() {}

  /**
   * The sentence, for the indicator that needs the least part of its remaining room; null when no
   * single indicator can do it.
   *
   * @param values per indicator, NaN when missing
   */
  static @Nullable Label of(
      Scorecard card, Assessment assessment, double[] values, Step step, String grade) {
    if (step.place() < 0 || (!step.onTotal() && step.dimension() < 0)) {
      return null;
    }
    int best = -1;
    double bestEffort = 1;
    double bestScore = 0;
    for (int j = 0; j < card.size(); j++) {
      double share = share(card, assessment, step, j);
      double score = assessment.scores()[j];
      boolean movable = share > 0 && score < 1 && !Double.isNaN(values[j]);
      double needed = movable ? step.points() / 100 / share : 2;
      double effort = movable ? needed / (1 - score) : 2;
      if (effort <= bestEffort) {
        best = j;
        bestEffort = effort;
        bestScore = score + needed;
      }
    }
    return best < 0 ? null : sentence(card, best, values[best], bestScore, grade);
  }

  /** The sentence for a customer whose stage alone stands in the way. */
  static Label leaving(String stage, String grade) {
    return new Label(
        "leaving the stage " + StageNames.of(stage).en() + " reaches " + grade,
        "脱离“" + StageNames.of(stage).zh() + "”阶段即可升至" + grade);
  }

  private static double share(Scorecard card, Assessment assessment, Step step, int j) {
    if (Double.isNaN(assessment.scores()[j]) || card.indicator(j).hasLevels()) {
      return 0;
    }
    if (step.onTotal()) {
      return card.weights()[j];
    }
    return card.dimension(j) == step.dimension()
        ? card.shareOfDimension(j, assessment.scores())
        : 0;
  }

  private static Label sentence(Scorecard card, int j, double value, double score, String grade) {
    Indicator indicator = card.indicator(j);
    double target = card.value(j, Math.min(1, score));
    return new Label(
        indicator.label().en()
            + " from "
            + Numbers.en(value, indicator.format())
            + " to "
            + Numbers.en(target, indicator.format())
            + " reaches "
            + grade,
        indicator.label().zh()
            + "从"
            + Numbers.zh(value, indicator.format())
            + "到"
            + Numbers.zh(target, indicator.format())
            + "可升至"
            + grade);
  }
}
