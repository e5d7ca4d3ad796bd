package io.gradus.lake;

import java.util.Map;

/**
 * What a Spark session of ours is made from.
 *
 * @param master Spark's master URL; empty leaves it to spark-submit
 * @param applicationName the name in logs and cluster pages
 * @param inputBytes the size of what is read, from which the number of shuffle partitions follows
 * @param userInterface whether the Spark UI listens, on the loopback address
 * @param extra further Spark settings; they win over ours
 */
public record SessionOptions(
    String master,
    String applicationName,
    long inputBytes,
    boolean userInterface,
    Map<String, String> extra) {
  public SessionOptions {
    extra = Map.copyOf(extra);
  }
}
