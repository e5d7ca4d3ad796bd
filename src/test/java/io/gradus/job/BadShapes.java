package io.gradus.job;

import static io.gradus.job.BadInput.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.config.Settings;
import io.gradus.error.ExitCode;
import io.gradus.job.BadInput.Fate;
import io.gradus.job.BadInput.Outcome;
import io.gradus.lake.Erasure;
import io.gradus.lake.Lake;
import io.gradus.lake.RunLock;
import io.gradus.report.RunFacts;
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
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Deliveries whose rows are right one by one, but odd as a whole. */
final class BadShapes {
  private static final String SHAPE = "Shape";
  private static final LocalDate AS_OF = LocalDate.of(2026, 3, 17);

  private final List<BadInput> cases = new ArrayList<>();
  private @Nullable Lake lake;
  private List<String> warnings = List.of();

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
    line("the same line of an order with other content", 1, "accepted 2; line_conflict 1");
    line("the same line number of an order on another day", 2, "accepted 3");
    cases.add(
        new BadInput(
            SHAPE,
            "a quantity of a thousand million",
            Fate.ACCEPTED_WITH_WARNING,
            ExitCode.DONE,
            "the largest quantity of a row is 1,000,000,000",
            (spark, folder) -> {
              Landing landing = new Landing(folder);
              landing.write(
                  "a.parquet", BadFiles.good(spark, 2).selectExpr("*", "-1e9D AS pieces"));
              return BadInput.read(
                  spark,
                  landing.settings(Map.of("sources.transactions.columns.quantity", "pieces")));
            }));
    cases.add(
        new BadInput(
            SHAPE,
            "one customer in two spellings that look the same",
            Fate.ACCEPTED_WITH_WARNING,
            ExitCode.DONE,
            "1 rows spell their customer in another way",
            (spark, folder) ->
                BadFiles.read(
                    spark,
                    folder,
                    BadFiles.good(spark, 1)
                        .union(
                            BadFiles.good(spark, 2)
                                .where("customer = 'c1'")
                                .selectExpr("'c0\u200B'", "sold_at", "price")))));
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

