package io.gradus.bench;

import io.gradus.config.YamlReader;
import io.gradus.grade.Grader;
import io.gradus.grade.Policy;
import io.gradus.grade.Ruler;
import io.gradus.grade.RulerLearner;
import io.gradus.insight.CustomerInsight;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * CPU and wall seconds of insight, ruler and grading on made-up customers. Argument: customers,
 * default 1,000,000; a fiftieth of them first, to warm the JVM up. Run from the project's root.
 */
public final class GradeBenchmark {
  private static final LocalDate AS_OF = LocalDate.of(2026, 1, 1);

  private GradeBenchmark() {}

  public static void main(String[] args) throws IOException {
    int n = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
    String text = Files.readString(Path.of("jobs/policy.yaml"));
    Policy policy = YamlReader.read("jobs/policy.yaml", text, Map.of(), Policy.class);
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("grade-benchmark")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "4")
            .getOrCreate()) {
      for (int size : new int[] {n / 50, n}) {
        String round = size + " customers";
        Dataset<Row> features = kept(customers(spark, size));
        Dataset<Row> known =
            measured("insight, " + round, () -> kept(CustomerInsight.of(features)));
        Ruler ruler = measured("ruler, " + round, () -> RulerLearner.learn(known, policy));
        Grader grader = new Grader(policy, ruler, AS_OF);
        Dataset<Row> graded = measured("first grades, " + round, () -> kept(grader.grade(known)));
        measured(
            "next night, " + round,
            () -> {
              Grader next = new Grader(policy, ruler, AS_OF.plusDays(1));
              write(next.grade(known, graded, AS_OF));
              return size;
            });
        measured(
            "contributions, " + round,
            () -> {
              write(Grader.contributions(graded, policy));
              return size;
            });
        known.unpersist();
        graded.unpersist();
        features.unpersist();
      }
    }
  }

  private static Dataset<Row> customers(SparkSession spark, int n) {
    String random = "(pmod(xxhash64(id, %d), 1000000) / 1000000.0D)";
    return spark
        .range(n)
        .selectExpr(
            "concat('c', id) AS customer_id",
            "cast(1 + 1400 * " + random.formatted(1) + " AS int) AS T",
            "cast(exp(3 * " + random.formatted(2) + ") AS int) AS purchase_days",
            "cast(exp(7 * "
                + random.formatted(3)
                + ") * (1 + "
                + random.formatted(4)
                + ") AS decimal(18,2)) AS size",
            random.formatted(5) + " AS churn_probability",
            random.formatted(6) + " AS return_rate",
            "cast(pmod(xxhash64(id, 7), 8) AS string) AS cluster_key",
            "20 * " + random.formatted(8) + " AS category_breadth",
            random.formatted(9) + " AS u")
        .selectExpr(
            "*",
            "purchase_days - 1 AS frequency",
            "cast(T * u * u AS int) AS days_since_last",
            "cast(size AS double) AS average_day_amount",
            "cast(size AS double) AS monetary_value",
            "cast(purchase_days * u * .1 AS int) AS purchases_30d",
            "cast(purchase_days * u * .2 AS int) AS purchases_90d",
            "cast(purchase_days * u * .3 AS int) AS purchases_180d",
            "cast(purchase_days * u * .5 AS int) AS purchases_365d",
            "cast(purchase_days * u AS int) AS purchases_730d",
            "log(T / purchase_days + 1) AS log_gap_mean",
            ".5D AS log_gap_sd",
            "u AS gap_cv",
            "purchase_days * u * cast(size AS double) AS clv_12m")
        .selectExpr(
            "*",
            "cast(size * purchases_90d AS decimal(18,2)) AS spend_90d",
            "cast(size * purchases_180d AS decimal(18,2)) AS spend_180d",
            "cast(size * purchases_365d AS decimal(18,2)) AS spend_365d",
            "cast(size * purchases_730d AS decimal(18,2)) AS spend_730d",
            "cast(size * purchase_days AS decimal(18,2)) AS gross_total",
            "cast(0 AS decimal(18,2)) AS refund_total");
  }

  private static Dataset<Row> kept(Dataset<Row> rows) {
    Dataset<Row> kept = rows.persist(StorageLevel.MEMORY_AND_DISK());
    kept.count();
    return kept;
  }

  private static void write(Dataset<Row> rows) {
    rows.write().format("noop").mode("overwrite").save();
  }

  private static <T> T measured(String what, Supplier<T> work) {
    long cpu = cpuNanos();
    long wall = System.nanoTime();
    T result = work.get();
    System.out.printf(
        "%-30s %6.1f CPU s %6.1f s%n",
        what, (cpuNanos() - cpu) / 1e9, (System.nanoTime() - wall) / 1e9);
    return result;
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
