package io.gradus.bench;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.sum;

import com.sun.management.OperatingSystemMXBean;
import io.gradus.feature.CustomerFeatures;
import io.gradus.ml.churn.ChurnRisk;
import io.gradus.ml.churn.ChurnRiskModel;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * CPU and wall seconds of learning churn risk and expected spend, the choice among the models
 * included, and of scoring every customer. Argument: customers (default 1,000,000), eight purchases
 * each on average over 1,000 days. The bar for one million is 90 CPU seconds in all.
 */
public final class ChurnBenchmark {
  private static final LocalDate FIRST = LocalDate.of(2022, 1, 1);

  private ChurnBenchmark() {}

  public static void main(String[] args) throws java.io.IOException {
    long customers = args.length > 0 ? Long.parseLong(args[0]) : 1_000_000;
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("churn-benchmark")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "8")
            .getOrCreate()) {
      Dataset<Row> days = days(spark, customers).persist(StorageLevel.DISK_ONLY());
      LocalDate asOf = FIRST.plusDays(999);
      Dataset<Row> features = CustomerFeatures.at(days, asOf).persist(StorageLevel.DISK_ONLY());
      print(features.count() + " customers, " + days.count() + " purchase days");
      ChurnRiskModel model = measured("learn", () -> new ChurnRisk(90).fit(days, asOf));
      print(model.method() + ": " + model.reason());
      measured(
          "score",
          () -> {
            model.transform(features).write().format("noop").mode("overwrite").save();
            return model;
          });
    }
  }

  private static Dataset<Row> days(SparkSession spark, long customers) {
    return spark
        .range(0, 8 * customers, 1, 4)
        .selectExpr(
            "concat('c', pmod(xxhash64(id), " + customers + ")) AS customer_id",
            "date_add(date'"
                + FIRST
                + "', cast(1000 * pow(pmod(xxhash64(id, 1), 100000)"
                + " / 100000.0, 0.7) AS INT)) AS day",
            "cast(5 + pmod(xxhash64(id, 2), 10000) / 100.0 AS DECIMAL(18,2)) AS amount")
        .groupBy("customer_id", "day")
        .agg(sum("amount").cast("decimal(18,2)").as("net_amount"))
        .withColumn("gross_amount", expr("net_amount"))
        .withColumn("refund_amount", expr("cast(0 AS DECIMAL(18,2))"))
        .withColumn("line_count", expr("1"))
        .withColumn("refund_line_count", expr("0"))
        .withColumn("category_bits", expr("shiftleft(1L, cast(pmod(hash(day), 60) AS INT))"));
  }

  private static <T> T measured(String what, Supplier<T> work) {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = system.getProcessCpuTime();
    long wall = System.nanoTime();
    T result = work.get();
    print(
        String.format(
            Locale.ROOT,
            "%-8s %6.1f CPU s %6.1f s wall",
            what,
            (system.getProcessCpuTime() - cpu) / 1e9,
            (System.nanoTime() - wall) / 1e9));
    return result;
  }

  private static void print(String line) {
    System.out.println(line);
  }
}
