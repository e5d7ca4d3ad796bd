package io.gradus.job;

import static org.apache.spark.sql.functions.expr;

import io.gradus.config.Settings;
import io.gradus.config.YamlReader;
import io.gradus.lake.Lake;
import io.gradus.lake.RunLock;
import io.gradus.lake.RunRef;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * CPU seconds from the landing files to the features: a full rebuild, the increments of a week's
 * days, of which the last adds up the state anew, and a night on which nothing came, in one process
 * after a warm-up of all three. Every day brings 1 % late lines, half of them for orders that are
 * known already, and 0.1 % repeated ones.
 *
 * <p>Arguments: folder (must not exist), rows of history, rows per customer (default 10), and what
 * the customers are: {@code even} (default), {@code skewed} (one has 30 % of all rows) or {@code
 * once} (each buys once).
 */
public final class IncrementBenchmark {
  private static final LocalDate FIRST = LocalDate.of(2023, 1, 1);
  private static final int DAYS = 1_000;
  private static final int DAYS_PER_FILE = 50;
  private static final int NIGHTS = 7;
  private static final String SETTINGS =
      """
      currency: EUR
      time_zone: UTC
      sources:
        transactions:
          columns:
            customer_id: customer
            timestamp: time
            amount: amount
            transaction_id: document
            product_id: product
      """;

  private final SparkSession spark;
  private final Path folder;
  private final long rowsPerDay;
  private final long customers;
  private final String kind;
  private int runs;

  private IncrementBenchmark(
      SparkSession spark, Path folder, long rows, long rowsPerCustomer, String kind) {
    this.spark = spark;
    this.folder = folder;
    this.rowsPerDay = Math.max(1, rows / DAYS);
    this.customers = kind.equals("once") ? rows : Math.max(1, rows / rowsPerCustomer);
    this.kind = kind;
  }

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    long rows = Long.parseLong(args[1]);
    long perCustomer = args.length > 2 ? Long.parseLong(args[2]) : 10;
    String kind = args.length > 3 ? args[3] : "even";
    try (SparkSession spark = SparkRuntime.start("gradus increment benchmark")) {
      System.out.println("warm-up");
      new IncrementBenchmark(spark, folder.resolve("warm"), 100_000, perCustomer, kind).run();
      System.out.printf(Locale.ROOT, "%n%,d rows, %d per customer, %s%n", rows, perCustomer, kind);
      new IncrementBenchmark(spark, folder.resolve("real"), rows, perCustomer, kind).run();
      System.out.printf(
          Locale.ROOT,
          "heap of %,d MB, peak %,d MB%n",
          Runtime.getRuntime().maxMemory() >> 20,
          peakHeap() >> 20);
    }
  }

  private void run() throws IOException {
    Files.createDirectories(folder.resolve("landing"));
    for (int day = 0; day < DAYS; day += DAYS_PER_FILE) {
      deliver(day, DAYS_PER_FILE);
    }
    night("full rebuild", "lake", DAYS - 1);
    double sum = 0;
    for (int day = DAYS; day < DAYS + NIGHTS; day++) {
      deliver(day, 1);
      sum += night("one more day", "lake", day);
    }
    night("empty night", "lake", DAYS + NIGHTS);
    double full = night("full rebuild", "again", DAYS + NIGHTS - 1);
    System.out.printf(Locale.ROOT, "full rebuild / mean of the days: %.1f%n", full * NIGHTS / sum);
  }

  /** One file of some days' rows, in the order of time. */
  private void deliver(int first, int days) throws IOException {
    long from = first * rowsPerDay;
    String random = "pmod(xxhash64(id, '%s'), %d)";
    String even = String.format(Locale.ROOT, random, "customer", customers);
    String customer =
        switch (kind) {
          case "skewed" ->
              "if(" + String.format(Locale.ROOT, random, "large", 10) + " < 3, 0, " + even + ")";
          case "once" -> "id";
          default -> even;
        };
    String late = String.format(Locale.ROOT, random, "late", 100) + " = 0";
    String back = "if(" + late + ", 1 + " + String.format(Locale.ROOT, random, "back", 20) + ", 0)";
    Dataset<Row> rows =
        spark
            .range(from, from + days * rowsPerDay, 1, 1)
            .withColumn("day", expr("id div " + rowsPerDay + " - " + back))
            .withColumn("number", expr(customer))
            .selectExpr(
                "concat('customer-', number) AS customer",
                "timestampadd(SECOND, cast(day * 86400 + pmod(id, 80000) AS int), TIMESTAMP_NTZ'"
                    + FIRST
                    + " 00:00:00') AS time",
                "cast((pmod(xxhash64(id, 'cents'), 12000) - 1000) / 100 AS DECIMAL(12,2))"
                    + " AS amount",
                "concat('d', id div 2) AS document",
                "concat('p', pmod(xxhash64(id, 'product'), 500)) AS product");
    Dataset<Row> repeated = rows.limit((int) Math.max(1, days * rowsPerDay / 1000));
    Path part = folder.resolve("part");
    rows.unionAll(repeated).coalesce(1).write().mode("overwrite").parquet(part.toString());
    try (var files = Files.list(part)) {
      Files.move(
          files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow(),
          folder.resolve(String.format(Locale.ROOT, "landing/day-%06d.parquet", first)));
    }
  }

  private double night(String name, String lakeName, int day) {
    LocalDate asOf = FIRST.plusDays(day);
    String root = folder.resolve(lakeName).toString();
    Map<String, String> places =
        Map.of("lake", root, "sources.transactions.path", folder.resolve("landing").toString());
    Settings settings = YamlReader.read("benchmark", SETTINGS, places, Settings.class);
    // A night is a process of its own; the rows of the one before are not its garbage.
    System.gc();
    double start = cpu();
    double compiled = compiling();
    double collected = collecting();
    Lake lake = Lake.open(spark, root);
    TransactionInput input = TransactionInput.plan(spark, settings, SilverStep.known(lake));
    try (SilverStep silver = new SilverStep(lake, input);
        RunLock lock = RunLock.acquire(spark, root, "benchmark", InstantSource.system())) {
      double planned = cpu();
      silver.reconcile();
      double reconciled = cpu();
      RunRef run = lake.begin(lock, "run-" + ++runs, asOf);
      Dataset<Row> days = silver.purchaseDays(run);
      double made = cpu();
      FeatureStep states = new FeatureStep(lake, silver, run, true);
      Kept features = Kept.of(states.features(days));
      states.close();
      double used = cpu() - start;
      System.out.printf(
          Locale.ROOT,
          "%-13s %7.1f CPU s: plan %.1f, reconcile %.1f, silver %.1f, features %.1f; %s, %,d rows,"
              + " %,d customers; wall s compiling %.1f, collecting %.1f%n",
          name,
          used,
          planned - start,
          reconciled - planned,
          made - reconciled,
          used + start - made,
          silver.name(),
          input.manifest().rows(),
          features.count(),
          compiling() - compiled,
          collecting() - collected);
      features.close();
      new OpsTables(lake, run).reconciliation(silver.lines());
      Map<String, String> attributes = new TreeMap<>(silver.attributes());
      attributes.putAll(states.attributes());
      lake.publish(run, attributes);
      silver.prune();
      return used;
    }
  }

  private static double cpu() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime() / 1e9;
  }

  private static double compiling() {
    return ManagementFactory.getCompilationMXBean().getTotalCompilationTime() / 1e3;
  }

  private static double collecting() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
            .mapToLong(GarbageCollectorMXBean::getCollectionTime)
            .sum()
        / 1e3;
  }

  private static long peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }
}
