package io.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code jobs/gradus} with a {@code java} that prints how it was started. */
class LauncherTest {
  private static final long KIB_PER_MIB = 1024;

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void installWithoutSources() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "the launcher needs bash");
    Path script = Files.createDirectories(folder.resolve("jobs")).resolve("gradus");
    Files.copy(Path.of("jobs/gradus"), script);
    Files.createDirectories(folder.resolve("target/dist/jars"));
    Files.createFile(folder.resolve("target/gradus.jar"));
    Files.createFile(folder.resolve("target/dist/gradus.jsa"));
    program(
        "java/bin/java",
        "if [ \"$1\" = -version ]; then echo 'openjdk version \"17.0.1\"' >&2; exit; fi",
        "echo \"$@\"");
    Files.writeString(
        folder.resolve("settings.yaml"),
        "lake: lake\nsources:\n  transactions: {path: landing, columns: {}}\n");
    Files.createDirectory(folder.resolve("landing"));
    environment.put("JAVA_HOME", folder.resolve("java").toString());
    environment.put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
  }

  @Test
  void aSmallInputRunsOnTheQuickCompilerInFourGibibytes() throws Exception {
    inputOf(64);
    assertThat(run("nightly", "--config", "settings.yaml"))
        .contains("-XX:TieredStopAtLevel=1", "-Xmx4g")
        .endsWith("io.gradus.cli.Gradus nightly --config settings.yaml");
  }

  @Test
  void aLargerOneOnTheFullCompiler() throws Exception {
    inputOf(65);
    assertThat(run("nightly", "--config=settings.yaml"))
        .contains("-XX:+UseParallelGC", "-Xmx4g")
        .doesNotContain("TieredStopAtLevel");
  }

  @Test
  void theHeapFollowsTheInputUpToHalfOfTheMachine() throws Exception {
    assumeTrue(Files.isReadable(Path.of("/proc/meminfo")), "no /proc/meminfo");
    inputOf(1_500);
    long half = memoryMib() / 2;
    assertThat(run("backtest", "--config", "settings.yaml"))
        .contains("-Xmx" + Math.max(4_096, Math.min(6_000, half)) + "m");
    inputOf(50_000_000);
    assertThat(run("train", "--config", "settings.yaml"))
        .contains("-Xmx" + Math.max(4_096, half) + "m");
  }

  @Test
  void anInputThatCannotBeMeasuredIsTakenAsLarge() throws Exception {
    program("bin/du", "exit 1");
    assertThat(run("nightly", "--config", "settings.yaml")).contains("UseParallelGC", "-Xmx4g");
    assertThat(run("nightly", "--config", "absent.yaml")).contains("UseParallelGC", "-Xmx4g");
  }

  @Test
  void otherCommandsDoNotLookAtTheInput() throws Exception {
    program("bin/du", "echo 'looked' >&2; exit 1");
    assertThat(run("status")).contains("TieredStopAtLevel", "-Xmx4g").doesNotContain("looked");
    assertThat(run("simulate")).contains("UseParallelGC");
    assertThat(run("export", "--to", "folder")).contains("UseParallelGC");
    assertThat(run("export", "--to", "jdbc:duckdb:f.db")).contains("TieredStopAtLevel");
  }

  @Test
  void theEnvironmentDecidesOverAll() throws Exception {
    inputOf(5_000);
    environment.putAll(Map.of("GRADUS_HEAP", "1500m", "GRADUS_JIT", "quick"));
    environment.put("GRADUS_OPTS", "-Dspark.a=1 -Dspark.b=2");
    assertThat(run("nightly", "--config", "settings.yaml"))
        .contains("TieredStopAtLevel", "-Xmx1500m", "-Dspark.a=1 -Dspark.b=2");
    environment.put("GRADUS_JIT", "fast");
    assertThat(run("status"))
        .isEqualTo("exit 2: gradus: GRADUS_JIT is 'fast'; it takes quick or full");
  }

  @Test
  void aJavaThatIsTooNewIsRefused() throws Exception {
    program("java/bin/java", "echo 'openjdk version \"24.0.1\"' >&2");
    assertThat(run("status")).startsWith("exit 2: gradus: Java 24 found");
  }

  private void inputOf(long mib) throws IOException {
    program("bin/du", "printf '%s\\tlanding\\n' " + mib * KIB_PER_MIB);
  }

  private void program(String path, String... lines) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/bash\n" + String.join("\n", lines) + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static long memoryMib() throws IOException {
    return Files.readAllLines(Path.of("/proc/meminfo")).stream()
            .filter(line -> line.startsWith("MemTotal:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow()
        / 1_024;
  }

  /** The line printed, with the exit code before it unless that is 0. */
  private String run(String... arguments) throws Exception {
    List<String> command =
        Stream.concat(Stream.of("/bin/bash", "jobs/gradus"), Stream.of(arguments)).toList();
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    for (String name :
        List.of("GRADUS_HEAP", "GRADUS_JIT", "GRADUS_OPTS", "GRADUS_MAIN", "SPARK_HOME")) {
      builder.environment().remove(name);
    }
    builder.environment().putAll(environment);
    Process process = builder.start();
    String text =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    int code = process.waitFor();
    return code == 0 ? text : "exit " + code + ": " + text;
  }
}
