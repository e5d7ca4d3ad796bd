package io.gradus.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CustomerIdsTest {
  private static final Placeholders NOBODY =
      new Placeholders(List.of("Guest", "-1", "null", "\u672a\u77e5"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          17850|17850
           17850  |17850
             |
          A 1|A 1
          e\u0301 |\u00e9
          \u00a0A\u200b1|A1
          \u3000\u5f20\u4e09|\u5f20\u4e09
          """)
  void anIdHasOneSpelling(String given, @Nullable String expected) {
    String found = CustomerIds.normalise(UTF8String.fromString(given)).toString();

    assertThat(found).isEqualTo(expected == null ? "" : expected);
  }

  @ParameterizedTest
  @CsvSource({
    "17850,",
    "g,",
    "guests,",
    "guest, placeholder_customer",
    "GUEST, placeholder_customer",
    "-1, placeholder_customer",
    "-12,",
    "NULL, placeholder_customer",
    "\u672a\u77e5, placeholder_customer",
    "\u5f20\u4e09,",
    "'', missing_customer",
    "'a\tb', invalid_customer",
    "'a\u007f', invalid_customer",
    "'\u2028', invalid_customer",
    "'\ufffd', invalid_customer"
  })
  void anIdThatIsNoneFailsARule(String id, @Nullable String expected) {
    assertThat(failed(id)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "a, 256,",
    "a, 257, invalid_customer",
    "\u5f20, 256,",
    "\u5f20, 257, invalid_customer"
  })
  void anIdHasAtMost256Characters(String character, int times, @Nullable String expected) {
    assertThat(failed(character.repeat(times))).isEqualTo(expected);
  }

  private static @Nullable String failed(String id) {
    UTF8String rule = CustomerIds.failed(UTF8String.fromString(id), NOBODY);
    return rule == null ? null : rule.toString();
  }
}
