package io.gradus.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.error.ExitCode;
import io.gradus.error.GradusException;
import io.gradus.job.BackfillJob.Step;
import io.gradus.lake.Lake;
import io.gradus.lake.RunLock;
import io.gradus.monitor.GradeHistory;
import io.gradus.report.RunFacts;
import io.gradus.table.Gold;
import io.gradus.table.GoldMonitoring;
import io.gradus.table.Ops;
import io.gradus.table.Silver;
import io.gradus.testing.Landing;
import io.gradus.testing.SparkExtension;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What operators do over the months with one lake, in the order of their numbers. Its company is as
 * degenerate as one can be: one customer who is most of the business, others with one purchase, all
 * of the same sum, one who only gave goods back.
 */
@ExtendWith(SparkExtension.class)
@TestMethodOrder(OrderAnnotation.class)
class LongRunTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 3, 10);
  private static final LocalDate SECOND = LocalDate.of(2026, 3, 17);
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-04-01T03:00:00Z"));

  @TempDir static Path folder;

  private static Landing landing() {
    return new Landing(folder);
  }

  private static String lake() {
    return folder.resolve("lake").toString();
  }

  private static void deliver(SparkSession spark) {
    landing()
        .write(
            "march.parquet",
            spark
                .range(40)
                .selectExpr(
                    "CASE WHEN id < 30 THEN 'whale' WHEN id < 39 THEN concat('once-', id)"
                        + " ELSE 'returner' END AS customer",
                    "timestampadd(MINUTE, CAST(id % 7 * 1440 + id AS INT), TIMESTAMP'2026-03-03"
                        + " 10:00:00') AS sold_at",
                    "CASE WHEN id < 39 THEN 10D ELSE -5D END AS price"));
  }

  private static List<RunFacts> backfill(SparkSession spark, LocalDate from, Step step, int steps) {
    List<RunFacts> nights = new ArrayList<>();
    LocalDate to = step == Step.WEEK ? from.plusWeeks(steps - 1) : from.plusMonths(steps - 1);
    try {
      new BackfillJob(spark, CLOCK, Progress.silent())
          .run(landing().settings(Map.of()), from, to, step, nights::add);
    } catch (GradusException e) {
      assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(e).hasMessageStartingWith("backfill of 2026-04-10: as_of 2026-04-10 is still to");
      return nights;
    }
    assertThat(nights).hasSize(steps);
    return nights;
  }

  @Test
  void datesOfASpan() {
    assertThat(BackfillJob.dates(LocalDate.of(2026, 1, 31), LocalDate.of(2026, 4, 29), Step.MONTH))
        .containsExactly(
            LocalDate.of(2026, 1, 31), LocalDate.of(2026, 2, 28), LocalDate.of(2026, 3, 31));
    assertThat(BackfillJob.dates(FIRST, SECOND, Step.DAY)).hasSize(8);
    assertThat(BackfillJob.dates(FIRST, FIRST, Step.WEEK)).containsExactly(FIRST);
    assertThatThrownBy(() -> BackfillJob.dates(SECOND, FIRST, Step.DAY))
        .hasMessageContaining("lies before");
  }

  @Test
  @Order(1)
  void aBackfillStopsAtTheFirstFailureAndGoesOnFromThere(SparkSession spark) {
    deliver(spark);

    List<RunFacts> nights = backfill(spark, FIRST, Step.MONTH, 3);
    assertThat(nights).extracting(RunFacts::asOf).containsExactly(FIRST);

    nights = backfill(spark, FIRST, Step.WEEK, 2);
    assertThat(nights).extracting(RunFacts::published).containsExactly(false, true);
    assertThat(nights.get(1).customers()).isEqualTo(11);
    Lake lake = Lake.openToRead(spark, lake());
    var customers = lake.readPublished(Gold.CUSTOMER_360);
    assertThat(customers.where("grade IS NULL OR reasons_en IS NULL").count()).isZero();
    assertThat(customers.where("clv_12m < 0 OR isnan(churn_probability)").count()).isZero();
    assertThat(customers.where("customer_id = 'returner' AND net_total < 0").count()).isEqualTo(1);
  }

  @Test
  @Order(3)
  void optimizingChangesFilesAndNoRow(SparkSession spark) {
    Lake lake = Lake.openToRead(spark, lake());
    List<String> before = rows(lake);

    List<String> lines = new OptimizeJob(spark, CLOCK).run(lake());

    assertThat(lines).anyMatch(line -> line.startsWith("all "));
    Lake after = Lake.openToRead(spark, lake());
    assertThat(rows(after)).isEqualTo(before);
    assertThat(backfill(spark, SECOND, Step.WEEK, 1)).noneMatch(RunFacts::published);
  }

  @Test
  @Order(4)
  void rollingBackShowsTheNightBeforeInEveryTable(SparkSession spark) {
    try (RunLock held = RunLock.acquire(spark, lake(), "nightly", CLOCK)) {
      assertThat(held.takenOver()).isFalse();
      assertThatThrownBy(() -> new RollbackJob(spark, CLOCK).run(lake(), null))
          .isInstanceOfSatisfying(
              GradusException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.LOCK));
    }
    assertThatThrownBy(() -> new RollbackJob(spark, CLOCK).run(lake(), "no-such-run"))
        .hasMessageContaining("No run no-such-run");
    String first = Lake.openToRead(spark, lake()).published().ofDate(FIRST).orElseThrow().runId();

    List<String> lines = new RollbackJob(spark, CLOCK).run(lake(), null);

    assertThat(lines.get(0)).contains("they see run " + first);
    Lake lake = Lake.openToRead(spark, lake());
    for (var table : AllTables.list()) {
      if (lake.exists(table) && List.of(table.schema().fieldNames()).contains("snapshot_date")) {
        assertThat(lake.readPublished(table).where("snapshot_date > DATE'" + FIRST + "'").count())
            .as(table.path())
            .isZero();
      }
    }
    assertThat(lake.published().runIds()).containsExactly(first);
    assertThat(new RollbackJob(spark, CLOCK).run(lake(), first).get(0)).contains("already");
  }

  @Test
  @Order(5)
  void anErasedCustomerIsGoneAndStaysOutOfTheNextNight(SparkSession spark) {
    EraseJob.Receipt receipt = new EraseJob(spark, CLOCK).run(lake(), "once-33", Optional.empty());

    assertThat(receipt.complete()).as(receipt.lines().toString()).isTrue();
    assertThat(receipt.lines())
        .anyMatch(line -> line.startsWith("byte scan") && line.contains("files"))
        .anyMatch(line -> line.startsWith("found") && line.contains("nothing"))
        .anyMatch(line -> line.contains("gold/customer_360"))
        .anyMatch(line -> line.startsWith("sources"))
        .noneMatch(line -> line.contains("once-33"));
    Lake lake = Lake.openToRead(spark, lake());
    assertThat(lake.readPublished(Gold.CUSTOMER_360).count()).isEqualTo(10);

    RunFacts night = backfill(spark, SECOND, Step.WEEK, 1).get(0);

    assertThat(night.published()).isTrue();
    assertThat(night.customers()).isEqualTo(10);
    assertThat(night.rowsErased()).isEqualTo(1);
    assertThat(night.rowsAccepted() + night.rowsErased() + night.rowsDuplicate())
        .isEqualTo(night.rowsIn());
    lake = Lake.openToRead(spark, lake());
    for (var table : List.of(Silver.TRANSACTION, Silver.QUARANTINE, Gold.CUSTOMER_SNAPSHOT)) {
      assertThat(lake.readPublished(table).where("customer_id = 'once-33'").count()).isZero();
    }
    assertThat(
            lake.readPublished(Ops.RECONCILIATION)
                .where("disposition = 'erased' AND run_id = '" + night.runId() + "'")
                .selectExpr("sum(rows)")
                .head()
                .getLong(0))
        .isEqualTo(1);
    assertThat(lake.published().ofDate(FIRST)).isPresent();
    try (Stages stages = new Stages(spark, CLOCK, Progress.silent());
        PurchaseHistory history =
            PurchaseHistory.read(
                spark,
                landing().settings(Map.of()),
                Lake.open(spark, lake()),
                stages,
                LocalDate.of(2026, 4, 1))) {
      List<String> known =
          history.days().select("customer_id").distinct().collectAsList().stream()
              .map(row -> row.getString(0))
              .toList();
      assertThat(known).as("customers a backtest sees").hasSize(10).doesNotContain("once-33");
    }
  }

  @Test
  @Order(6)
  void theHistorySaysOfEveryDateWhatItsSnapshotSays(SparkSession spark) {
    backfill(spark, FIRST.plusDays(3), Step.WEEK, 1);
    backfill(spark, FIRST.minusDays(1), Step.WEEK, 1);

    Lake lake = Lake.openToRead(spark, lake());
    assertThat(
            lake.readPublished(Gold.CUSTOMER_360).select("snapshot_date").distinct().head().get(0))
        .hasToString(SECOND.toString());
    Dataset<Row> history = lake.readPublished(GoldMonitoring.CUSTOMER_GRADE_HISTORY);
    Dataset<Row> snapshots = lake.readPublished(Gold.CUSTOMER_SNAPSHOT);
    int compared = 0;
    for (int day = -1; day <= 7; day++) {
      LocalDate date = FIRST.plusDays(day);
      List<String> then = grades(snapshots.where("snapshot_date = DATE'" + date + "'"));
      if (!then.isEmpty()) {
        compared++;
        assertThat(grades(GradeHistory.on(history, date))).as(date.toString()).isEqualTo(then);
      }
    }
    assertThat(compared).isEqualTo(4);
  }

  private static List<String> grades(Dataset<Row> rows) {
    return rows.selectExpr("concat(customer_id, ' ', grade)").collectAsList().stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  private static List<String> rows(Lake lake) {
    return List.of(Gold.CUSTOMER_SNAPSHOT, Gold.CUSTOMER_360, Silver.TRANSACTION, Ops.RUN).stream()
        .flatMap(
            table ->
                lake.readPublished(table).toJSON().collectAsList().stream()
                    .map(json -> table.path() + json))
        .sorted()
        .toList();
  }
}
