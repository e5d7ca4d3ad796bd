package io.gradus.cluster;

import java.util.List;

/** The jars that a Spark distribution does not bring; pom.xml and jobs/gradus name the same. */
final class Jars {
  private static final List<String> NIGHT =
      List.of("picocli-", "jspecify-", "xgboost4j-", "delta-", "unitycatalog-");
  private static final List<String> OTHER_COMMANDS =
      List.of("echarts-", "postgresql-", "duckdb_jdbc-", "jline-");

  private Jars() {}

  static boolean ours(String fileName) {
    return ofTheNight(fileName) || OTHER_COMMANDS.stream().anyMatch(fileName::startsWith);
  }

  /** Whether the nightly job itself needs the jar, not only the report, an export or the prompt. */
  static boolean ofTheNight(String fileName) {
    return NIGHT.stream().anyMatch(fileName::startsWith);
  }
}
