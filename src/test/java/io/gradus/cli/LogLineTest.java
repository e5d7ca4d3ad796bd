package io.gradus.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradus.cli.LogOptions.LogFormat;
import io.gradus.report.StageTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.logging.log4j.core.LoggerContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogLineTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-02-02T03:00:00Z"));
  private static final StageTime STAGE =
      new StageTime("20260201-ab", "write customers", 42, 1.5, 1024, 2048);

  private static String line(LogFormat format, StageTime stage) {
    StringWriter text = new StringWriter();
    new LineProgress(new PrintWriter(text), CLOCK, format).finished(stage);
    return text.toString();
  }

  @Test
  void aStageIsOneLineOfPairs() {
    assertThat(line(LogFormat.TEXT, STAGE).strip())
        .isEqualTo(
            "time=2026-02-02T03:00:00Z level=INFO event=stage run=20260201-ab stage=\"write"
                + " customers\" rows=42 seconds=1.5 peak_memory_bytes=1024 bytes_written=2048");
    assertThat(line(LogFormat.TEXT, new StageTime("", "plan \"input\"", -1, 0, 0, 0)))
        .doesNotContain("run=")
        .doesNotContain("rows=")
        .contains("stage=\"plan \\\"input\\\"\"");
  }

  @Test
  void orOneJsonObjectWithTheSameFields() throws Exception {
    JsonNode json = new ObjectMapper().readTree(line(LogFormat.JSON, STAGE));
    assertThat(json.path("stage").asText()).isEqualTo("write customers");
    assertThat(json.path("bytes_written").asLong()).isEqualTo(2048);
    JsonNode early =
        new ObjectMapper()
            .readTree(line(LogFormat.JSON, new StageTime("", "plan input", -1, 0, 0, 0)));
    assertThat(early.path("run").isNull()).isTrue();
    assertThat(early.path("rows").isNull()).isTrue();
  }

  @Test
  void aFailureBeforeAnyStageLeavesMetricsWithItsCode(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("gradus.prom");
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    PrintStream before = System.err;
    LoggerContext logging = LoggerContext.getContext(false);
    URI layout = logging.getConfigLocation();
    System.setErr(new PrintStream(shown, true, UTF_8));
    int code;
    try {
      code =
          Gradus.execute(
              "nightly",
              "--config",
              folder + "/absent.yaml",
              "--log-format",
              "json",
              "--metrics-file",
              file.toString());
    } finally {
      System.setErr(before);
      logging.setConfigLocation(layout);
    }
    assertThat(code).isEqualTo(2);
    JsonNode line = new ObjectMapper().readTree(shown.toString(UTF_8));
    assertThat(line.path("event").asText()).isEqualTo("failed");
    assertThat(line.path("exit_code").asInt()).isEqualTo(2);
    assertThat(line.path("message").asText()).contains("absent.yaml");
    assertThat(file).content().contains("gradus_run_exit_code{command=\"nightly\"} 2\n");
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void theEstimateIsWhatPastRunsTook() {
    Map<String, Double> usual = new LinkedHashMap<>();
    usual.put("silver", 30.0);
    usual.put("features", 12.0);
    assertThat(TerminalProgress.estimate(usual, "silver", 10))
        .isEqualTo("10 s of about 30 s, run done in about 32 s");
    assertThat(TerminalProgress.estimate(usual, "silver", 40)).contains("run done in about 12 s");
    assertThat(TerminalProgress.estimate(Map.of(), "silver", 7)).isEqualTo("7 s");
  }
}
