package io.gradus.job;

import io.gradus.lake.SessionOptions;
import io.gradus.lake.SparkSessions;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** The Spark session of a command: embedded unless spark-submit has set a cluster's master. */
public final class SparkRuntime {
  private static final String MASTER = "spark.master";
  private static final String PLUGINS = "spark.plugins";
  private static final long ROWS_PER_PARTITION = 1_000_000;
  private static final long MOST_PARTITIONS = 4_000;
  private static final String SHUFFLE_PARTITIONS = "spark.sql.shuffle.partitions";

  /** Rows up to which it costs more to compile a query than to interpret its expressions. */
  static final long MOST_ROWS_INTERPRETED = 50_000;

  private static final String EXPRESSIONS = "spark.sql.codegen.factoryMode";
  private static final String INTERPRETED = "NO_CODEGEN";

  /** Ours by default; what results rest on is not among them. */
  private static final Set<String> OVERRIDABLE =
      Set.of(
          SHUFFLE_PARTITIONS,
          EXPRESSIONS,
          "spark.ui.enabled",
          "spark.sql.inMemoryColumnarStorage.compressed",
          "spark.databricks.delta.snapshotPartitions",
          "spark.sql.sources.parallelPartitionDiscovery.parallelism",
          "spark.databricks.delta.vacuum.parallelDelete.enabled");

  private SparkRuntime() {}

  /**
   * A new session, closed by the command that started it. Settings of speed given to spark-submit,
   * or as system properties, go before ours.
   */
  public static SparkSession start(String name) {
    String embedded = Objects.requireNonNullElse(System.getenv("GRADUS_MASTER"), "local[*]");
    SparkConf given = new SparkConf();
    // A local master of spark-submit is this process as well.
    String chosen = given.get(MASTER, embedded);
    String master = given.contains(MASTER) && !chosen.startsWith("local") ? "" : chosen;
    Map<String, String> extra = new TreeMap<>();
    for (String key : OVERRIDABLE) {
      if (given.contains(key)) {
        extra.put(key, given.get(key));
      }
    }
    String plugins = given.get(PLUGINS, "");
    String ours = SinkMetrics.class.getName();
    extra.put(PLUGINS, plugins.isEmpty() ? ours : plugins + "," + ours);
    return SparkSessions.start(new SessionOptions(master, name, 0, false, extra));
  }

  /**
   * Prepares for queries of a size: {@link #partitionFor} and {@link #compileFor}.
   *
   * @param rows rows of the largest table they read
   */
  static void sizeFor(SparkSession spark, long rows) {
    partitionFor(spark, rows);
    compileFor(spark, rows);
  }

  /**
   * Shuffle partitions for the queries that follow: about a million rows each, at least one per
   * core, but one for few rows. Each costs some milliseconds, however few its rows are. A number
   * given from outside stays.
   *
   * @param rows the most rows that one of them shuffles
   */
  static void partitionFor(SparkSession spark, long rows) {
    if (new SparkConf().contains(SHUFFLE_PARTITIONS)) {
      return;
    }
    int least = rows <= MOST_ROWS_INTERPRETED ? 1 : spark.sparkContext().defaultParallelism();
    long wanted = Math.max(least, rows / ROWS_PER_PARTITION);
    spark.conf().set(SHUFFLE_PARTITIONS, Math.min(wanted, MOST_PARTITIONS));
  }

  /**
   * Lets the queries that follow be interpreted when they read few rows, and compiled otherwise:
   * Spark makes Java classes of each query, and the JVM machine code of them, at a price that does
   * not depend on the rows. The result is the same. A mode given from outside stays.
   *
   * @param rows rows of the largest table they read
   */
  static void compileFor(SparkSession spark, long rows) {
    if (new SparkConf().contains(EXPRESSIONS)) {
      return;
    }
    if (rows <= MOST_ROWS_INTERPRETED) {
      spark.conf().set(EXPRESSIONS, INTERPRETED);
    } else {
      spark.conf().unset(EXPRESSIONS);
    }
  }

  /** Whether the queries that follow are interpreted, see {@link #compileFor}. */
  static boolean interprets(SparkSession spark) {
    return INTERPRETED.equals(spark.conf().get(EXPRESSIONS));
  }
}
