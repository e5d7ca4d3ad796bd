package io.gradus.job;

import io.gradus.config.CustomerSource;
import io.gradus.config.FeedSource;
import io.gradus.config.Settings;
import io.gradus.lake.InputFiles;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Where the sources of a run lie. */
final class InputPlaces {
  private InputPlaces() {}

  /**
   * Refuses settings by which a run would read what it writes.
   *
   * @throws io.gradus.error.GradusException (usage) naming the source's key
   */
  static void requireApart(SparkSession spark, Settings settings) {
    Map<String, String> paths = new LinkedHashMap<>();
    paths.put("sources.transactions.path", settings.sources().transactions().path());
    CustomerSource customers = settings.sources().customers();
    if (customers != null) {
      paths.put("sources.customers.path", customers.path());
    }
    for (Map.Entry<io.gradus.config.Feed, FeedSource> feed :
        settings.sources().feeds().entrySet()) {
      paths.put("sources." + feed.getKey().key() + ".path", feed.getValue().path());
    }
    paths.forEach((key, path) -> InputFiles.requireApart(spark, key, path, settings.lake()));
  }
}
