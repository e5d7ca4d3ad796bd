package io.gradus.job;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradus.config.Settings;
import io.gradus.config.YamlReader;
import io.gradus.error.ExitCode;
import io.gradus.error.GradusException;
import io.gradus.lake.Lake;
import io.gradus.report.LakeStatus;
import io.gradus.report.ReportPage.Language;
import io.gradus.report.RunFacts;
import io.gradus.report.RunSummary;
import io.gradus.simulate.Company;
import io.gradus.table.Gold;
import io.gradus.table.Ops;
import io.gradus.table.OpsMonitoring;
import io.gradus.table.Silver;
import io.gradus.testing.SparkExtension;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Nights on a simulated company, in the order of their numbers: each builds on the one before. */
@ExtendWith(SparkExtension.class)
@TestMethodOrder(OrderAnnotation.class)
class NightlyJobTest {
  /** Those who ever bought; the master lists prospects beside them. */
  private static final String BUYERS = "lifecycle <> 'prospect'";

  private static final LocalDate FIRST = LocalDate.of(2025, 11, 30);
  private static final LocalDate SECOND = LocalDate.of(2025, 12, 31);
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-02-01T03:00:00Z"));

  @TempDir static Path folder;
  private static RunFacts firstNight;

  private static Settings settings(Map<String, String> overrides) throws IOException {
    Map<String, String> all = new java.util.LinkedHashMap<>();
    all.put("lake", folder + "/lake");
    all.put("sources.transactions.path", folder + "/landing");
    all.put("sources.customers.path", folder + "/master");
    all.put("rfm.scope", "customer_type");
    all.put("shadow_policy", "jobs/policies/b2b.yaml");
    all.putAll(overrides);
    String yaml = Files.readString(Path.of("jobs", "demo", "demo.yaml"));
    return YamlReader.read("demo.yaml", yaml, all, Settings.class);
  }

  private static RunFacts night(SparkSession spark, LocalDate asOf) throws IOException {
    return new NightlyJob(spark, CLOCK, Progress.silent()).run(settings(Map.of()).at(asOf));
  }

