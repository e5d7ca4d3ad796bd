package io.gradus.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.job.SimulateJob;
import io.gradus.lake.Lake;
import io.gradus.simulate.Company;
import io.gradus.table.Gold;
import io.gradus.testing.PostgresServer;
import io.gradus.testing.SparkExtension;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The nightly job submitted to a Spark distribution that has neither Delta nor anything of ours:
 * the one-file jar in local mode, the thin jar on a cluster of which an executor is killed in the
 * middle. The command is in CONTRIBUTING.md; the jars it submits are those of {@code mvn package}.
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
    try (StandaloneCluster cluster =
        new StandaloneCluster(folder.resolve("spark"), TARGET.resolve("dist/jars"), options())) {
      oneFile(cluster, night("local"));
      String lake = folder.resolve("local").toString();
      Path page = folder.resolve("report.html");
      oneFile(cluster, List.of("report", "--lake", lake, "--out", page.toString()));
      assertThat(page).content().contains("echarts");
      exportsToPostgres(cluster, lake, spark);

      Set<ProcessHandle> first = new HashSet<>();
      Set<ProcessHandle> later = new HashSet<>();
      Submitted distributed =
          watch(
              cluster.submitThin(cluster.url(), TARGET.resolve("gradus.jar"), night("cluster")),
              stage -> {
                if (stage.contains("\"stage\":\"features\"")) {
                  first.addAll(cluster.executors());
                  assertThat(first).as("executors of two workers").hasSize(2);
                  first.iterator().next().destroyForcibly();
                } else if (!first.isEmpty()) {
                  later.addAll(cluster.executors());
                }
              });
      assertThat(distributed.exitCode()).as(distributed.printed()).isZero();
      later.removeAll(first);
      assertThat(later).as("a new executor takes the place of the killed one").isNotEmpty();
      assertSinksHaveTheNumbersForPrometheus(cluster.sink());
    }
    assertThat(hashes(spark, "cluster"))
        .containsKeys("gold/customer_360", "silver/transaction", "gold/grade_summary")
        .isEqualTo(hashes(spark, "local"));
  }

  /** Runs a command of the one-file jar, in local mode, on nothing but the distribution. */
  private void oneFile(StandaloneCluster cluster, List<String> command) throws Exception {
    Submitted run =
        watch(
            cluster.submitShaded("local[2]", TARGET.resolve("gradus-all.jar"), command),
            stage -> {});
    assertThat(run.exitCode()).as(run.printed()).isZero();
  }

  /** The driver is in the file; where the machine has no server, that part is left out. */
  private void exportsToPostgres(StandaloneCluster cluster, String lake, SparkSession spark)
      throws Exception {
    if (PostgresServer.binaries().isEmpty()) {
      System.err.println("export into PostgreSQL: left out, no server is installed");
      return;
    }
    Path secret = Files.writeString(folder.resolve("secret"), PostgresServer.PASSWORD);
    try (PostgresServer server = PostgresServer.start(PostgresServer.binaries().get())) {
      String target = server.url();
      List<String> command = new ArrayList<>(List.of("export", "--lake", lake, "--to", target));
      command.addAll(List.of("--user", PostgresServer.USER, "--password-file", "" + secret));
      oneFile(cluster, command);
      try (var connection =
              DriverManager.getConnection(target, PostgresServer.USER, PostgresServer.PASSWORD);
          var rows =
              connection.createStatement().executeQuery("SELECT count(*) FROM customer_360")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getLong(1))
            .isEqualTo(Lake.openToRead(spark, lake).readPublished(Gold.CUSTOMER_360).count());
      }
    }
  }

  private void assertSinksHaveTheNumbersForPrometheus(Path sink) throws IOException {
    Map<String, Map<String, Double>> told = MetricSinks.ofCsv(sink);
    for (String lake : List.of("local", "cluster")) {
      Map<String, Double> file = MetricSinks.ofPrometheus(folder.resolve(lake + ".prom"));
      assertThat(file)
          .containsKeys("gradus_stage_seconds.write_customers", "gradus_published_customers");
      // The command ends later than the job.
      file.keySet().removeAll(Set.of("gradus_run_seconds", "gradus_run_timestamp_seconds"));
      file.remove("gradus_published_timestamp_seconds");
      assertThat(told.values())
          .as("gauges of the night on %s", lake)
          .anySatisfy(gauges -> assertThat(gauges).containsAllEntriesOf(file));
    }
  }

  /** How a submitted command ended, and its lines on standard error. */
  private record Submitted(int exitCode, String printed) {}

  /** Runs a command to its end; each stage's line is handed over while the next stage runs. */
  private Submitted watch(ProcessBuilder command, Consumer<String> stage) throws Exception {
    Process job = command.redirectOutput(folder.resolve("summary.txt").toFile()).start();
    List<String> printed = new ArrayList<>();
    try (BufferedReader lines = job.errorReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        printed.add(line);
        if (line.contains("\"event\":\"stage\"")) {
          stage.accept(line);
        }
      }
    }
    return new Submitted(job.waitFor(), String.join("\n", printed));
  }

  /** The hash of the rows in each table but those that tell of durations and code. */
  private Map<String, String> hashes(SparkSession spark, String lake) {
    var published = Lake.openToRead(spark, folder.resolve(lake).toString()).published();
    Map<String, String> hashes = new TreeMap<>(published.current().orElseThrow().contentHashes());
    hashes.remove("ops/run");
    hashes.remove("ops/run_stage");
    return hashes;
  }

  private List<String> night(String lake) {
    return List.of(
        "nightly",
        "--config",
        Path.of("jobs", "demo", "demo.yaml").toAbsolutePath().toString(),
        "--lake",
        folder.resolve(lake).toString(),
        "--set",
        "sources.transactions.path=" + folder.resolve("landing"),
        "--set",
        "sources.customers.path=" + folder.resolve("master"),
        "--as-of",
        AS_OF.toString(),
        "--log-format",
        "json",
        "--metrics-file",
        folder.resolve(lake + ".prom").toString());
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
