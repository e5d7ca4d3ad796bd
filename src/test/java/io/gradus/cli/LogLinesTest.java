package io.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;

/** The layout that the launcher logs with. */
class LogLinesTest {
  private static String logged(String message) throws IOException {
    try (var file = LogLinesTest.class.getResourceAsStream("/gradus-log4j2.xml")) {
      String xml = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      Matcher pattern = Pattern.compile("pattern=\"([^\"]+)\"").matcher(xml);
      assertThat(pattern.find()).isTrue();
      var layout =
          PatternLayout.newBuilder().withPattern(pattern.group(1).replace("&amp;", "&")).build();
      return layout.toSerializable(
          Log4jLogEvent.newBuilder()
              .setLoggerName("io.gradus.job.Night")
              .setLevel(Level.INFO)
              .setMessage(new SimpleMessage(message))
              .build());
    }
  }

  @Test
  void aValueCannotForgeALine() throws IOException {
    String text = logged("customer a\r\n2026-01-01 00:00:00 INFO Night: published");
    assertThat(text.strip().lines()).hasSize(1);
    assertThat(text).contains("Night: customer a\\r\\n2026");
  }

  @Test
  void secretsAreBlottedOut() throws IOException {
    assertThat(logged("jdbc:x?user=u&password=s3cret&ssl=true and fs.s3a.secret.key=abc"))
        .contains("password=***&ssl=true")
        .doesNotContain("s3cret")
        .doesNotContain("abc");
  }
}
