package io.gradus.grade;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Personal attributes that a grade never rests on: what data protection law calls special
 * categories (GDPR art. 9), and the classic grounds of discrimination (Charter of Fundamental
 * Rights of the EU, art. 21). Recognised by the words of the column's name.
 */
final class SensitiveAttributes {
  private static final Set<String> WORDS =
      Set.of(
          "age",
          "birth",
          "birthday",
          "birthdate",
          "dob",
          "gender",
          "sex",
          "race",
          "racial",
          "ethnic",
          "ethnicity",
          "skin",
          "colour",
          "nationality",
          "citizenship",
          "religion",
          "religious",
          "faith",
          "belief",
          "political",
          "politics",
          "party",
          "union",
          "health",
          "disability",
          "disabled",
          "pregnant",
          "pregnancy",
          "medical",
          "genetic",
          "biometric",
          "sexual",
          "orientation",
          "marital",
          "married",
          "caste",
          "language",
          "immigration");
  private static final List<String> CHINESE =
      List.of("性别", "年龄", "生日", "民族", "种族", "国籍", "宗教", "信仰", "政治", "党派", "健康", "残疾", "怀孕", "婚姻");

  private SensitiveAttributes() {}

  /**
   * Refuses a column whose name speaks of a sensitive personal attribute.
   *
   * @throws IllegalArgumentException naming the column and the word
   */
  static void refuse(String column) {
    Arrays.stream(column.replaceAll("([a-z])([A-Z])", "$1_$2").split("[^\\p{L}]+"))
        .map(word -> word.toLowerCase(Locale.ROOT))
        .filter(WORDS::contains)
        .findFirst()
        .ifPresent(word -> refuse(column, word));
    CHINESE.stream().filter(column::contains).findFirst().ifPresent(word -> refuse(column, word));
  }

  private static void refuse(String column, String word) {
    throw new IllegalArgumentException(
        "'"
            + column
            + "' speaks of a sensitive personal attribute ("
            + word
            + "); a grade must not rest on it, take it out of the policy");
  }
}
