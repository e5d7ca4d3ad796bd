package io.gradus.table;

import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.MakeDecimal;
import org.apache.spark.sql.catalyst.expressions.UnscaledValue;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.DecimalType;

/**
 * Money inside a plan. Sums of DECIMAL(18,2) run on arbitrary-precision numbers; whole cents in
 * BIGINT are as exact, fail on overflow under ANSI mode, and add up an order of magnitude faster.
 *
 * <p>The conversions are Spark's own expressions for this, which have no function of their own: the
 * public way, a product with 100, goes through arbitrary precision and costs more than the sum.
 */
public final class Money {
  private Money() {}

  /** DECIMAL(18,2) to whole cents, exactly. */
  public static Column toCents(Column amount) {
    return wrap(amount.cast(TableSpec.MONEY), UnscaledValue::new);
  }

  /** Whole cents to DECIMAL(18,2), exactly; fails beyond 18 digits. */
  public static Column fromCents(Column cents) {
    return decimal(cents, TableSpec.MONEY);
  }

  /**
   * A whole number in units of a decimal type's last place as that type: 1,234,567 is 1.234567 of
   * six decimals. Fails beyond its digits.
   *
   * @param type of at most 18 digits
   */
  public static Column decimal(Column units, DecimalType type) {
    return wrap(
        units.cast("bigint"),
        value -> new MakeDecimal(value, type.precision(), type.scale(), false));
  }

  private static Column wrap(Column input, UnaryOperator<Expression> expression) {
    return ExpressionUtils.column(expression.apply(ExpressionUtils.expression(input)));
  }
}
