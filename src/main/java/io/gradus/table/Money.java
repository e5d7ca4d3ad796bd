package io.gradus.table;

import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.MakeDecimal;
import org.apache.spark.sql.catalyst.expressions.UnscaledValue;
import org.apache.spark.sql.classic.ExpressionUtils;

/**
 * Money inside a plan. Sums of DECIMAL(18,2) run on arbitrary-precision numbers; whole cents in
 * BIGINT are as exact, fail on overflow under ANSI mode, and add up an order of magnitude faster.
 *
 * <p>The conversions are Spark's own expressions for this, which have no function of their own: the
 * public way, a product with 100, goes through arbitrary precision and costs more than the sum.
 */
public final class Money {
  private static final int SCALE = TableSpec.MONEY.scale();

  private Money() {}

  /** DECIMAL(18,2) to whole cents, exactly. */
  public static Column toCents(Column amount) {
    return wrap(amount.cast(TableSpec.MONEY), UnscaledValue::new);
  }

  /** Whole cents to DECIMAL(18,2), exactly; fails beyond 18 digits. */
  public static Column fromCents(Column cents) {
    return wrap(
        cents.cast("bigint"),
        value -> new MakeDecimal(value, TableSpec.MONEY.precision(), SCALE, false));
  }

  private static Column wrap(Column input, UnaryOperator<Expression> expression) {
    return ExpressionUtils.column(expression.apply(ExpressionUtils.expression(input)));
  }
}
