package io.gradus.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import io.gradus.table.StaticCall;
import java.text.Normalizer;
import java.util.Collection;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * One spelling for each customer id: NFC, no zero-width characters, no blanks around it. Nearly all
 * ids are plain ASCII, of which nothing is copied.
 */
public final class CustomerIds {
  private static final int LONGEST = 256;
  private static final char DELETE = 0x7F;
  private static final char REPLACEMENT = 0xFFFD;
  private static final Pattern ZERO_WIDTH = Pattern.compile("[\\u200B-\\u200D\\u2060\\uFEFF]");
  private static final Pattern BLANKS = Pattern.compile("[\\u00A0\\u2000-\\u200A\\u202F\\u3000]");
  private static final byte BLANK = ' ';

  private CustomerIds() {}

  /** One call per row, so that a costly expression of the owner is evaluated once. */
  static Column normalised(Column id) {
    return StaticCall.of(CustomerIds.class, "normalise", DataTypes.StringType, id);
  }

  /**
   * The id in its one spelling. Only blanks go from its ends: a control character there is a fault
   * that the rules must see.
   */
  public static UTF8String normalise(UTF8String id) {
    return (id.isFullAscii() ? id : oneSpelling(id.toString())).trim();
  }

  /**
   * Whether more than the blanks around an id was changed: two ids that look alike may have become
   * one customer.
   */
  static Column respelt(Column given, Column normalised) {
    return not(coalesce(trim(given).equalTo(normalised), lit(true)));
  }

  /**
   * The rule that a normalised id fails, NULL when it fails none. One call per row: as Spark
   * expressions the same checks cost ten times as much.
   *
   * @param placeholders ids that stand for nobody, compared without case
   */
  static Column rule(Column id, Collection<String> placeholders) {
    Column failed =
        StaticCall.nullable(
            CustomerIds.class,
            "failed",
            DataTypes.StringType,
            id,
            StaticCall.constant(new Placeholders(placeholders)));
    return when(id.isNull(), Reasons.MISSING_CUSTOMER).otherwise(failed);
  }

  /** The code of the rule that a normalised id fails, null when it fails none. */
  public static @Nullable UTF8String failed(UTF8String id, Placeholders placeholders) {
    int bytes = id.numBytes();
    if (bytes > 0 && bytes <= LONGEST && isPrintableAscii(id) && !placeholders.mayHave(id)) {
      return null;
    }
    String rule = rule(id.toString(), placeholders);
    return rule == null ? null : UTF8String.fromString(rule);
  }

  private static @Nullable String rule(String id, Placeholders placeholders) {
    if (id.isEmpty()) {
      return Reasons.MISSING_CUSTOMER;
    }
    if (placeholders.has(id)) {
      return Reasons.PLACEHOLDER_CUSTOMER;
    }
    boolean valid = id.codePointCount(0, id.length()) <= LONGEST && isPrintable(id);
    return valid ? null : Reasons.INVALID_CUSTOMER;
  }

  private static boolean isPrintableAscii(UTF8String id) {
    for (int i = 0; i < id.numBytes(); i++) {
      byte character = id.getByte(i);
      if (character < BLANK || character == DELETE) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPrintable(String id) {
    for (int i = 0; i < id.length(); i++) {
      char character = id.charAt(i);
      if (character < ' ' || (character >= DELETE && breaks(id, i))) {
        return false;
      }
    }
    return true;
  }

  /** Controls, line and paragraph separators, which forge lines, and what is no character. */
  private static boolean breaks(String id, int at) {
    return switch (Character.getType(id.codePointAt(at))) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          true;
      case Character.SURROGATE -> at == 0 || !Character.isHighSurrogate(id.charAt(at - 1));
      default -> id.charAt(at) == REPLACEMENT;
    };
  }

  private static UTF8String oneSpelling(String id) {
    String visible =
        ZERO_WIDTH.matcher(Normalizer.normalize(id, Normalizer.Form.NFC)).replaceAll("");
    return UTF8String.fromString(BLANKS.matcher(visible).replaceAll(" "));
  }
}
