package io.gradus.ingest;

import io.gradus.table.StaticCall;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/** The three letters of an ISO 4217 code in one INT: an aggregation's buffers hold no text. */
public final class CurrencyNumber {
  private static final int BITS = 8;
  private static final int LETTER = (1 << BITS) - 1;

  private CurrencyNumber() {}

  static Column of(Column code) {
    return StaticCall.of(CurrencyNumber.class, "number", DataTypes.IntegerType, code);
  }

  /** The number of a code. */
  public static int number(UTF8String code) {
    return code.getByte(0) << 2 * BITS | code.getByte(1) << BITS | code.getByte(2);
  }

  static String code(int number) {
    char[] letters = {
      (char) (number >> 2 * BITS), (char) (number >> BITS & LETTER), (char) (number & LETTER)
    };
    return String.valueOf(letters);
  }
}
