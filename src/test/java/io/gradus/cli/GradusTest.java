package io.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.error.GradusException;
import io.gradus.job.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is decided before a Spark session starts. */
class GradusTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "nightly",
        "backfill",
        "check",
        "sql",
        "explain",
        "report",
        "status",
        "rollback",
        "erase",
        "optimize",
        "export",
        "simulate",
        "help"
      })
  void everyCommandExplainsItself(String command) {
    assertThat(Gradus.execute(command, "--help")).isZero();
  }

  @Test
  void wrongUseEndsWithTwo() throws IOException {
    Path settings = Files.writeString(folder.resolve("night.yaml"), "lakes: here\n");
    assertThat(Gradus.execute()).isEqualTo(2);
    assertThat(Gradus.execute("nightlyy")).isEqualTo(2);
    assertThat(Gradus.execute("nightly")).isEqualTo(2);
    assertThat(Gradus.execute("nightly", "--config", folder + "/absent.yaml")).isEqualTo(2);
    assertThat(Gradus.execute("nightly", "--config", settings.toString())).isEqualTo(2);
    assertThat(Gradus.execute("demo", "--customers", "5")).isEqualTo(2);
    assertThat(Gradus.execute("export")).isEqualTo(2);
    assertThat(Gradus.execute("export", "--to", "jdbc:oracle:x", "--csv", "y")).isEqualTo(2);
    assertThat(Gradus.execute("export", "--to", "jdbc:postgresql://h/d?password=p")).isEqualTo(2);
    assertThat(Gradus.execute("sql", "--question", "nothing")).isEqualTo(2);
    assertThat(Gradus.execute("sql", "SELECT 1", "--set", "a=1")).isEqualTo(2);
    assertThat(Gradus.execute("sql", "--questions")).isZero();
  }

  @Test
  void commandsThatChangeALakeAskForWhatTheyNeed() throws IOException {
    Path settings =
        Files.writeString(
            folder.resolve("night.yaml"),
            "sources: {transactions: {path: x, columns: {customer_id: a, timestamp: b, amount:"
                + " c}}}");
    String config = settings.toString();
    assertThat(Gradus.execute("backfill", "--config", config, "--from", "2026-01-01")).isEqualTo(2);
    assertThat(
            Gradus.execute(
                "backfill",
                "--config",
                config,
                "--from",
                "2026-01-01",
                "--to",
                "2026-01-02",
                "--as-of",
                "2026-01-01"))
        .isEqualTo(2);
    assertThat(
            Gradus.execute("backfill", "--config", config, "--from", "2026-01-01", "--to", "soon"))
        .isEqualTo(2);
    assertThat(Gradus.execute("erase", "c1")).isEqualTo(2);
    assertThat(Gradus.execute("erase", "--lake", "x")).isEqualTo(2);
  }

  @Test
  void messagesCannotForgeALineNorTellASecret() {
    assertThat(printable("customer 'a\u001b[2J\u2028\u202eb' is bad\ngradus: all is well"))
        .isEqualTo("customer 'a?[2J??b' is bad");
    assertThat(printable("x\u0085y")).doesNotContain("\u0085");
    assertThat(printable("jdbc:postgresql://h/db?user=u&password=s3cret&ssl=true"))
        .isEqualTo("jdbc:postgresql://h/db?user=u&password=***&ssl=true");
    assertThat(printable("no file system serves s3a://key:s3cret@bucket/lake"))
        .isEqualTo("no file system serves s3a://***@bucket/lake");
  }

  private static String printable(String message) {
    return Failures.line(GradusException.usage(message));
  }
}
