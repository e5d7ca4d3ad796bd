package io.gradus.grade;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a stage of the lifecycle means for the grade, whatever the figures say: last year's revenue
 * still stands in the score of a customer who left months ago.
 *
 * @param grade the best grade that a customer in this stage can have
 * @param strategy what to do with such a customer; that of the grade when absent
 */
public record StageCap(String grade, @Nullable Label strategy) implements Serializable {
  public StageCap {
    if (grade == null || grade.isBlank()) {
      throw new IllegalArgumentException("grade is missing; name the best grade of the stage");
    }
  }
}
