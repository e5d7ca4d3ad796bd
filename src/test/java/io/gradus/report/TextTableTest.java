package io.gradus.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.report.TextTable.Format;
import io.gradus.report.TextTable.Result;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  private static final Result RESULT =
      new Result(
          List.of("name", "n"),
          List.of(
              Arrays.asList("=HYPERLINK(\"x\")", 1),
              Arrays.asList("客户, \"a\"", null),
              Arrays.asList("two\nlines", -3)));

  @Test
  void csvQuotesAndDefusesFormulas() {
    assertThat(TextTable.of(RESULT, Format.CSV))
        .isEqualTo(
            "name,n\r\n\"'=HYPERLINK(\"\"x\"\")\",1\r\n\"客户, \"\"a\"\"\",\r\n\"two\nlines\",-3\r\n");
  }

  @Test
  void tableKeepsRowsOnOneLineAndColumnsAligned() {
    List<String> lines = TextTable.of(RESULT, Format.TABLE).lines().toList();

    assertThat(lines).hasSize(6);
    assertThat(lines.get(4)).isEqualTo("two lines        -3");
    assertThat(lines.get(5)).isEqualTo("(3 rows)");
  }

  @Test
  void jsonIsOneObjectPerLine() {
    assertThat(TextTable.of(RESULT, Format.JSON).lines().toList().get(1))
        .isEqualTo("{\"name\":\"客户, \\\"a\\\"\",\"n\":null}");
  }
}
