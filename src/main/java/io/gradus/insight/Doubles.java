package io.gradus.insight;

import static org.apache.spark.sql.functions.udf;

import java.math.BigDecimal;
import java.math.MathContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/** Doubles as they are stored: ten significant digits, no NaN and no infinity. */
final class Doubles {
  private static final MathContext DIGITS = new MathContext(10);
  private static final UserDefinedFunction ROUND =
      udf((UDF1<Double, Double>) Doubles::round, DataTypes.DoubleType);

  private Doubles() {}

  static Column rounded(Column value) {
    return ROUND.apply(value);
  }

  private static @org.jspecify.annotations.Nullable Double round(
      @org.jspecify.annotations.Nullable Double value) {
    return value == null || !Double.isFinite(value)
        ? null
        : (Double) new BigDecimal(value).round(DIGITS).doubleValue();
  }
}
