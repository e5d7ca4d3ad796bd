package io.gradus.table;

import static org.apache.spark.sql.functions.lit;

import java.math.BigDecimal;
import org.apache.spark.sql.Column;

/**
 * Money inside a plan. Sums of DECIMAL(18,2) run on arbitrary-precision numbers; whole cents in
 * BIGINT are as exact, fail on overflow under ANSI mode, and add up an order of magnitude faster.
 */
public final class Money {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private Money() {}

  /** DECIMAL(18,2) to whole cents, exactly. */
  public static Column toCents(Column amount) {
    return amount.multiply(lit(HUNDRED)).cast("bigint");
  }

  /** Whole cents to DECIMAL(18,2), exactly; fails beyond 18 digits. */
  public static Column fromCents(Column cents) {
    return cents.cast("decimal(20,0)").divide(lit(HUNDRED)).cast(TableSpec.MONEY);
  }
}
