package io.gradus.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Serial;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON that may stand inside a script element: no value can end the element, open a comment or a
 * reference, or break a line of JavaScript, because the characters that could are written as
 * escapes.
 */
final class PageJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  static {
    MAPPER.getFactory().setCharacterEscapes(new MarkupEscapes());
  }

  private PageJson() {}

  /** Maps, lists, text, numbers, booleans and null as JSON. */
  static String of(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write the report's data", e);
    }
  }

  /** A cell of a result as JSON shows it: numbers and booleans as they are, all else as text. */
  static @Nullable Object cell(@Nullable Object cell) {
    if (cell instanceof BigDecimal amount) {
      return amount.stripTrailingZeros();
    }
    return cell == null || cell instanceof Number || cell instanceof Boolean
        ? cell
        : cell.toString();
  }

  /** The characters with a meaning in HTML or at the end of a JavaScript line. */
  private static final class MarkupEscapes extends CharacterEscapes {
    @Serial private static final long serialVersionUID = 1;

    private static final Map<Integer, SerializableString> BEYOND_ASCII =
        Map.of(
            0x2028, new SerializedString("\\u2028"),
            0x2029, new SerializedString("\\u2029"));

    private final int[] ascii = standardAsciiEscapesForJSON();

    MarkupEscapes() {
      for (char c : "<>&'".toCharArray()) {
        ascii[c] = ESCAPE_STANDARD;
      }
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return ascii.clone();
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
      return BEYOND_ASCII.get(character);
    }
  }
}
