package io.gradus.cluster;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Spark standalone master and two workers of one core each, as processes of their own on the
 * loopback address. Its jars directory holds what a distribution has: not Delta, not ours.
 */
final class StandaloneCluster implements AutoCloseable {
  private static final String MASTER = "org.apache.spark.deploy.master.Master";
  private static final String WORKER = "org.apache.spark.deploy.worker.Worker";
  private static final String HOST = "127.0.0.1";
  private static final String CSV_SINK = "spark.metrics.conf.driver.sink.csv.";

  private static final Map<String, String> SUBMITTED =
      Map.of(
          "spark.driver.host", HOST,
          "spark.driver.bindAddress", HOST,
          "spark.executor.memory", "700m",
          "spark.executor.extraJavaOptions", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1",
          "spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension",
          "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");

  /** Five thousand lines of a night at Spark's own level cost more than the night. */
  private static final String LOGGING =
      """
      rootLogger.level = warn
      rootLogger.appenderRef.stderr.ref = stderr
      appender.stderr.type = Console
      appender.stderr.name = stderr
      appender.stderr.target = SYSTEM_ERR
      appender.stderr.layout.type = PatternLayout
      appender.stderr.layout.pattern = %d{HH:mm:ss} %p %c{1}: %m%n
      """;

  private final Path home;
  private final Path jars;
  private final List<String> ours = new ArrayList<>();
  private final List<String> javaOptions;
  private final int port;
  private final List<Process> daemons = new ArrayList<>();
  private final List<Process> workers = new ArrayList<>();

  StandaloneCluster(Path home, Path resolvedJars, List<String> javaOptions) throws IOException {
    this.home = home.toAbsolutePath();
    this.javaOptions = javaOptions;
    this.jars = Files.createDirectories(this.home.resolve("jars"));
    Files.createDirectories(sink());
    Path conf = Files.createDirectories(this.home.resolve("conf"));
    Files.writeString(conf.resolve("log4j2.properties"), LOGGING);
    try (Stream<Path> files = Files.list(resolvedJars.toAbsolutePath())) {
      for (Path jar : files.toList()) {
        String name = jar.getFileName().toString();
        if (Jars.ofTheNight(name)) {
          ours.add(jar.toString());
        }
        if (!Jars.ours(name)) {
          Files.createSymbolicLink(jars.resolve(name), jar);
        }
      }
    }
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
      port = free.getLocalPort();
    }
    String portText = Integer.toString(port);
    daemons.add(
        daemon("master", List.of(MASTER, "--host", HOST, "--port", portText, "--webui-port", "0")));
    for (int i = 1; i <= 2; i++) {
      Process worker =
          daemon(
              "worker-" + i,
              List.of(
                  WORKER,
                  "--host",
                  HOST,
                  "--cores",
                  "1",
                  "--memory",
                  "1g",
                  "--webui-port",
                  "0",
                  "--work-dir",
                  this.home.resolve("work-" + i).toString(),
                  url()));
      workers.add(worker);
      daemons.add(worker);
    }
  }

  String url() {
    return "spark://" + HOST + ":" + port;
  }

  /** Submits the program as a user does: the thin jar, our few jars beside it. */
  ProcessBuilder submitThin(String master, Path jar, List<String> arguments) {
    return submit(master, List.of("--jars", String.join(",", ours)), jar, arguments);
  }

  /** Submits the one file that has everything in it. */
  ProcessBuilder submitShaded(String master, Path jar, List<String> arguments) {
    return submit(master, List.of(), jar, arguments);
  }

  private ProcessBuilder submit(
      String master, List<String> options, Path jar, List<String> arguments) {
    List<String> command =
        new ArrayList<>(List.of("org.apache.spark.deploy.SparkSubmit", "--master", master));
    command.addAll(List.of("--class", "io.gradus.cli.Gradus"));
    command.addAll(options);
    SUBMITTED.forEach((key, value) -> command.addAll(List.of("--conf", key + "=" + value)));
    command.addAll(List.of("--conf", CSV_SINK + "class=org.apache.spark.metrics.sink.CsvSink"));
    command.addAll(List.of("--conf", CSV_SINK + "directory=" + sink()));
    command.add(jar.toAbsolutePath().toString());
    command.addAll(arguments);
    return java(command);
  }

  /** Where Spark's CSV sink writes the metrics of drivers. */
  Path sink() {
    return home.resolve("sink");
  }

  /** The executors that run now. */
  Set<ProcessHandle> executors() {
    return workers.stream()
        .flatMap(worker -> worker.toHandle().descendants())
        .filter(
            process ->
                process
                    .info()
                    .commandLine()
                    .map(line -> line.contains("CoarseGrainedExecutorBackend"))
                    .orElse(false))
        .collect(Collectors.toSet());
  }

  private Process daemon(String name, List<String> arguments) throws IOException {
    File log = home.resolve(name + ".log").toFile();
    return java(arguments).redirectErrorStream(true).redirectOutput(log).start();
  }

  private ProcessBuilder java(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(javaOptions);
    command.add("-cp");
    command.add(home.resolve("conf") + File.pathSeparator + home.resolve("jars") + "/*");
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", HOST);
    return builder;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    for (Process daemon : daemons) {
      daemon.descendants().forEach(ProcessHandle::destroyForcibly);
      daemon.destroy();
    }
    for (Process daemon : daemons) {
      if (!daemon.waitFor(
          Duration.ofSeconds(10).toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)) {
        daemon.destroyForcibly();
      }
    }
    try (Stream<Path> links = Files.list(jars)) {
      for (Path link : links.toList()) {
        Files.delete(link);
      }
    }
  }
}
