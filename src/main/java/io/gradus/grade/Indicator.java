package io.gradus.grade;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One measured fact about a customer and how it becomes a score of 0..1: transform, clip to the
 * limits, scale, turn round when less is better.
 *
 * @param column the customer column that is read
 * @param weight share inside its dimension, 0..1; the weights of a dimension add up to 1. Absent
 *     where the weighting derives it
 * @param transform {@code linear} or {@code log}, the latter ln(1 + value/unit) with the sign kept
 * @param direction {@code higher} or {@code lower} is better
 * @param lower the value that scores 0 (1 with {@code lower}); learned as the first percentile when
 *     absent
 * @param upper the value that scores 1; learned as the 99th percentile when absent
 * @param unit the scale of the log transform in the column's own unit; learned as a tenth of the
 *     median of the positive values when absent, so that a change of currency changes no score
 * @param levels for a text column, each text's score 0..1; texts not listed are missing
 * @param whenMissing the score 0..1 of a missing value; absent = the indicator is left out and the
 *     others of its dimension carry its weight
 * @param optional whether the column may be absent altogether, as with a feed that is not delivered
 * @param label the name for people; known columns have one already
 * @param format how values are printed; known columns have one already
 */
public record Indicator(
    String column,
    Double weight,
    Transform transform,
    Direction direction,
    @Nullable Double lower,
    @Nullable Double upper,
    @Nullable Double unit,
    Map<String, Double> levels,
    @Nullable Double whenMissing,
    Boolean optional,
    Label label,
    Format format)
    implements Serializable {

  /** The shape of the scale. */
  public enum Transform {
    LINEAR,
    LOG
  }

  /** Which end of the scale is good. */
  public enum Direction {
    HIGHER,
    LOWER
  }

  /** How a value is printed in a reason. */
  public enum Format {
    MONEY,
    NUMBER,
    /** A number of 0..100. */
    INDEX,
    PERCENT,
    DAYS,
    TEXT
  }

  public Indicator {
    if (column == null || !column.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new IllegalArgumentException(
          "column must name a customer column, found '" + column + "'");
    }
    SensitiveAttributes.refuse(column);
    weight = weight == null ? 0.0 : weight;
    optional = optional != null && optional;
    levels = copy(column, levels);
    IndicatorCatalog.Entry known = IndicatorCatalog.of(column);
    boolean text = !levels.isEmpty();
    direction = direction == null ? known.direction() : direction;
    format = text ? Format.TEXT : format == null ? known.format() : format;
    label = label == null ? known.label() : label;
    transform = text ? Transform.LINEAR : transform == null ? known.transform() : transform;
    if (text) {
      direction = Direction.HIGHER;
      lower = 0.0;
      upper = 1.0;
    }
    requireShare(column + ": weight", weight);
    if (whenMissing != null) {
      requireShare(column + ": when_missing", whenMissing);
    }
    if (lower != null && upper != null && !(lower < upper)) {
      throw new IllegalArgumentException(
          column + ": lower must be below upper, found " + lower + " and " + upper);
    }
    if (unit != null && !(unit > 0)) {
      throw new IllegalArgumentException(column + ": unit must be above 0, found " + unit);
    }
  }

  /** The value on the scale that scores are linear on. */
  double transformed(double value, double unit) {
    return transform == Transform.LOG
        ? Math.signum(value) * Math.log1p(Math.abs(value) / unit)
        : value;
  }

  /** The value whose {@link #transformed} is given. */
  double original(double transformed, double unit) {
    return transform == Transform.LOG
        ? Math.signum(transformed) * unit * Math.expm1(Math.abs(transformed))
        : transformed;
  }

  /**
   * The least distance between the learned ends of the scale, on the transformed scale: customers
   * who differ by less are practically alike. A factor of 2 on log scales; on linear ones 20
   * percentage points, 30 days, 10 points of an index of 0..100. 0 for texts and for columns of the
   * owner's own, whose unit nobody knows.
   */
  double leastWidth() {
    return hasLevels()
        ? 0
        : transform == Transform.LOG ? Math.log(2) : IndicatorCatalog.of(column).leastLinearWidth();
  }

  /** Whether the column holds texts that {@link #levels} turns into scores. */
  public boolean hasLevels() {
    return !levels.isEmpty();
  }

  private static Map<String, Double> copy(String column, Map<String, Double> levels) {
    if (levels == null) {
      return Map.of();
    }
    levels.forEach((text, score) -> requireShare(column + ": levels." + text, score));
    return Collections.unmodifiableMap(new LinkedHashMap<>(levels));
  }

  private static void requireShare(String what, @Nullable Double value) {
    if (value == null || !(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(what + " must be within 0..1, found " + value);
    }
  }
}
