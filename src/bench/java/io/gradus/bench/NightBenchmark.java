package io.gradus.bench;

import io.gradus.config.Settings;
import io.gradus.config.YamlReader;
import io.gradus.job.NightlyJob;
import io.gradus.job.Progress;
import io.gradus.job.SimulateJob;
import io.gradus.job.SparkRuntime;
import io.gradus.report.StageTime;
import io.gradus.simulate.Company;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * A whole night on a simulated company: CPU and wall seconds and rows per second of each stage, the
 * peak of the heap, and the bar. Arguments: folder (kept, so that a second call finds the feed),
 * customers (default 1,000,000), lines per customer (default 10).
 */
public final class NightBenchmark {
  private static final LocalDate FROM = LocalDate.of(2023, 1, 1);
  private static final LocalDate TO = LocalDate.of(2025, 12, 31);
  private static final double BAR_CPU_SECONDS = 150;

  private NightBenchmark() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    long customers = args.length > 1 ? Long.parseLong(args[1]) : 1_000_000;
    double lines = args.length > 2 ? Double.parseDouble(args[2]) : 10;
    try (SparkSession spark = SparkRuntime.start("gradus night benchmark")) {
      if (Files.notExists(folder.resolve("landing"))) {
        Company company = Company.of(customers, FROM, TO, 1).withLinesPerCustomer(lines);
        new SimulateJob(spark).run(company, folder.toString());
      }
      Map<String, String> places =
          Map.of(
              "lake", folder + "/lake-" + ProcessHandle.current().pid(),
              "sources.transactions.path", folder + "/landing",
              "sources.customers.path", folder + "/master");
      String yaml = Files.readString(Path.of("jobs", "demo", "demo.yaml"));
      Settings settings = YamlReader.read("demo.yaml", yaml, places, Settings.class).at(TO);
      double before = cpu();
      Stages stages = new Stages();
      var facts = new NightlyJob(spark, InstantSource.system(), stages).run(settings);
      double used = cpu() - before;
      System.out.printf(
          Locale.ROOT,
          "%n%,d rows, %,d customers: %.1f CPU s (bar %.0f, ratio %.2f), %.1f s wall, peak heap %,d"
              + " MB%n",
          facts.rowsIn(),
          facts.customers(),
          used,
          BAR_CPU_SECONDS,
          used / BAR_CPU_SECONDS,
          facts.seconds(),
          stages.peakMemory >> 20);
    }
  }

  private static double cpu() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime() / 1e9;
  }

  /** One line per stage as it ends. */
  private static final class Stages implements Progress {
    private double start;
    private long peakMemory;

    @Override
    public void started(String stage) {
      start = cpu();
    }

    @Override
    public void finished(StageTime stage) {
      peakMemory = Math.max(peakMemory, stage.peakMemoryBytes());
      String rate =
          stage.rows() <= 0
              ? ""
              : String.format(Locale.ROOT, "%,d rows/s", (long) (stage.rows() / stage.seconds()));
      System.out.printf(
          Locale.ROOT,
          "%-20s %8.1f CPU s %8.1f s %20s %,8d MB heap %,10d kB written%n",
          stage.name(),
          cpu() - start,
          stage.seconds(),
          rate,
          stage.peakMemoryBytes() >> 20,
          stage.bytesWritten() >> 10);
    }
  }
}
