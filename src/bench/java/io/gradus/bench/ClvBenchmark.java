package io.gradus.bench;

import static org.apache.spark.sql.functions.expr;

import io.gradus.clv.AnnualRate;
import io.gradus.clv.BetaGeometricProcess;
import io.gradus.clv.CustomerValuation;
import io.gradus.clv.GammaGammaSpend;
import io.gradus.clv.History;
import io.gradus.clv.HoldoutPlan;
import io.gradus.clv.ParetoProcess;
import io.gradus.clv.PurchaseFits;
import io.gradus.clv.PurchaseGroups;
import io.gradus.clv.PurchaseProcess;
import io.gradus.clv.SpendFits;
import io.gradus.clv.SpendGroups;
import io.gradus.ml.clv.Holdouts;
import io.gradus.ml.clv.LifetimeValue;
import io.gradus.ml.clv.LifetimeValueModel;
import io.gradus.ml.clv.ModelChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * CPU seconds of the customer value models on simulated customers, beside the bars that they are to
 * meet. Fits and scoring run on one thread; the last lines run the estimator on Spark, where the
 * CPU of the whole process counts, reading and session start left out.
 *
 * <p>Run: {@code mvn -Pbench test-compile exec:exec -Dbench=ClvBenchmark}
 */
public final class ClvBenchmark {
  private static final int MILLION = 1_000_000;
  private static final GammaGammaSpend SPEND = new GammaGammaSpend(6.25, 3.74, 15.44);
  private static final BetaGeometricProcess BG =
      new BetaGeometricProcess(1, false, 0.2426, 4.4136, 0.7929, 2.4259);

  /** Busier customers, of whom few buy once only: 700,000 distinct histories in three years. */
  private static final BetaGeometricProcess BUSY =
      new BetaGeometricProcess(1, false, 1, 10, 0.8, 2.6);

  private ClvBenchmark() {}

  /** Prints one line per measurement; the argument {@code spark} leaves out those without Spark. */
  public static void main(String[] arguments) {
    Cohort quarter = Cohort.simulate(BG, MILLION, 183, 273, 1);
    System.out.printf("%-66s %8s %8s%n", "measurement", "CPU s", "bar");
    if (arguments.length == 0) {
      oneThread(quarter);
    }
    spark(quarter);
  }

  private static void oneThread(Cohort quarter) {
    Cohort years = Cohort.simulate(BUSY, MILLION, 0, 1095, 2);
    Cohort small = Cohort.simulate(BG, MILLION / 10, 183, 273, 3);
    for (int warmUp = 0; warmUp < 2; warmUp++) {
      PurchaseFits.betaGeometric(small.groups(), 1, false);
      PurchaseFits.pareto(small.groups());
      SpendFits.gammaGamma(small.spend());
    }
    PurchaseGroups groups = quarter.groups();
    measure("group 1 M histories", Double.NaN, quarter::groups);
    measure(
        "BG/NBD fit, 1 M customers of one quarter, " + groups.size() + " groups",
        1.0,
        () -> PurchaseFits.betaGeometric(groups, 1, false));
    PurchaseGroups manyGroups = years.groups();
    measure(
        "BG/NBD fit, 1 M customers of three years, " + manyGroups.size() + " groups",
        3.0,
        () -> PurchaseFits.betaGeometric(manyGroups, 1, false));
    SpendGroups spend = quarter.spend();
    measure("Gamma-Gamma fit, " + spend.size() + " groups", 2.0, () -> SpendFits.gammaGamma(spend));
    PurchaseGroups smallGroups = small.groups();
    measure(
        "Pareto/NBD fit, 100,000 customers, " + smallGroups.size() + " groups",
        2.0,
        () -> PurchaseFits.pareto(smallGroups));
    measure(
        "Pareto/NBD fit, 1 M customers of three years",
        Double.NaN,
        () -> PurchaseFits.pareto(manyGroups));
    measure(
        "MBG/CNBD-3 fit, 1 M customers of one quarter",
        Double.NaN,
        () -> PurchaseFits.betaGeometric(groups, 3, true));
    measure("value of 1 M customers, BG/NBD, one quarter", 2.0, () -> quarter.value(BG));
    measure("value of 1 M customers, BG/NBD, three years", Double.NaN, () -> years.value(BG));
    ParetoProcess pareto = new ParetoProcess(0.5533, 10.5777, 0.6062, 11.6687);
    measure(
        "value of 1 M customers, Pareto/NBD, three years", Double.NaN, () -> years.value(pareto));
  }

