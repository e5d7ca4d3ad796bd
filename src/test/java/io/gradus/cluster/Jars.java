package io.gradus.cluster;

import java.util.List;

/** The jars that a Spark distribution does not bring; pom.xml and jobs/gradus name the same. */
final class Jars {
  private static final List<String> OURS =
      List.of("picocli-", "jspecify-", "xgboost4j-", "delta-", "unitycatalog-");

  private Jars() {}

  static boolean ours(String fileName) {
    return OURS.stream().anyMatch(fileName::startsWith);
  }
}
