package io.gradus.job;

import java.util.Map;
import java.util.Objects;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** The Spark session of a command: embedded unless spark-submit has set a master. */
public final class SparkRuntime {
  private static final String MASTER = "spark.master";

  /** What every session needs so that rows do not depend on where it runs. */
  private static final Map<String, String> REQUIRED =
      Map.ofEntries(
          Map.entry("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension"),
          Map.entry(
              "spark.sql.catalog.spark_catalog",
              "org.apache.spark.sql.delta.catalog.DeltaCatalog"),
          Map.entry("spark.sql.session.timeZone", "UTC"),
          Map.entry("spark.sql.ansi.enabled", "true"),
          Map.entry("spark.sql.caseSensitive", "false"),
          Map.entry("spark.sql.parquet.inferTimestampNTZ.enabled", "true"),
          // A damaged page must fail, never change a sum.
          Map.entry("spark.hadoop.parquet.page.verify-checksum.enabled", "true"));

  /** Good for one machine; a cluster's own configuration goes before. */
  private static final Map<String, String> EMBEDDED =
      Map.ofEntries(
          Map.entry("spark.ui.enabled", "false"),
          Map.entry("spark.driver.host", "127.0.0.1"),
          Map.entry("spark.driver.bindAddress", "127.0.0.1"),
          Map.entry("spark.sql.shuffle.partitions", "2"),
          Map.entry("spark.databricks.delta.snapshotPartitions", "1"),
          Map.entry("spark.sql.sources.parallelPartitionDiscovery.parallelism", "2"),
          Map.entry("spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir")),
          Map.entry("spark.serializer", "org.apache.spark.serializer.KryoSerializer"),
          Map.entry("spark.sql.objectHashAggregate.sortBased.fallbackThreshold", "4096"),
          Map.entry("spark.cleaner.referenceTracking.cleanCheckpoints", "true"));

  private SparkRuntime() {}

  /** A new session, closed by the command that started it. */
  public static SparkSession start(String name) {
    SparkConf conf = new SparkConf();
    REQUIRED.forEach(conf::set);
    if (!conf.contains(MASTER)) {
      conf.set(MASTER, Objects.requireNonNullElse(System.getenv("GRADUS_MASTER"), "local[*]"));
      EMBEDDED.forEach(conf::setIfMissing);
    }
    return SparkSession.builder().appName(name).config(conf).getOrCreate();
  }

  /**
   * Shuffle partitions for an input of a size: about a million rows each, at least one per core.
   *
   * @param rows rows of the largest table
   */
  static void fit(SparkSession spark, long rows) {
    long wanted = Math.max(spark.sparkContext().defaultParallelism(), rows / 1_000_000);
    spark.conf().set("spark.sql.shuffle.partitions", String.valueOf(Math.min(wanted, 4_000)));
  }
}
