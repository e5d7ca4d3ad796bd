package io.gradus.job;

import static io.gradus.table.Columns.DAY;
import static io.gradus.table.Columns.NET_AMOUNT;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.gradus.config.Settings;
import io.gradus.feature.CustomerFeatures;
import io.gradus.grade.GradeLevel;
import io.gradus.grade.Grader;
import io.gradus.grade.Policy;
import io.gradus.grade.Ruler;
import io.gradus.ingest.Reconciliation;
import io.gradus.insight.CustomerInsight;
import io.gradus.lake.InputFiles;
import io.gradus.lake.Lake;
import io.gradus.lake.Retention;
import io.gradus.lake.RunRef;
import io.gradus.lake.Upkeep;
import io.gradus.monitor.Quality;
import io.gradus.monitor.Structure;
import io.gradus.report.RunFacts;
import io.gradus.table.Columns;
import io.gradus.table.Gold;
import io.gradus.table.GoldMonitoring;
import io.gradus.table.Money;
import io.gradus.table.TableRows;
import io.gradus.table.TableSpec;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** One night under the lake's lock, from silver tables to publication. */
final class Night {
  private static final int SNAPSHOTS_PER_CLEANUP = 7;

  private final SparkSession spark;
  private final InstantSource clock;
  private final Settings settings;
  private final Policy policy;
  private final Lake lake;
  private final Stages stages;
  private final Quality quality;
  private final RunIdentity identity;
  private final Instant start;

  Night(
      SparkSession spark,
      InstantSource clock,
      Settings settings,
      Policy policy,
      Lake lake,
      Stages stages,
      Quality quality,
      RunIdentity identity,
      Instant start) {
    this.spark = spark;
    this.clock = clock;
    this.settings = settings;
    this.policy = policy;
    this.lake = lake;
    this.stages = stages;
    this.quality = quality;
    this.identity = identity;
    this.start = start;
  }

  RunFacts run(
      RunRef run, TransactionInput input, SilverStep silver, Reconciliation reconciliation) {
    Dataset<Row> days =
        stages.time(silver.reused() ? "silver (reused)" : "silver", () -> silver.purchaseDays(run));
    InputFiles.verifyUnchanged(spark, input.manifest());
    Kept features =
        keep(
            "features",
            input.feeds().withMaster(CustomerFeatures.at(days, run.asOf()), run.asOf()));
    TrainedModels trained = new TrainedModels(spark, lake, run);
    Models models = Models.of(lake, settings, stages, trained, run, features.rows(), days);
    Kept scored = keep("scores", models.score(features.rows()));
    Kept known =
        keep("insight", CustomerInsight.of(input.feeds().join(scored.rows(), policy, run.asOf())));
    scored.close();
    Ruler ruler = stages.time("ruler", () -> Rulers.currentOrNew(lake, policy, known.rows()));
    GradeStep grading = new GradeStep(spark, lake, policy, run);
    Kept kept = keep("grades", grading.grade(known.rows(), ruler));
    known.close();
    features.close();
    Dataset<Row> graded = kept.rows();
    Row integrity = stages.time("checks", () -> Structure.integrity(graded));
    quality.output(integrity, netUntil(days, run.asOf()));
    quality.refuse();
    long customers = integrity.<Long>getAs("customers");
    stages.time("write customers", () -> writeCustomers(graded, run), rows -> customers);
    Facts facts = new Facts(lake, run, policy.grades().stream().map(GradeLevel::code).toList());
    stages.run("write aggregates", () -> writeAggregates(graded, ruler, models, run, facts));
    stages.run("write grading", () -> writeGrading(grading, graded, ruler, days, run));
    OpsTables ops = new OpsTables(spark, lake, run);
    stages.run(
        "write ops",
        () -> {
          ops.reconciliation(silver.lines());
          ops.quality(quality.checks());
          ops.metrics(models.metrics());
          ops.alerts(models.alerts());
        });
    kept.close();
    ops.stages(stages.done());
    ops.run(identity, input, start, clock.instant(), customers);
    Retention retention = new Retention(settings.retention().nightlyDays(), SNAPSHOTS_PER_CLEANUP);
    new Upkeep(lake).retain(retention, List.of(Gold.CUSTOMER_SNAPSHOT), run);
    lake.publish(run, silver.attributes());
    trained.prune();
    double seconds = Duration.between(start, clock.instant()).toMillis() / 1000.0;
    return facts.gather(
        settings.currency(),
        input.manifest().files().size(),
        reconciliation,
        models.notes(),
        quality.warnings(),
        stages.done(),
        seconds);
  }

  private Dataset<Row> writeCustomers(Dataset<Row> graded, RunRef run) {
    Dataset<Row> rows =
        TableRows.of(
            Gold.CUSTOMER_SNAPSHOT,
            graded.withColumn(Columns.CURRENCY, lit(settings.currency())),
            run.asOf(),
            run.runId());
    lake.replaceRun(Gold.CUSTOMER_SNAPSHOT, rows, run);
    if (newest(run.asOf())) {
      lake.overwrite(Gold.CUSTOMER_360, rows, run);
      write(Gold.SCORE_CONTRIBUTION, Grader.contributions(graded, policy), run);
    }
    return rows;
  }

  /** A back-filled date leaves the current customers alone. */
  private boolean newest(LocalDate asOf) {
    return lake.published().published().stream().noneMatch(p -> p.asOf().isAfter(asOf));
  }

  private void writeAggregates(
      Dataset<Row> graded, Ruler ruler, Models models, RunRef run, Facts facts) {
    facts.grades(replace(GoldMonitoring.GRADE_SUMMARY, Structure.gradeSummary(graded), run));
    facts.cells(replace(Gold.MATRIX_SUMMARY, Structure.matrixSummary(graded), run));
    replace(Gold.POLICY_RULER, Rulers.rows(spark, ruler), run);
    models.summaries(graded).forEach((table, rows) -> replace(table, rows, run));
  }

  private void writeGrading(
      GradeStep grading, Dataset<Row> graded, Ruler ruler, Dataset<Row> days, RunRef run) {
    grading
        .aggregates(graded)
        .forEach(
            (table, rows) ->
                lake.replaceRun(table, TableRows.of(table, rows, run.asOf(), run.runId()), run));
    if (newest(run.asOf())) {
      grading.changes(graded, ruler, days).ifPresent(rows -> write(Gold.GRADE_CHANGE, rows, run));
    }
  }

  /** An aggregate is a few rows: collected once, it is written and told from memory. */
  private List<Row> replace(TableSpec table, Dataset<Row> rows, RunRef run) {
    Dataset<Row> shaped = TableRows.of(table, rows, run.asOf(), run.runId());
    List<Row> collected = shaped.collectAsList();
    lake.replaceRun(table, spark.createDataFrame(collected, shaped.schema()), run);
    return collected;
  }

  private void write(TableSpec table, Dataset<Row> rows, RunRef run) {
    lake.overwrite(table, TableRows.of(table, rows, run.asOf(), run.runId()), run);
  }

  /** Every later stage reads these rows several times; counting them computes them once. */
  private Kept keep(String stage, Dataset<Row> rows) {
    return stages.time(stage, () -> Kept.of(rows), Kept::count);
  }

  private static BigDecimal netUntil(Dataset<Row> days, LocalDate asOf) {
    Row total = days.where(col(DAY).leq(lit(asOf))).agg(sum(Money.toCents(col(NET_AMOUNT)))).head();
    return total.isNullAt(0) ? BigDecimal.ZERO : BigDecimal.valueOf(total.getLong(0), 2);
  }
}
