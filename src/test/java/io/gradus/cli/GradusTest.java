package io.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
        "check",
        "sql",
        "explain",
        "status",
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
}
