package io.gradus.table;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * Doubles rounded to ten significant decimal digits. Sums of doubles depend on the order of the
 * rows in their last digits; rounded, the order does not show.
 */
public final class TenDigits {
  private static final int DIGITS = 10;
  private static final double[] POWERS = powers();

  private TenDigits() {}

  /** A DOUBLE column rounded; NULL for NULL, NaN and infinity. */
  static Column of(Column value) {
    return StaticCall.nullable(TenDigits.class, "orNull", DataTypes.DoubleType, value);
  }

  /** The value rounded; null for NaN and infinity. */
  public static @Nullable Double orNull(double value) {
    return Double.isFinite(value) ? of(value) : null;
  }

  /**
   * The nearest double of ten significant decimal digits. A value below 1e-12 or from 1e31 on, NaN
   * and infinity stay as they are.
   */
  public static double of(double value) {
    double size = Math.abs(value);
    if (!(size >= 1e-12 && size < 1e31)) {
      // Minus zero becomes zero.
      return value + 0.0;
    }
    int shift = DIGITS - 1 - (int) Math.floor(Math.log10(size));
    double scale = POWERS[Math.abs(shift)];
    return shift >= 0 ? Math.rint(value * scale) / scale : Math.rint(value / scale) * scale;
  }

  /** The powers of ten that a double holds exactly. */
  private static double[] powers() {
    double[] powers = new double[23];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }
}
