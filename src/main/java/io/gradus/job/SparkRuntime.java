package io.gradus.job;

import io.gradus.lake.SessionOptions;
import io.gradus.lake.SparkSessions;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** The Spark session of a command: embedded unless spark-submit has set a master. */
public final class SparkRuntime {
  private static final String MASTER = "spark.master";
  private static final long ROWS_PER_PARTITION = 1_000_000;
  private static final long MOST_PARTITIONS = 4_000;

  private SparkRuntime() {}

  /** A new session, closed by the command that started it. */
  public static SparkSession start(String name) {
    String embedded = Objects.requireNonNullElse(System.getenv("GRADUS_MASTER"), "local[*]");
    String master = new SparkConf().contains(MASTER) ? "" : embedded;
    return SparkSessions.start(new SessionOptions(master, name, 0, false, Map.of()));
  }

  /**
   * Shuffle partitions for an input of a size: about a million rows each, at least one per core.
   *
   * @param rows rows of the largest table
   */
  static void fit(SparkSession spark, long rows) {
    long wanted = Math.max(spark.sparkContext().defaultParallelism(), rows / ROWS_PER_PARTITION);
    spark.conf().set("spark.sql.shuffle.partitions", Math.min(wanted, MOST_PARTITIONS));
  }
}
