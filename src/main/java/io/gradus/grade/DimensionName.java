package io.gradus.grade;

import io.gradus.table.Columns;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a customer is judged by. Every dimension's score reads the same way: 100 is best. */
public enum DimensionName {
  VALUE(Columns.VALUE_SCORE, "Value", "价值"),
  POTENTIAL(Columns.POTENTIAL_SCORE, "Potential", "潜力"),
  LOYALTY(Columns.LOYALTY_SCORE, "Loyalty", "忠诚"),
  /** The safety of the relation: 100 is the customer with the least risk. */
  RISK(Columns.RISK_SCORE, "Low risk", "低风险"),
  FIT(Columns.FIT_SCORE, "Strategic fit", "战略契合"),
  LIFECYCLE(Columns.LIFECYCLE_SCORE, "Lifecycle", "生命周期");

  private final String column;
  private final Label label;

  DimensionName(String column, String en, String zh) {
    this.column = column;
    this.label = new Label(en, zh);
  }

  /** The column that holds the dimension's score, 0–100. */
  public String column() {
    return column;
  }

  /** The name for people. */
  public Label label() {
    return label;
  }

  /** The key in a policy, such as {@code value}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All keys, in order. */
  static List<String> keys() {
    return Arrays.stream(values()).map(DimensionName::key).toList();
  }

  /**
   * The dimension of a policy key.
   *
   * @throws IllegalArgumentException when there is none of this name
   */
  static DimensionName of(String key) {
    return Arrays.stream(values())
        .filter(d -> d.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no dimension '" + key + "'; use one of " + keys()));
  }
}
