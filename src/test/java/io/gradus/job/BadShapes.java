package io.gradus.job;

import static io.gradus.job.BadInput.accepted;

import io.gradus.error.ExitCode;
import io.gradus.job.BadInput.Fate;
import io.gradus.job.BadInput.Outcome;
import io.gradus.lake.Erasure;
import io.gradus.lake.Lake;
import io.gradus.lake.RunLock;
import io.gradus.table.Gold;
import io.gradus.testing.Landing;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Deliveries whose rows are right one by one, but odd as a whole. */
final class BadShapes {
  private static final String SHAPE = "Shape";
  private static final LocalDate AS_OF = LocalDate.of(2026, 3, 17);

  private final List<BadInput> cases = new ArrayList<>();
  private @Nullable Lake lake;

  private BadShapes() {}

  static List<BadInput> all() {
    BadShapes shapes = new BadShapes();
    shapes.gates();
    shapes.night();
    return shapes.cases;
  }

  private void gates() {
    cases.add(
        new BadInput(
            SHAPE,
            "60 % fewer rows than the nights before",
            Fate.REFUSED,
            ExitCode.GATE,
            "40 rows were accepted, -60.0 % against the median of past runs",
            (spark, folder) -> {
              var quality =
                  new io.gradus.monitor.Quality(new Landing(folder).settings(Map.of()).gates());
              quality.volume(40, 100);
              quality.refuse();
              return accepted("unnoticed");
            }));
    cases.add(
        new BadInput(
            SHAPE,
            "every row a hundred times",
            Fate.REFUSED,
            ExitCode.GATE,
            "3,960 rows are copies of others, 99.00 %",
            (spark, folder) -> {
              new Landing(folder)
                  .write(
                      "a.parquet",
                      spark
                          .range(4000)
                          .selectExpr(
                              "concat('c', id % 40) AS customer",
                              "TIMESTAMP'2026-03-03 10:00:00' AS sold_at", "1 AS price"));
              return BadInput.read(spark, new Landing(folder).settings(Map.of()));
            }));
    cases.add(
        new BadInput(
            SHAPE,
            "one row in three without a customer",
            Fate.REFUSED,
            ExitCode.GATE,
            "1 rows are quarantined, 33.33 % of those judged; the bound is 5.00 %",
            (spark, folder) -> {
              new Landing(folder)
                  .write(
                      "a.parquet",
                      BadFiles.good(spark, 3)
                          .selectExpr("nullif(customer, 'c1') AS customer", "sold_at", "price"));
              return BadInput.read(spark, new Landing(folder).settings(Map.of()));
            }));
    cases.add(
        new BadInput(
            SHAPE,
            "two rows that say the same",
            Fate.DUPLICATE,
            ExitCode.DONE,
            "accepted 2; duplicate 1",
            (spark, folder) ->
                BadFiles.read(
                    spark, folder, BadFiles.good(spark, 2).union(BadFiles.good(spark, 1)))));
    cases.add(
        new BadInput(
            SHAPE,
            "an erased customer is delivered again",
            Fate.ERASED,
            ExitCode.DONE,
            "accepted 2; erased 1",
            (spark, folder) -> {
              erase(spark, folder.resolve("lake").toString(), "c1");
              return BadFiles.read(spark, folder, BadFiles.good(spark, 3));
            }));
  }

  private static void erase(SparkSession spark, String root, String customer) {
    Lake lake = Lake.open(spark, root);
    try (RunLock lock = RunLock.acquire(spark, root, "erase", InstantSource.system())) {
      new Erasure(lake, Optional.empty())
          .erase(lake.begin(lock, "erase-1", BadInput.TODAY), List.of(customer), List.of());
    }
  }

  private void night() {
    shape("one customer with most of all rows", "customer_id = 'whale' AND grade IS NOT NULL", 1);
    shape(
        "customers with one purchase each, all of the same sum",
        "customer_id LIKE 'once-%' AND grade IS NOT NULL AND r_score IS NOT NULL",
        9);
    shape("fewer customers than clusters are wanted", "cluster_key IS NOT NULL", 10);
    shape(
        "history shorter than the churn horizon: no risk is made up",
        "churn_probability IS NULL",
        11);
    shape("history shorter than the horizon: values stay finite", "clv_12m >= 0", 11);
    shape(
        "a customer with refunds only: kept, no purchase",
        "customer_id = 'returner' AND net_total < 0 AND purchases_365d = 0",
        1);
    shape("net negative: no lifetime value", "customer_id = 'returner' AND clv_12m = 0", 1);
    shape("rows after the as-of date only: not known yet", "customer_id = 'later'", 0);
    shape("rows after the as-of date: no negative recency", "days_since_last < 0", 0);
  }

  private void shape(String input, String condition, long customers) {
    cases.add(
        new BadInput(
            SHAPE,
            input,
            Fate.ACCEPTED,
            ExitCode.DONE,
            customers + " customers: " + condition,
            (spark, folder) -> graded(spark, folder, condition)));
  }

  private synchronized Outcome graded(SparkSession spark, Path folder, String condition) {
    if (lake == null) {
      Landing landing = new Landing(folder);
      landing.write(
          "march.parquet",
          spark
              .range(43)
              .selectExpr(
                  "CASE WHEN id < 30 THEN 'whale' WHEN id < 39 THEN concat('once-', id)"
                      + " WHEN id = 39 THEN 'returner' ELSE 'later' END AS customer",
                  "timestampadd(MINUTE, CAST(IF(id < 40, id % 7, 20) * 1440 + id AS INT),"
                      + " TIMESTAMP'2026-03-03 10:00:00') AS sold_at",
                  "IF(id = 39, -5D, 10D) AS price"));
      Instant night = BadInput.TODAY.atStartOfDay().toInstant(ZoneOffset.UTC);
      new NightlyJob(spark, InstantSource.fixed(night), Progress.silent())
          .run(landing.settings(Map.of()).at(AS_OF));
      lake = Lake.openToRead(spark, folder.resolve("lake").toString());
    }
    var rows = lake.readPublished(Gold.CUSTOMER_360);
    long customers = rows.where(condition).count();
    return accepted(customers + " customers: " + condition);
  }
}
