package io.gradus.grade;

import java.io.Serializable;

/**
 * One grade of the ladder. Grades are listed best first; their order is their meaning.
 *
 * @param code what is stored, such as {@code A}; at most 16 letters, digits or {@code _+-}
 * @param en the English name shown to people
 * @param zh the Chinese name shown to people
 */
public record GradeLevel(String code, String en, String zh) implements Serializable {
  public GradeLevel {
    if (code == null || !code.matches("[\\p{L}\\p{N}_+-]{1,16}")) {
      throw new IllegalArgumentException(
          "a grade's code must be 1 to 16 letters, digits or _+-, found '" + code + "'");
    }
    en = en == null ? code : en;
    zh = zh == null ? en : zh;
  }
}
