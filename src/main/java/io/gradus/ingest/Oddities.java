package io.gradus.ingest;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a person should know of rows that were accepted all the same.
 *
 * @param respelt rows whose customer id was delivered in another spelling of the same characters
 * @param largestRounding how far a binary amount lay from its cent at most, in units of the
 *     currency; null when no amount was binary
 * @param largestQuantity the largest quantity, refunds included
 */
public record Oddities(long respelt, @Nullable BigDecimal largestRounding, double largestQuantity) {
  /** Nothing odd. */
  public static final Oddities NONE = new Oddities(0, null, 0);

  /** Decimal places of {@link #largestRounding}. */
  static final int MILLIONTHS = 6;

  /** Of both groups of rows. */
  Oddities plus(Oddities other) {
    return new Oddities(
        respelt + other.respelt,
        larger(largestRounding, other.largestRounding),
        Math.max(largestQuantity, other.largestQuantity));
  }

  private static @Nullable BigDecimal larger(@Nullable BigDecimal a, @Nullable BigDecimal b) {
    return a == null ? b : b == null ? a : a.max(b);
  }
}
