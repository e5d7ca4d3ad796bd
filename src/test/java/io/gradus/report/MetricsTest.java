package io.gradus.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetricsTest {
  /** The grammar of a sample line as the exposition format's page gives it, without time stamp. */
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)\\{((?:[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n"
              + "]|\\\\[\\\\\"n])*\",?)*)\\} (-?[0-9]+(?:\\.[0-9]+)?)");

  private static final List<StageTime> STAGES =
      List.of(
          new StageTime("r", "silver", -1, 2.5, 100, 10),
          new StageTime("r", "features", 30, 1, 90, 0));
  private static final Instant MONDAY = Instant.parse("2026-02-02T03:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2026-02-03T03:00:00Z");

  private static Map<String, String> samples(String text) {
    Map<String, String> values = new HashMap<>();
    Map<String, String> types = new HashMap<>();
    for (String line : text.lines().toList()) {
      if (line.startsWith("# TYPE ")) {
        String[] words = line.split(" ", -1);
        assertThat(types.put(words[2], words[3])).as("one TYPE for %s", words[2]).isNull();
      } else if (!line.startsWith("# HELP ")) {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        assertThat(types).as("TYPE comes before samples").containsKey(sample.group(1));
        String series = sample.group(1) + "{" + sample.group(2) + "}";
        assertThat(values.put(series, sample.group(3))).as("one sample of %s", series).isNull();
      }
    }
    assertThat(text).endsWith("\n");
    return values;
  }

  private static RunFacts facts(boolean published) {
    return new RunFacts(
        "r",
        LocalDate.of(2026, 2, 1),
        published,
        "lake",
        "EUR",
        1,
        100,
        90,
        6,
        3,
        1,
        0,
        BigDecimal.TEN,
        List.of(),
        42,
        List.of(),
        List.of(),
        List.of(),
        List.of("late"),
        STAGES,
        4);
  }

  @Test
  void aGoodRunTellsStagesAndWhatItPublished() {
    String text = Metrics.succeeded("nightly", facts(true), MONDAY, 4.25).text("");
    assertThat(samples(text))
        .containsEntry("gradus_run_exit_code{command=\"nightly\"}", "0")
        .containsEntry("gradus_run_seconds{command=\"nightly\"}", "4.250")
        .containsEntry("gradus_published_customers{command=\"nightly\"}", "42")
        .containsEntry(
            "gradus_published_input_rows{command=\"nightly\",disposition=\"quarantined\"}", "6")
        .containsEntry("gradus_stage_written_bytes{command=\"nightly\",stage=\"silver\"}", "10")
        .doesNotContainKey("gradus_stage_rows{command=\"nightly\",stage=\"silver\"}")
        .containsEntry(
            "gradus_published_timestamp_seconds{command=\"nightly\"}",
            Long.toString(MONDAY.getEpochSecond()));
  }

  @Test
  void aFailureKeepsWhatIsPublishedAndASuccessReplacesIt() {
    String good = Metrics.succeeded("nightly", facts(true), MONDAY, 4).text("");
    String failed = Metrics.failed("nightly", 3, List.of(STAGES.get(0)), TUESDAY, 1).text(good);
    assertThat(samples(failed))
        .containsEntry("gradus_run_exit_code{command=\"nightly\"}", "3")
        .containsEntry(
            "gradus_run_timestamp_seconds{command=\"nightly\"}",
            Long.toString(TUESDAY.getEpochSecond()))
        .containsEntry(
            "gradus_published_timestamp_seconds{command=\"nightly\"}",
            Long.toString(MONDAY.getEpochSecond()))
        .containsEntry("gradus_published_customers{command=\"nightly\"}", "42")
        .doesNotContainKey("gradus_stage_seconds{command=\"nightly\",stage=\"features\"}");

    String again = Metrics.succeeded("nightly", facts(false), TUESDAY, 1).text(failed);
    assertThat(samples(again))
        .containsEntry(
            "gradus_published_timestamp_seconds{command=\"nightly\"}",
            Long.toString(TUESDAY.getEpochSecond()))
        .containsEntry("gradus_published_customers{command=\"nightly\"}", "42");
  }

  @Test
  void aFirstRunThatFailsHasNothingPublished() {
    assertThat(Metrics.failed("nightly", 2, List.of(), MONDAY, 0).text(""))
        .doesNotContain("gradus_published_");
  }
}
