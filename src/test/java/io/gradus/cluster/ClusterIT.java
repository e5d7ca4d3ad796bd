package io.gradus.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.config.Settings;
import io.gradus.config.YamlReader;
import io.gradus.job.NightlyJob;
import io.gradus.job.Progress;
import io.gradus.job.SimulateJob;
import io.gradus.lake.Lake;
import io.gradus.simulate.Company;
import io.gradus.testing.SparkExtension;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The nightly job on a real cluster, an executor killed in the middle: {@code mvn -P cluster} after
 * {@code mvn package}, whose jars it submits.
 */
@ExtendWith(SparkExtension.class)
class ClusterIT {
  private static final Path TARGET = Path.of("target");
  private static final LocalDate FROM = LocalDate.of(2024, 1, 1);
  private static final LocalDate AS_OF = LocalDate.of(2025, 12, 31);

  @TempDir Path folder;

  @Test
  void theSameRowsAsInLocalModeThoughAnExecutorIsKilled(SparkSession spark) throws Exception {
    Company company = Company.of(300, FROM, AS_OF, 7).withDirtyShare(0.03);
    new SimulateJob(spark).run(company, folder.toString());
    new NightlyJob(spark, InstantSource.system(), Progress.silent()).run(settings("local"));

    List<String> printed = new ArrayList<>();
    Set<ProcessHandle> replacements = new HashSet<>();
    int code;
    try (StandaloneCluster cluster =
        new StandaloneCluster(folder.resolve("spark"), TARGET.resolve("dist/jars"), options())) {
      List<String> arguments = new ArrayList<>(List.of("nightly", "--config", demo().toString()));
      places("cluster")
          .forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
      arguments.addAll(List.of("--as-of", AS_OF.toString(), "--log-format", "json"));
      Process job =
          cluster
              .submit(TARGET.resolve("gradus.jar"), arguments)
              .redirectOutput(folder.resolve("summary.txt").toFile())
              .start();
      Set<ProcessHandle> first = Set.of();
      try (BufferedReader lines = job.errorReader()) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          printed.add(line);
          if (first.isEmpty() && line.contains("\"stage\":\"features\"")) {
            first = cluster.executors();
            assertThat(first).as("executors of two workers").hasSize(2);
            first.iterator().next().destroyForcibly();
          } else if (!first.isEmpty()) {
            replacements.addAll(cluster.executors());
          }
        }
      }
      code = job.waitFor();
      replacements.removeAll(first);
    }

    assertThat(code).as(String.join("\n", printed)).isZero();
    assertThat(replacements).as("a new executor takes the place of the killed one").isNotEmpty();
    assertThat(hashes(spark, "cluster"))
        .containsKeys("gold/customer_360", "silver/transaction", "gold/grade_summary")
        .isEqualTo(hashes(spark, "local"));
  }

  /** The hash of the rows in each table but those that tell of durations and code. */
  private Map<String, String> hashes(SparkSession spark, String lake) {
    var published = Lake.openToRead(spark, folder.resolve(lake).toString()).published();
    Map<String, String> hashes = new TreeMap<>(published.current().orElseThrow().contentHashes());
    hashes.remove("ops/run");
    hashes.remove("ops/run_stage");
    return hashes;
  }

  private static Path demo() {
    return Path.of("jobs", "demo", "demo.yaml").toAbsolutePath();
  }

  private Map<String, String> places(String lake) {
    Map<String, String> places = new LinkedHashMap<>();
    places.put("lake", folder.resolve(lake).toString());
    places.put("sources.transactions.path", folder.resolve("landing").toString());
    places.put("sources.customers.path", folder.resolve("master").toString());
    return places;
  }

  private Settings settings(String lake) throws IOException {
    return YamlReader.read("demo.yaml", Files.readString(demo()), places(lake), Settings.class)
        .at(AS_OF);
  }

  /** Those of this JVM that Spark needs; short lives want no optimising compiler. */
  private static List<String> options() {
    List<String> options = new ArrayList<>(List.of("-Xmx1g", "-XX:+UseSerialGC"));
    options.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xss4m"));
    java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(
            argument -> argument.startsWith("--add-opens=") || argument.startsWith("-Dio.netty"))
        .forEach(options::add);
    return options;
  }
}