  /** A third row for the first line, on its day or a later one. */
  private void line(String input, int day, String result) {
    cases.add(
        new BadInput(
            SHAPE,
            input,
            day == 1 ? Fate.QUARANTINED : Fate.ACCEPTED,
            ExitCode.DONE,
            result,
            (spark, folder) -> {
              Landing landing = new Landing(folder);
              landing.write(
                  "a.parquet",
                  BadFiles.good(spark, 3)
                      .selectExpr(
                          "'c1' AS customer",
                          "IF(price = 3, TIMESTAMP'2026-03-0"
                              + day
                              + " 18:00:00', sold_at) AS"
                              + " sold_at",
                          "price",
                          "'o1' AS document",
                          "IF(price = 3, 1, CAST(price AS INT)) AS position"));
              return BadInput.read(
                  spark,
                  landing.settings(
                      Map.of(
                          "sources.transactions.columns.transaction_id",
                          "document",
                          "sources.transactions.columns.line_id",
                          "position",
                          "gates",
                          "{max_quarantine_share: 1, warn_quarantine_share: 1}")));
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
    shape("fewer customers than clusters are wanted", "cluster_key IS NOT NULL", 11);
    shape(
        "history shorter than the churn horizon: no risk is made up",
        "churn_probability IS NULL",
        13);
    shape("history shorter than the horizon: values stay finite", "clv_12m >= 0", 13);
    cases.add(
        new BadInput(
            SHAPE,
            "a customer with refunds only: kept, no purchase",
            Fate.ACCEPTED_WITH_WARNING,
            ExitCode.DONE,
            "1 customers: customer_id = 'returner' AND net_total < 0 AND purchases_365d = 0;"
                + " 1 customers have refunds and no purchase",
            (spark, folder) -> {
              Outcome found =
                  graded(
                      spark,
                      folder,
                      "customer_id = 'returner' AND net_total < 0 AND purchases_365d = 0");
              String warned = warnings.stream().filter(w -> w.contains("refunds")).findAny().get();
              return new Outcome(
                  Fate.ACCEPTED_WITH_WARNING, found.exitCode(), found.text() + "; " + warned);
            }));
    shape("net negative: no lifetime value", "customer_id = 'returner' AND clv_12m = 0", 1);
    shape(
        "amounts of zero only: counted, no purchase",
        "customer_id = 'sampler' AND net_total = 0 AND purchases_365d = 0",
        1);
    shape(
        "a refund on a later day: nets the money, not the purchases",
        "customer_id = 'partial' AND net_total = 36 AND purchases_365d = 4",
        1);
    shape("rows after the as-of date only: not known yet", "customer_id = 'later'", 0);
    shape("rows after the as-of date: no negative recency", "days_since_last < 0", 0);
    cases.add(
        new BadInput(
            SHAPE,
            "60 % fewer rows than the nights before",
            Fate.REFUSED,
            ExitCode.GATE,
            "20 rows were accepted, -60.0 % against the median of past runs",
            (spark, folder) -> {
              graded(spark, folder, "true");
              Landing less = new Landing(folder.resolveSibling("less"));
              less.write("march.parquet", BadFiles.good(spark, 20));
              return night(
                  spark, less, Map.of("lake", "'" + Objects.requireNonNull(lake).root() + "'"));
            }));
    cases.add(
        new BadInput(
            SHAPE,
            "one customer alone",
            Fate.ACCEPTED,
            ExitCode.DONE,
            "1 customers, graded",
            (spark, folder) -> {
              Landing landing = new Landing(folder);
              landing.write(
                  "march.parquet",
                  BadFiles.good(spark, 7).selectExpr("'c1' AS customer", "sold_at", "price"));
              return night(spark, landing, Map.of());
            }));
    cases.add(
        new BadInput(
            SHAPE,
            "all customers identical, and none ever left: one label class",
            Fate.ACCEPTED,
            ExitCode.DONE,
            "24 customers, graded",
            (spark, folder) -> {
              Landing landing = new Landing(folder);
              landing.write(
                  "two-years.parquet",
                  spark
                      .range(24 * 50)
                      .selectExpr(
                          "concat('c', id % 24) AS customer",
                          "timestampadd(DAY, CAST(id div 24 * 14 AS INT),"
                              + " TIMESTAMP'2024-04-16 10:00:00') AS sold_at",
                          "10 AS price"));
              return night(spark, landing, Map.of());
            }));
  }

  /** A night of a lake of its own: every customer of it has a grade and finite figures. */
  private static Outcome night(SparkSession spark, Landing landing, Map<String, String> settings) {
    RunFacts facts = run(spark, landing.settings(settings).at(AS_OF));
    var rows =
        Lake.openToRead(spark, landing.folder().resolve("lake").toString())
            .readPublished(Gold.CUSTOMER_360);
    long graded = rows.where("grade IS NOT NULL AND clv_12m >= 0 AND NOT isnan(clv_12m)").count();
    assertThat(rows.count()).isEqualTo(facts.customers());
    return accepted(graded + " customers, graded");
  }

  private static RunFacts run(SparkSession spark, Settings settings) {
    Instant night = BadInput.TODAY.atStartOfDay().toInstant(ZoneOffset.UTC);
    return new NightlyJob(spark, InstantSource.fixed(night), Progress.silent()).run(settings);
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
              .range(50)
              .selectExpr(
                  "CASE WHEN id < 30 THEN 'whale' WHEN id < 39 THEN concat('once-', id)"
                      + " WHEN id = 39 THEN 'returner' WHEN id < 43 THEN 'later'"
                      + " WHEN id < 45 THEN 'sampler' ELSE 'partial' END AS customer",
                  "timestampadd(MINUTE, CAST(IF(id BETWEEN 40 AND 42, 20, id % 7) * 1440 + id"
                      + " AS INT), TIMESTAMP'2026-03-03 10:00:00') AS sold_at",
                  "CASE WHEN id = 39 THEN -5D WHEN id IN (43, 44) THEN 0D"
                      + " WHEN id = 47 THEN -4D ELSE 10D END AS price"));
      warnings = run(spark, landing.settings(Map.of()).at(AS_OF)).warnings();
      lake = Lake.openToRead(spark, folder.resolve("lake").toString());
    }
    var rows = lake.readPublished(Gold.CUSTOMER_360);
    long customers = rows.where(condition).count();
    return accepted(customers + " customers: " + condition);
  }
}
