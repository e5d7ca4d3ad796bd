package io.gradus.ingest;

import io.gradus.table.TableSpec;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * A binary amount to the cent, rounded half up as its shortest decimal notation is: 1.005, which is
 * a little less as a binary number, gives 1.01. So does Spark's cast to a decimal, by a text of
 * each number.
 */
public final class BinaryAmount {
  /** Below it, a hundred times a number is known to far less than {@link #NEAR_HALF}. */
  private static final double EASY = 1e9;

  private static final double NEAR_HALF = 1e-4;

  private BinaryAmount() {}

  /** Whole cents; null for NaN, infinity and what has more digits than money has. */
  public static @Nullable Long cents(double amount) {
    double size = Math.abs(amount) * 100;
    double whole = Math.floor(size);
    double rest = size - whole;
    if (size < EASY * 100 && Math.abs(rest - .5) > NEAR_HALF) {
      long cents = (long) whole + (rest > .5 ? 1 : 0);
      return amount < 0 ? -cents : cents;
    }
    return Double.isFinite(amount) ? ofText(amount) : null;
  }

  private static @Nullable Long ofText(double amount) {
    BigDecimal cents =
        BigDecimal.valueOf(amount).setScale(TableSpec.MONEY.scale(), RoundingMode.HALF_UP);
    boolean fits = cents.precision() <= TableSpec.MONEY.precision();
    return fits ? cents.unscaledValue().longValueExact() : null;
  }
}