  private static void spark(Cohort cohort) {
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate();
    try {
      String path = temporaryFolder() + "/customers";
      cohort.dataset(spark).write().parquet(path);
      Dataset<Row> customers = spark.read().parquet(path).cache();
      noop(customers);
      LifetimeValue estimator = new LifetimeValue().setModel("bg_nbd");
      noop(estimator.fit(customers).transform(customers));
      measure("Spark: read 1 M cached rows", Double.NaN, () -> noop(customers));
      measure("Spark: LifetimeValue.fit, 1 M customers", 3.0, () -> estimator.fit(customers));
      LifetimeValueModel model = estimator.fit(customers);
      measure(
          "Spark: LifetimeValueModel.transform, 1 M customers",
          2.0,
          () -> noop(model.transform(customers)));
      holdout(spark, path + "-days");
      Dataset<Row> twenty =
          customers
              .withColumn("copy", expr("explode(sequence(0, 19))"))
              .withColumn("T", expr("T + copy * 37"))
              .drop("copy");
      peakKeptMegabytes();
      measure("Spark: LifetimeValue.fit, 20 M customers", Double.NaN, () -> estimator.fit(twenty));
      LifetimeValue cluster = new LifetimeValue().setModel("bg_nbd").setMaxDriverGroups(100_000);
      measure(
          "Spark: the same with groups left on the cluster", Double.NaN, () -> cluster.fit(twenty));
      measure(
          "Spark: LifetimeValueModel.transform, 20 M customers",
          Double.NaN,
          () -> noop(model.transform(twenty)));
      System.out.printf(
          "peak of the old generation with 20 M customers %d MB of %d MB of heap%n",
          peakKeptMegabytes(), Runtime.getRuntime().maxMemory() >> 20);
    } finally {
      spark.stop();
    }
  }

  /**
   * The choice of the model for a million customers with eight purchase days each in three years.
   */
  private static void holdout(SparkSession spark, String path) {
    spark
        .range(MILLION)
        .selectExpr(
            "cast(id as string) customer_id",
            "explode(sequence(0, cast(pmod(xxhash64(id), 16) as int))) n",
            "id")
        .selectExpr(
            "customer_id",
            "date_add(date'2023-01-01', cast(n * 60 + pmod(xxhash64(id, n), 60) as int)) day",
            "cast(10 + pmod(xxhash64(n, id), 5000) / 100 as decimal(18,2)) net_amount")
        .write()
        .parquet(path);
    Dataset<Row> days = spark.read().parquet(path);
    HoldoutPlan plan = HoldoutPlan.of(LocalDate.of(2023, 1, 1), LocalDate.of(2025, 12, 31));
    measure(
        "Spark: hold-out choice of the model, 1 M customers, " + days.count() + " days",
        6.0,
        () -> new ModelChoice(new LifetimeValue()).choose(Holdouts.of(days, plan, MILLION)));
  }

