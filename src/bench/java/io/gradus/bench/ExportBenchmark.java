package io.gradus.bench;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.rand;
import static org.apache.spark.sql.functions.xxhash64;

import io.gradus.export.Destination;
import io.gradus.export.Transfer;
import io.gradus.export.Transfers;
import io.gradus.job.ExportJob;
import io.gradus.job.SparkRuntime;
import io.gradus.lake.Lake;
import io.gradus.lake.RunLock;
import io.gradus.lake.RunRef;
import io.gradus.table.Columns;
import io.gradus.table.Gold;
import io.gradus.table.TableSpec.ColumnSpec;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.StringType;

/**
 * The export of a customer_360 of every contract column with made-up values: CPU and wall seconds.
 * Arguments: folder (kept, so that a second call finds the lake), customers (default 1,000,000),
 * target ({@code duckdb}, {@code csv}, {@code parquet} or a PostgreSQL URL with the account {@code
 * PGUSER} and {@code PGPASSWORD}; default duckdb).
 */
public final class ExportBenchmark {
  private static final LocalDate DAY = LocalDate.of(2025, 12, 31);
  private static final double BAR_CPU_SECONDS = 60;

  private ExportBenchmark() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]).toAbsolutePath();
    long customers = args.length > 1 ? Long.parseLong(args[1]) : 1_000_000;
    String target = args.length > 2 ? args[2] : "duckdb";
    String lake = folder + "/lake-" + customers;
    if (Files.notExists(Path.of(lake))) {
      try (SparkSession spark = SparkRuntime.start("gradus export benchmark")) {
        create(spark, lake, customers);
      }
      System.out.println("The lake is made; run again to measure.");
      return;
    }
    long start = System.nanoTime();
    try (Transfer transfer = open(folder, target);
        SparkSession spark = SparkRuntime.start("gradus export benchmark")) {
      var report = new ExportJob(spark, InstantSource.system()).run(lake, transfer, List.of());
      System.out.printf(
          Locale.ROOT,
          "%s into %s: %.1f CPU s since the start of the JVM (bar %.0f), %.1f s wall%n",
          report.tables().rows(),
          target,
          cpu(),
          BAR_CPU_SECONDS,
          (System.nanoTime() - start) / 1e9);
    }
  }

  private static Transfer open(Path folder, String target) {
    return switch (target) {
      case "duckdb" ->
          Transfers.database(
              new Destination("jdbc:duckdb:" + folder + "/bench.duckdb", null, null), folder);
      case "csv" -> Transfers.csv(folder.resolve("csv"));
      case "parquet" -> Transfers.parquet(folder.resolve("parquet"));
      default ->
          Transfers.database(
              new Destination(target, System.getenv("PGUSER"), System.getenv("PGPASSWORD")),
              folder);
    };
  }

  private static void create(SparkSession spark, String root, long customers) {
    var rows =
        spark
            .range(0, customers, 1, 8)
            .select(
                Gold.CUSTOMER_360.columns().stream()
                    .map(ExportBenchmark::value)
                    .toArray(Column[]::new));
    try (RunLock lock = RunLock.acquire(spark, root, "bench", InstantSource.system())) {
      Lake lake = Lake.open(spark, root);
      RunRef run = lake.begin(lock, "bench", DAY);
      lake.overwrite(Gold.CUSTOMER_360, rows, run);
      lake.publish(run, Map.of());
    }
  }

  private static Column value(ColumnSpec column) {
    String name = column.name();
    Column value =
        switch (name) {
          case Columns.CUSTOMER_ID -> concat(lit("c"), col("id").cast("string"));
          case Columns.SNAPSHOT_DATE -> lit(DAY);
          case Columns.RUN_ID -> lit("bench");
          case Columns.R_SCORE, Columns.F_SCORE, Columns.M_SCORE ->
              pmod(col("id"), lit(5)).plus(1).cast("int");
          case Columns.CHURN_PROBABILITY, Columns.PROBABILITY_ALIVE -> rand(name.hashCode());
          default -> madeUp(column);
        };
    return value.as(name);
  }

  private static Column madeUp(ColumnSpec column) {
    DataType type = column.type();
    Column number = pmod(xxhash64(col("id"), lit(column.name())), lit(1_000_000L));
    if (type instanceof StringType) {
      Column word = concat(lit(column.name() + " "), pmod(number, lit(40)).cast("string"));
      boolean sentence = column.name().endsWith("_en") || column.name().endsWith("_zh");
      return sentence ? concat(word, lit(": spend of the last 365 days is high, 高")) : word;
    } else if (type instanceof ArrayType) {
      return array(lit("VALUE_HIGH"), lit("RECENT"));
    } else if (type instanceof BooleanType) {
      return pmod(number, lit(2)).equalTo(0);
    } else if (type instanceof DateType) {
      return date_add(lit(DAY), pmod(number, lit(700)).multiply(-1).cast("int"));
    }
    return number.divide(100).cast(type);
  }

  private static double cpu() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime() / 1e9;
  }
}
