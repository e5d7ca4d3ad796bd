package io.gradus.bench;

import io.gradus.ml.cluster.ClusterFeature;
import io.gradus.ml.cluster.ClusterSearchRow;
import io.gradus.ml.cluster.CustomerClusters;
import io.gradus.ml.cluster.CustomerClustersModel;
import io.gradus.ml.cluster.FeatureTransform;
import io.gradus.ml.rfm.RfmScorer;
import io.gradus.ml.rfm.RfmScorerModel;
import io.gradus.ml.rfm.RfmSegments;
import io.gradus.table.Columns;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * CPU and wall seconds of RFM scoring and of the cluster search, training and assignment on made-up
 * customers. Arguments: customers for clusters (default 1,000,000), customers for RFM (default
 * 5,000,000), rounds (default 2: the first warms the JVM up). Zero customers skip a part.
 */
public final class ClusterBenchmark {
  private ClusterBenchmark() {}

  public static void main(String[] args) throws IOException {
    int clustered = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
    int scored = args.length > 1 ? Integer.parseInt(args[1]) : 5_000_000;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 2;
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("cluster-benchmark")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "4")
            .getOrCreate()) {
      for (int round = 1; round <= rounds && scored > 0; round++) {
        rfm(customers(spark, scored), "round " + round + ", " + scored);
      }
      if (clustered > 0) {
        Dataset<Row> customers = customers(spark, clustered);
        for (int round = 1; round <= rounds; round++) {
          clusters(customers, "round " + round + ", " + clustered);
        }
      }
    }
  }

  private static void rfm(Dataset<Row> customers, String label) {
    RfmScorerModel model =
        measured("RFM cut-points, " + label, () -> new RfmScorer().fit(customers));
    measured(
        "RFM scores and segments, " + label,
        () ->
            RfmSegments.standard()
                .assign(model.transform(customers))
                .groupBy(Columns.RFM_SEGMENT)
                .count()
                .collectAsList());
    customers.unpersist();
  }

  private static void clusters(Dataset<Row> customers, String label) {
    CustomerClusters estimator = new CustomerClusters().setFeatures(features());
    CustomerClustersModel model =
        measured("cluster search and training, " + label, () -> estimator.fit(customers));
    for (ClusterSearchRow row : model.search()) {
      System.out.println("  " + row);
    }
    Dataset<Row> assigned = model.transform(customers);
    measured(
        "cluster assignment, " + label,
        () -> assigned.selectExpr("sum(cluster_distance)", "max(cluster_key)").collectAsList());
    measured("cluster profile, " + label, () -> model.profile(assigned).collectAsList());
  }

  private static List<ClusterFeature> features() {
    List<ClusterFeature> six = new ArrayList<>(ClusterFeature.standard());
    six.add(new ClusterFeature(Columns.RETURN_RATE, FeatureTransform.IDENTITY));
    return six;
  }

  private static Dataset<Row> customers(SparkSession spark, int count) {
    Dataset<Row> customers =
        spark
            .range(0, count, 1, 4)
            .selectExpr(
                "cast(id as string) as customer_id",
                "rand(1) as u1",
                "randn(2) as g1",
                "randn(3) as g2",
                "randn(4) as g3",
                "rand(5) as u2")
            .selectExpr(
                "customer_id",
                "cast(least(700, exp(if(u1 < 0.4, 5.3, 2.8) + 0.6 * g1)) as int) as days_since_last",
                "cast(if(u1 < 0.3, 0, 1 + exp(if(u1 > 0.8, 2.2, 0.3) + 0.5 * g2)) as int)"
                    + " as purchases_365d",
                "g3",
                "u2")
            .selectExpr(
                "customer_id",
                "days_since_last",
                "purchases_365d",
                "cast(exp(3.5 + 0.9 * g3) * purchases_365d as decimal(18,2)) as spend_365d",
                "exp(3.5 + 0.9 * g3) as average_day_amount",
                "cast(days_since_last + 900 * u2 as int) as T",
                "greatest(0, 0.05 * g3) as return_rate")
            .persist(StorageLevel.MEMORY_AND_DISK());
    customers.count();
    return customers;
  }

  private static <T> T measured(String what, Supplier<T> work) {
    long cpu = cpuNanos();
    long wall = System.nanoTime();
    T result = work.get();
    System.out.printf(
        "%-50s CPU %6.1f s, wall %6.1f s%n",
        what, (cpuNanos() - cpu) / 1e9, (System.nanoTime() - wall) / 1e9);
    return result;
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
