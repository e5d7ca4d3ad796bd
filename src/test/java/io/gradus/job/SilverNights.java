package io.gradus.job;

import io.gradus.config.Settings;
import io.gradus.config.YamlReader;
import io.gradus.ingest.Reconciliation;
import io.gradus.lake.Lake;
import io.gradus.lake.RunLock;
import io.gradus.lake.RunRef;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Nights up to the features on one lake and one landing folder. */
final class SilverNights {
  private static final String SETTINGS =
      """
      currency: EUR
      time_zone: UTC
      sources:
        transactions:
          columns:
            customer_id: customer
            timestamp: time
            amount: amount
            transaction_id: document
            product_id: product
      """;

  private final SparkSession spark;
  private final Path lake;
  private final Settings settings;
  private final boolean keepsState;
  private int number;

  /**
   * @param rules settings of the transactions beside their path
   */
  SilverNights(
      SparkSession spark, Path lake, Path landing, Map<String, String> rules, boolean state) {
    this.spark = spark;
    this.lake = lake;
    this.keepsState = state;
    Map<String, String> places = new TreeMap<>();
    places.put("lake", lake.toString());
    places.put("sources.transactions.path", landing.toString());
    rules.forEach((key, value) -> places.put("sources.transactions." + key, value));
    this.settings = YamlReader.read("test", SETTINGS, places, Settings.class);
  }

  /** What a night made, read before anything else happens to the lake. */
  record Result(String way, Reconciliation reconciliation, List<Row> features) {}

  /**
   * Runs a night.
   *
   * @param publish whether the run lives to publish
   */
  Result night(LocalDate asOf, boolean publish) {
    Lake opened = Lake.open(spark, lake.toString());
    TransactionInput input = TransactionInput.plan(spark, settings, SilverStep.known(opened));
    try (SilverStep silver = new SilverStep(opened, input);
        RunLock lock = RunLock.acquire(spark, lake.toString(), "test", InstantSource.system())) {
      Reconciliation counted = silver.reconcile();
      RunRef run = opened.begin(lock, "run-" + ++number, asOf);
      Dataset<Row> days = silver.purchaseDays(run);
      boolean newest =
          opened.published().published().stream().noneMatch(p -> p.asOf().isAfter(asOf));
      FeatureStep states = new FeatureStep(opened, silver, run, keepsState && newest);
      List<Row> features = states.features(days).orderBy("customer_id").collectAsList();
      states.close();
      if (publish) {
        new OpsTables(opened, run).reconciliation(silver.lines());
        Map<String, String> attributes = new TreeMap<>(silver.attributes());
        attributes.putAll(states.attributes());
        opened.publish(run, attributes);
        silver.prune();
      }
      return new Result(silver.name(), counted, features);
    }
  }

  Lake lake() {
    return Lake.openToRead(spark, lake.toString());
  }
}