  /**
   * The peak of the old generation since the last call: the young one is filled whatever is kept.
   */
  private static long peakKeptMegabytes() {
    long bytes = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getName().contains("Old") || pool.getName().contains("Tenured")) {
        bytes = pool.getPeakUsage().getUsed();
        pool.resetPeakUsage();
      }
    }
    return bytes >> 20;
  }

  private static String temporaryFolder() {
    try {
      return Files.createTempDirectory("gradus-bench").toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void noop(Dataset<Row> rows) {
    rows.write().format("noop").mode("overwrite").save();
  }

  /** The lowest CPU time of three runs, two where a run takes longer than three seconds. */
  private static void measure(String name, double bar, Runnable action) {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    double least = Double.POSITIVE_INFINITY;
    for (int run = 0; run < (least > 3 && run > 0 ? 2 : 3); run++) {
      long before = system.getProcessCpuTime();
      action.run();
      least = Math.min(least, (system.getProcessCpuTime() - before) / 1e9);
    }
    String wanted = Double.isNaN(bar) ? "" : String.format("%.1f", bar);
    System.out.printf("%-66s %8.2f %8s%n", name, least, wanted);
  }

  /** Simulated customers in arrays. */
  private record Cohort(History[] histories, double[] meanValue) {

    static Cohort simulate(
        BetaGeometricProcess process, int customers, int youngest, int oldest, long seed) {
      Random random = new Random(seed);
      History[] histories = new History[customers];
      double[] meanValue = new double[customers];
      for (int i = 0; i < customers; i++) {
        histories[i] = history(process, youngest + random.nextInt(oldest - youngest + 1), random);
        double scale = gamma(SPEND.q(), random) / SPEND.v();
        int n = histories[i].frequency() + 1;
        meanValue[i] = Math.rint(100 * gamma(SPEND.p() * n, random) / scale / n) / 100 + 0.01;
      }
      return new Cohort(histories, meanValue);
    }

    private static History history(BetaGeometricProcess process, int age, Random random) {
      double rate = gamma(process.r(), random) / process.alpha() / 7;
      double a = gamma(process.a(), random);
      double p = a / (a + gamma(process.b(), random));
      double now = 0;
      int x = 0;
      int last = 0;
      do {
        now = Math.floor(now) + Math.ceil(-Math.log(1 - random.nextDouble()) / rate + 1e-9);
        if (now > age) {
          break;
        }
        x++;
        last = (int) now;
      } while (random.nextDouble() >= p);
      return new History(x, last, age);
    }

    private static double gamma(double shape, Random random) {
      if (shape < 1) {
        return gamma(shape + 1, random) * Math.pow(random.nextDouble(), 1 / shape);
      }
      double d = shape - 1.0 / 3;
      double c = 1 / Math.sqrt(9 * d);
      while (true) {
        double z = random.nextGaussian();
        double v = Math.pow(1 + c * z, 3);
        if (v > 0 && Math.log(random.nextDouble()) < 0.5 * z * z + d - d * v + d * Math.log(v)) {
          return d * v;
        }
      }
    }

    PurchaseGroups groups() {
      return PurchaseGroups.of(Arrays.asList(histories));
    }

    SpendGroups spend() {
      int n = histories.length;
      int[] purchases = new int[n];
      double[] total = new double[n];
      double[] weights = new double[n];
      Arrays.fill(weights, 1);
      for (int i = 0; i < n; i++) {
        purchases[i] = histories[i].frequency() + 1;
        total[i] = purchases[i] * meanValue[i];
      }
      return SpendGroups.of(purchases, total, weights);
    }

    void value(PurchaseProcess process) {
      CustomerValuation valuation = new CustomerValuation(process, SPEND, new AnnualRate(0.1));
      double sum = 0;
      for (int i = 0; i < histories.length; i++) {
        sum += valuation.value(histories[i], histories[i].frequency() + 1, meanValue[i], 1).clv12();
      }
      if (!(sum > 0)) {
        throw new IllegalStateException("no value");
      }
    }

    Dataset<Row> dataset(SparkSession spark) {
      List<Customer> rows = new ArrayList<>();
      for (int i = 0; i < histories.length; i++) {
        rows.add(new Customer(i, histories[i], meanValue[i]));
      }
      return spark
          .createDataFrame(rows, Customer.class)
          .selectExpr(
              "cast(id as string) customer_id",
              "frequency",
              "recency",
              "age T",
              "frequency + 1 purchase_days",
              "cast(total as decimal(18,2)) net_total");
    }
  }

  /** One row of the Spark measurements, as a Java bean. */
  public static final class Customer {
    private final int id;
    private final History history;
    private final double meanValue;

    Customer(int id, History history, double meanValue) {
      this.id = id;
      this.history = history;
      this.meanValue = meanValue;
    }

    /** Number of the customer. */
    public int getId() {
      return id;
    }

    /** Repeat purchase days. */
    public int getFrequency() {
      return history.frequency();
    }

    /** Days from first to last purchase. */
    public int getRecency() {
      return history.recencyDays();
    }

    /** Days since the first purchase. */
    public int getAge() {
      return history.ageDays();
    }

    /** Total spend. */
    public double getTotal() {
      return meanValue * (history.frequency() + 1);
    }
  }
}
