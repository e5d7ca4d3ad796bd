package io.gradus.lake;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Makes the Spark session that the lake's promises rest on. */
public final class SparkSessions {
  private static final long BYTES_PER_SHUFFLE_PARTITION = 64L << 20;
  private static final int MOST_SHUFFLE_PARTITIONS = 2000;

  private SparkSessions() {}

  /** Starts a session, or adjusts the settings of the one that runs. */
  public static SparkSession start(SessionOptions options) {
    SparkSession.Builder builder = SparkSession.builder().appName(options.applicationName());
    if (!options.master().isEmpty()) {
      builder.master(options.master());
      KnownMisses.install();
    }
    settings(options).forEach(builder::config);
    return builder.getOrCreate();
  }

  /** Every setting and its value, ours first and {@link SessionOptions#extra} over them. */
  public static Map<String, String> settings(SessionOptions options) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("spark.ui.enabled", Boolean.toString(options.userInterface()));
    settings.put("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension");
    settings.put(
        "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
    correctness(settings);
    speed(settings, options.inputBytes());
    if (options.master().startsWith("local")) {
      settings.put("spark.driver.host", "127.0.0.1");
      settings.put("spark.driver.bindAddress", "127.0.0.1");
      localFiles(settings);
    }
    settings.putAll(options.extra());
    return settings;
  }

  /** What would otherwise give a wrong number without an error. */
  private static void correctness(Map<String, String> settings) {
    settings.put("spark.sql.session.timeZone", "UTC");
    settings.put("spark.sql.ansi.enabled", "true");
    settings.put("spark.sql.caseSensitive", "false");
    settings.put("spark.hadoop.parquet.page.verify-checksum.enabled", "true");
    settings.put("spark.sql.files.ignoreCorruptFiles", "false");
    settings.put("spark.sql.files.ignoreMissingFiles", "false");
    settings.put("spark.sql.parquet.mergeSchema", "false");
    settings.put("spark.sql.parquet.inferTimestampNTZ.enabled", "true");
    settings.put("spark.sql.legacy.parquet.nanosAsLong", "false");
    settings.put("spark.sql.sources.partitionColumnTypeInference.enabled", "false");
    // A run proves each write by its commit, also one of no rows.
    settings.put("spark.databricks.delta.skipRecordingEmptyCommits", "false");
  }

  /** What keeps small tables quick. */
  private static void speed(Map<String, String> settings, long inputBytes) {
    settings.put("spark.sql.shuffle.partitions", Integer.toString(shufflePartitions(inputBytes)));
    // Choosing an encoding per column and batch costs more than the memory it saves.
    settings.put("spark.sql.inMemoryColumnarStorage.compressed", "false");
    // By default a page takes a part of the heap, which each operator of a small query clears.
    settings.put("spark.buffer.pageSize", "1m");
    // A join with a small side looks up in a hash table and need not sort the wide rows.
    settings.put("spark.sql.adaptive.maxShuffledHashJoinLocalMapThreshold", "64m");
    // Larger ones fall out of the processor's cache, which costs wide tables a tenth of their time.
    settings.put("spark.hadoop.parquet.dictionary.page.size", Integer.toString(128 << 10));
    settings.put("spark.databricks.delta.snapshotPartitions", "1");
    // Otherwise every commit collects the table's file list into its checksum by a query.
    settings.put("spark.databricks.delta.allFilesInCrc.enabled", "false");
    settings.put("spark.sql.sources.parallelPartitionDiscovery.parallelism", "2");
    settings.put("spark.databricks.delta.vacuum.parallelDelete.enabled", "false");
  }

  /** In one process no file operation needs a second one; see {@link JdkLocalFileSystem}. */
  private static void localFiles(Map<String, String> settings) {
    settings.put("spark.hadoop.fs.file.impl", JdkLocalFileSystem.class.getName());
    settings.put("spark.hadoop.fs.AbstractFileSystem.file.impl", JdkLocalFs.class.getName());
  }

  private static int shufflePartitions(long inputBytes) {
    int cores = Runtime.getRuntime().availableProcessors();
    long wanted = inputBytes / BYTES_PER_SHUFFLE_PARTITION;
    return (int) Math.max(cores, Math.min(MOST_SHUFFLE_PARTITIONS, wanted));
  }
}
