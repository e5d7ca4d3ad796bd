package io.gradus.grade;

import java.io.Serializable;
import java.util.List;

/**
 * Grades by the total score.
 *
 * @param grades ranges named by grade that cover 0..100 exactly once; kept best first
 */
public record ScoreModel(List<Range> grades) implements Serializable {
  public ScoreModel {
    grades = Range.cover(grades, 0, 100);
  }
}