  private static void refused(
      SparkSession spark, Map<String, String> overrides, ExitCode code, String message)
      throws IOException {
    Settings settings = settings(overrides);
    assertThatThrownBy(() -> new NightlyJob(spark, CLOCK, Progress.silent()).run(settings))
        .isInstanceOf(GradusException.class)
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1))
        .satisfies(e -> assertThat(((GradusException) e).exitCode()).isEqualTo(code));
  }

  @Test
  @Order(1)
  void gradesEveryCustomerAndReconcilesToTheCent(SparkSession spark) throws IOException {
    Company company = Company.of(400, LocalDate.of(2024, 1, 1), SECOND, 7L).withDirtyShare(0.03);
    SimulateJob simulation = new SimulateJob(spark);
    simulation.master(company, folder.toString());
    simulation.deliver(company, folder.toString(), company.from(), FIRST);

    firstNight = night(spark, FIRST);

    assertThat(firstNight.published()).isTrue();
    assertThat(
            firstNight.rowsAccepted()
                + firstNight.rowsQuarantined()
                + firstNight.rowsExcluded()
                + firstNight.rowsDuplicate())
        .isEqualTo(firstNight.rowsIn());
    Lake lake = Lake.openToRead(spark, folder + "/lake");
    Dataset<Row> customers = lake.readPublished(Gold.CUSTOMER_360);
    Row totals =
        customers
            .agg(
                org.apache.spark.sql.functions.count("customer_id"),
                countDistinct("customer_id"),
                sum("net_total"),
                sum(col("grade").isNull().cast("int")),
                sum(col("reasons_en").isNull().or(col("reasons_zh").isNull()).cast("int")))
            .head();
    assertThat(totals.getLong(0)).isEqualTo(totals.getLong(1));
    assertThat(customers.where(BUYERS).count()).isEqualTo(firstNight.customers());
    BigDecimal silver =
        lake.readPublished(Silver.TRANSACTION).agg(sum("amount")).head().getDecimal(0);
    assertThat(totals.getDecimal(2)).isEqualByComparingTo(silver);
    assertThat(silver).isEqualByComparingTo(firstNight.amountAccepted());
    assertThat(totals.getLong(3)).isZero();
    assertThat(totals.getLong(4)).isZero();
    assertThat(RunSummary.of(firstNight)).contains("accepted").contains("Grades of");
  }

  @Test
  @Order(2)
  void contributionsAddUpToTheScore(SparkSession spark) {
    Lake lake = Lake.openToRead(spark, folder + "/lake");
    Dataset<Row> sums =
        lake.readPublished(Gold.SCORE_CONTRIBUTION)
            .groupBy("customer_id")
            .agg(sum("contribution").as("total"));
    Row gap =
        lake.readPublished(Gold.CUSTOMER_360)
            .where(BUYERS)
            .join(sums, "customer_id")
            .agg(
                max(abs(col("total_score").minus(col("reference_score")).minus(col("total")))),
                org.apache.spark.sql.functions.count("customer_id"))
            .head();
    assertThat(gap.getDouble(0)).isLessThan(1e-5);
    assertThat(gap.getLong(1)).isEqualTo(firstNight.customers());
  }

  @Test
  @Order(3)
  void runningAgainChangesNothingAndSaysSo(SparkSession spark) throws IOException {
    Lake lake = Lake.openToRead(spark, folder + "/lake");
    long before = lake.version(Gold.CUSTOMER_360);

    RunFacts again = night(spark, FIRST);

    assertThat(again.published()).isFalse();
    assertThat(again.runId()).isEqualTo(firstNight.runId());
    assertThat(lake.version(Gold.CUSTOMER_360)).isEqualTo(before);
    assertThat(RunSummary.of(again)).contains("Already published");
  }

  @Test
  @Order(4)
  void whatIsWrongIsSaidInOneLineAndPublishesNothing(SparkSession spark) throws IOException {
    long sequence = Lake.openToRead(spark, folder + "/lake").published().rows().size();
    String columns = "sources.transactions.columns.";
    refused(
        spark, Map.of("sources.transactions.path", folder + "/nowhere"), ExitCode.INPUT, "nowhere");
    Files.createDirectories(folder.resolve("empty"));
    refused(spark, Map.of("sources.transactions.path", folder + "/empty"), ExitCode.INPUT, "empty");
    refused(
        spark,
        Map.of(columns + "amount", "totl"),
        ExitCode.INPUT,
        "columns.amount: the source has no column 'totl'");
    refused(
        spark,
        Map.of(columns + "timestamp", "quantity"),
        ExitCode.INPUT,
        "columns.timestamp is of type int");
    refused(spark, Map.of(columns + "amount", "product"), ExitCode.INPUT, "columns.amount is text");
    refused(
        spark,
        Map.of(columns + "amount", "{expr: 'rand() * quantity'}"),
        ExitCode.USAGE,
        "only deterministic functions");
    refused(
        spark,
        Map.of(columns + "amount", "{expr: '(SELECT 1)'}"),
        ExitCode.USAGE,
        "columns.amount: cannot use the expression");
    refused(spark, Map.of("as_of", "2020-01-01"), ExitCode.INPUT, "lies before the data");
    refused(spark, Map.of("time_zone", "null"), ExitCode.INPUT, "set time_zone");
    refused(
        spark,
        Map.of("gates", "{max_quarantine_share: 0.0001, warn_quarantine_share: 0}"),
        ExitCode.GATE,
        "nothing was published");
    refused(spark, Map.of("currency", "USD"), ExitCode.INPUT, "the lake's currency is USD");
    refused(
        spark,
        Map.of(
            "sources.transactions.exclude",
            "{most: \"crc32(customer) % 5 > 0\"}",
            "gates",
            "{max_quarantine_share: 0.5}"),
        ExitCode.GATE,
        "against the median of past runs");
    assertThat(Lake.openToRead(spark, folder + "/lake").published().rows()).hasSize((int) sequence);
  }

  @Test
  @Order(5)
  void theNextDateAddsASnapshot(SparkSession spark) throws IOException {
    Company company = Company.of(400, LocalDate.of(2024, 1, 1), SECOND, 7L).withDirtyShare(0.03);
    new SimulateJob(spark).deliver(company, folder.toString(), FIRST.plusDays(1), SECOND);

    RunFacts second = night(spark, SECOND);

    Lake lake = Lake.openToRead(spark, folder + "/lake");
    List<Row> dates =
        lake.readPublished(Gold.CUSTOMER_SNAPSHOT)
            .where(BUYERS)
            .groupBy("snapshot_date")
            .count()
            .orderBy("snapshot_date")
            .collectAsList();
    assertThat(dates).hasSize(2);
    assertThat(dates.get(0).getLong(1)).isEqualTo(firstNight.customers());
    assertThat(dates.get(1).getLong(1)).isEqualTo(second.customers());
    assertThat(lake.readPublished(Gold.CUSTOMER_360).select("snapshot_date").distinct().count())
        .isEqualTo(1);
    assertThat(lake.readPublished(Ops.RUN).count()).isEqualTo(2);
    // Models see the columns of the customer master.
    assertThat(lake.readPublished(Gold.RFM_CUTPOINT).select("scope").distinct().count())
        .isGreaterThan(1);
    // The ruler of the policy and the RFM cut-points stay as the first night cut them, but for
    // growth, which nobody has before two years are over.
    assertThat(lake.readPublished(Gold.POLICY_RULER).select("policy").distinct().count())
        .isEqualTo(2);
    for (var table : List.of(Gold.POLICY_RULER, Gold.RFM_CUTPOINT)) {
      Dataset<Row> all = lake.readPublished(table).drop("run_id", "snapshot_date", "customers");
      Dataset<Row> rows =
          table.equals(Gold.POLICY_RULER) ? all.where("indicator <> 'growth'") : all;
      assertThat(rows.distinct().count()).as(table.name()).isEqualTo(rows.count() / 2);
    }
  }

  @Test
  @Order(6)
  void everyChangeOfAScoreIsSplitIntoItsCauses(SparkSession spark) {
    Lake lake = Lake.openToRead(spark, folder + "/lake");

    Dataset<Row> changes = lake.readPublished(Gold.GRADE_CHANGE);

    assertThat(changes.count())
        .isEqualTo(
            lake.readPublished(Gold.CUSTOMER_SNAPSHOT)
                .where(col("snapshot_date").equalTo(lit(FIRST)))
                .count());
    assertThat(
            changes
                .where(
                    "score_after - score_before <> change_by_correction + change_by_behaviour +"
                        + " change_by_ruler + change_by_policy OR change_by_policy <> 0 OR"
                        + " change_by_correction <> 0")
                .count())
        .isZero();
    assertThat(changes.where("change_by_behaviour <> 0").count()).isPositive();
    assertThat(changes.select("previous_date").distinct().head().getDate(0).toLocalDate())
        .isEqualTo(FIRST);
    Row kept = lake.readPublished(Gold.POLICY).where("policy = 'standard'").head();
    assertThat(
            YamlReader.read("policy", kept.getAs("text"), Map.of(), io.gradus.grade.Policy.class))
        .isEqualTo(Policies.load(null));
  }

  @Test
  @Order(7)
  void oneCustomerIsExplainedOnOnePage(SparkSession spark) {
    String lake = folder + "/lake";
    String best =
        Lake.openToRead(spark, lake)
            .readPublished(Gold.CUSTOMER_360)
            .orderBy("rank", "customer_id")
            .head()
            .getAs("customer_id");

    String page = new ExplainJob(spark).run(lake, best);

    assertThat(page).contains(best).contains("Grade").contains("原因").contains("History");
    assertThat(page.lines().filter(line -> line.contains("2025-1"))).hasSizeGreaterThan(1);
    assertThatThrownBy(() -> new ExplainJob(spark).run(lake, "nobody"))
        .hasMessageContaining("no customer 'nobody'");
  }

  @Test
  @Order(8)
  void queriesSeePublishedTablesAndNothingElseIsAllowed(SparkSession spark) {
    PublishedTables tables = PublishedTables.open(spark, folder + "/lake");

    var result = tables.query("SELECT count(*) AS n FROM customer_360", 10);

    assertThat(result.header()).containsExactly("n");
    assertThat(result.size()).isEqualTo(1);
    assertThatThrownBy(() -> tables.query("DROP VIEW customer_360", 10))
        .hasMessageContaining("only queries are allowed");
    assertThatThrownBy(() -> tables.query("SELECT nothing FROM customer_360", 10))
        .hasMessageContaining("nothing");
    assertThatThrownBy(() -> tables.query("SELEC", 10)).isInstanceOf(GradusException.class);
  }

  @Test
  @Order(8)
  void monitoringFiguresFollowFromTheOtherTables(SparkSession spark) {
    PublishedTables.open(spark, folder + "/lake");

    new MonitoringFigures(spark, FIRST, SECOND).agree();
  }

  @Test
  @Order(9)
  void keysAreUniqueAndReferencesFindTheirRows(SparkSession spark) {
    assertThat(PublishedContracts.hold(spark, folder + "/lake"))
        .contains(
            "key of customer_snapshot",
            "customer_id of score_contribution in customer_360",
            "run_id of grade_summary in run")
        .hasSizeGreaterThan(40);
  }

  @Test
  @Order(10)
  void everyPublishedRunHasItsReport(SparkSession spark) throws IOException {
    ReportJob job = new ReportJob(spark);
    Path newest = folder.resolve("newest.html");
    Path first = folder.resolve("first.html");

    job.run(folder + "/lake", null, Language.ZH, newest);
    job.run(folder + "/lake", firstNight.runId(), Language.EN, first);

    assertThat(Files.readString(newest))
        .contains("<html lang=\"zh\">")
        .contains("\"as_of\":\"2025-12-31\",\"previous\":\"2025-11-30\"");
    JsonNode data = reported(first);
    assertThat(data.get("as_of").asText()).isEqualTo("2025-11-30");
    assertThat(data.get("previous").isNull()).isTrue();
    assertThat(data.at("/tables/customers/rows"))
        .hasSize(
            (int)
                Lake.openToRead(spark, folder + "/lake")
                    .readPublished(Gold.CUSTOMER_SNAPSHOT)
                    .where(col("snapshot_date").equalTo(lit(FIRST)))
                    .count());
    // customers, then revenue: the report says what the night said.
    JsonNode totals = data.at("/tables/totals/rows/0");
    assertThat(totals.get(1).asLong()).isEqualTo(firstNight.customers());
    assertThat(totals.get(3).decimalValue())
        .isEqualByComparingTo(
            firstNight.grades().stream()
                .map(RunFacts.GradeShare::revenue)
                .reduce(BigDecimal.ZERO, BigDecimal::add));
    assertThatThrownBy(() -> job.run(folder + "/lake", "nobody's", Language.EN, first))
        .isInstanceOf(GradusException.class)
        .hasMessageContaining("no run 'nobody's'");
  }

  private static JsonNode reported(Path page) throws IOException {
    String text = Files.readString(page);
    String start = "id=\"data\">";
    int from = text.indexOf(start) + start.length();
    return new ObjectMapper().readTree(text.substring(from, text.indexOf("</script>", from)));
  }

  @Test
  @Order(11)
  void somebodyTakesAnAlertUpAndClosesIt(SparkSession spark) {
    String root = folder + "/lake";
    Lake lake = Lake.openToRead(spark, root);
    long runs = lake.readPublished(Ops.RUN).count();
    assertThatThrownBy(() -> new AlertJob(spark, CLOCK).acknowledge(root, "a0", "Ann", null))
        .isInstanceOf(GradusException.class)
        .hasMessageContaining("no alert a0");
    Row open = lake.readPublished(OpsMonitoring.ALERT).orderBy("alert_id").head();
    String id = open.getAs("alert_id");

    AlertJob job = new AlertJob(spark, CLOCK);
    job.acknowledge(root, id, "Ann", null);
    job.close(root, id, "Bo", "known");

    Row closed =
        Lake.openToRead(spark, root)
            .readPublished(OpsMonitoring.ALERT)
            .where(col("alert_id").equalTo(id))
            .head();
    assertThat(closed.<String>getAs("state")).isEqualTo("closed");
    assertThat(closed.<String>getAs("acknowledged_by")).isEqualTo("Ann");
    assertThat(closed.<String>getAs("closed_by")).isEqualTo("Bo");
    assertThat(closed.<String>getAs("note")).isEqualTo("known");
    assertThat(lake.readPublished(Ops.RUN).count()).isEqualTo(runs);
    assertThat(lake.readPublished(Gold.CUSTOMER_360).count()).isPositive();
  }

  @Test
  @Order(12)
  void theStatusKnowsWhatIsPublishedAndWhatFailed(SparkSession spark) {
    LakeStatus status = new StatusJob(spark, CLOCK).run(folder + "/lake", 10);

    assertThat(status.asOf()).contains(SECOND);
    assertThat(status.ageDays()).contains(32L);
    assertThat(status.daysBehindInput()).contains(0L);
    assertThat(status.runs()).extracting(LakeStatus.Run::asOf).containsExactly(SECOND, FIRST);
    assertThat(status.failures()).hasSize(12);
    assertThat(status.failures())
        .anySatisfy(
            failure -> {
              assertThat(failure.exitCode()).isEqualTo(ExitCode.INPUT.code());
              assertThat(failure.stage()).isEqualTo("plan input");
              assertThat(failure.message()).contains("nowhere");
            });
    assertThat(status.failures())
        .anySatisfy(failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.GATE.code()));
    Lake lake = Lake.openToRead(spark, folder + "/lake");
    assertThat(StageHistory.medians(lake)).containsKeys("silver", "features", "write customers");
    Row written = lake.readPublished(Ops.RUN_STAGE).where("stage = 'write customers'").head();
    assertThat(written.<Long>getAs("bytes_written")).isGreaterThan(10_000);
    assertThat(written.<Long>getAs("peak_memory_bytes")).isGreaterThan(10_000_000);
    assertThatThrownBy(() -> new StatusJob(spark, CLOCK).run(folder + "/landing", 10))
        .hasMessageContaining("There is no lake");
  }
}
