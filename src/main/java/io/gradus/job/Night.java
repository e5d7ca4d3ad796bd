package io.gradus.job;

import static io.gradus.table.Columns.DAY;
import static io.gradus.table.Columns.NET_AMOUNT;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.gradus.config.Settings;
import io.gradus.grade.GradeLevel;
import io.gradus.grade.Grader;
import io.gradus.grade.Policy;
import io.gradus.ingest.Reconciliation;
import io.gradus.insight.CustomerInsight;
import io.gradus.lake.Compaction;
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
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** One night under the lake's lock, from silver tables to publication. */
final class Night {
  private static final int SNAPSHOTS_PER_CLEANUP = 7;
  private static final int NIGHTS_PER_COMPACTION = 30;

  /** Source rows whose purchase days are few enough for the partitions of the customers. */
  private static final long MOST_ROWS_OF_FEW_DAYS = 500_000;

  private final SparkSession spark;
  private final InstantSource clock;
  private final Settings settings;
  private final GradingPolicies policies;
  private final Lake lake;
  private final Stages stages;
  private final Quality quality;
  private final RunIdentity identity;
  private final Instant start;

  Night(
      SparkSession spark,
      InstantSource clock,
      Settings settings,
      GradingPolicies policies,
      Lake lake,
      Stages stages,
      Quality quality,
      RunIdentity identity,
      Instant start) {
    this.spark = spark;
    this.clock = clock;
    this.settings = settings;
    this.policies = policies;
    this.lake = lake;
    this.stages = stages;
    this.quality = quality;
    this.identity = identity;
    this.start = start;
  }

  RunFacts run(
      RunRef run,
      TransactionInput input,
      SilverStep silver,
      Reconciliation reconciliation,
      boolean large) {
    Dataset<Row> days = stages.time(silver.name(), () -> silver.purchaseDays(run));
    InputFiles.verifyUnchanged(spark, input.manifest());
    FeatureStep states = new FeatureStep(lake, silver, run, large && newest(run.asOf()));
    ProductStep products = new ProductStep(input.source());
    Kept features =
        stages.time(
            "features", () -> Kept.of(features(states, input, products, days, run)), Kept::count);
    states.close();
    SparkRuntime.compileFor(spark, features.count());
    if (silver.rows() <= MOST_ROWS_OF_FEW_DAYS) {
      SparkRuntime.partitionFor(spark, features.count());
    }
    TrainedModels trained = new TrainedModels(spark, lake, run);
    Models models = Models.of(lake, settings, stages, trained, run, features.rows(), days);
    Policy policy = policies.official();
    CustomerLayers first = CustomerLayers.of(features);
    CustomerLayers scored = keep("scores", () -> first.with(models::score));
    CustomerLayers known = keep("insight", () -> insight(scored, input, products, policy, run));
    scored.close();
    input.feeds().close();
    GradeStep grading = new GradeStep(spark, lake, policies, run);
    stages.run("ruler", () -> grading.cutRulers(known.rows()));
    CustomerLayers kept = keep("grades", () -> known.with(grading::grade));
    known.close();
    features.close();
    Dataset<Row> graded = kept.rows();
    Row integrity = stages.time("checks", () -> Structure.integrity(graded));
    quality.output(integrity, netUntil(days, run.asOf()));
    quality.refuse();
    long customers = integrity.<Long>getAs("customers");
    long rows = integrity.<Long>getAs("rows");
    stages.time("write customers", () -> writeCustomers(graded, run), written -> rows);
    OpsTables ops = new OpsTables(lake, run);
    MonitorStep monitor = new MonitorStep(spark, lake, settings, policy, run, ops);
    Facts facts = new Facts(lake, run, policy.grades().stream().map(GradeLevel::code).toList());
    stages.run("write aggregates", () -> writeAggregates(graded, grading, models, ops, facts));
    stages.run("write grading", () -> writeGrading(grading, graded, days, run));
    stages.run("monitor", () -> monitor.run(graded, days, customers, facts, models, quality));
    stages.run(
        "write ops",
        () -> {
          ops.reconciliation(silver.lines());
          ops.quality(quality.checks());
          ops.metrics(models.metrics());
        });
    kept.close();
    ops.stages(stages.done());
    ops.run(identity, input, start, clock.instant(), customers);
    Retention retention = new Retention(settings.retention().nightlyDays(), SNAPSHOTS_PER_CLEANUP);
    new Upkeep(lake).retain(retention, List.of(Gold.CUSTOMER_SNAPSHOT), run);
    new Compaction(lake).ofRun(run, AllTables.list(), NIGHTS_PER_COMPACTION);
    Map<String, String> attributes = new TreeMap<>(silver.attributes());
    attributes.putAll(states.attributes());
    lake.publish(run, attributes);
    silver.prune();
    trained.prune();
    monitor.send();
    double seconds = Seconds.between(start, clock.instant());
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
    if (newest(run.asOf())) {
      lake.overwrite(Gold.CUSTOMER_360, rows, run);
      lake.replaceRun(Gold.CUSTOMER_SNAPSHOT, Gold.CUSTOMER_360, run);
      write(Gold.SCORE_CONTRIBUTION, Grader.contributions(graded, policies.official()), run);
    } else {
      lake.replaceRun(Gold.CUSTOMER_SNAPSHOT, rows, run);
    }
    return rows;
  }

  /** A back-filled date leaves the current customers alone. */
  private boolean newest(LocalDate asOf) {
    return lake.published().published().stream().noneMatch(p -> p.asOf().isAfter(asOf));
  }

  private void writeAggregates(
      Dataset<Row> graded, GradeStep grading, Models models, OpsTables ops, Facts facts) {
    facts.grades(ops.replace(GoldMonitoring.GRADE_SUMMARY, Structure.gradeSummary(graded)));
    facts.cells(ops.replace(Gold.MATRIX_SUMMARY, Structure.matrixSummary(graded)));
    ops.replace(Gold.POLICY_RULER, grading.rulers());
    models.summaries(graded).forEach(ops::replace);
  }

  private void writeGrading(GradeStep grading, Dataset<Row> graded, Dataset<Row> days, RunRef run) {
    grading
        .aggregates(graded)
        .forEach(
            (table, rows) ->
                lake.replaceRun(table, TableRows.of(table, rows, run.asOf(), run.runId()), run));
    if (newest(run.asOf())) {
      grading.changes(graded, days).ifPresent(rows -> write(Gold.GRADE_CHANGE, rows, run));
    }
  }

  private void write(TableSpec table, Dataset<Row> rows, RunRef run) {
    lake.overwrite(table, TableRows.of(table, rows, run.asOf(), run.runId()), run);
  }

  private Dataset<Row> features(
      FeatureStep states,
      TransactionInput input,
      ProductStep products,
      Dataset<Row> days,
      RunRef run) {
    Dataset<Row> known = products.use(states.features(days), lake, run.asOf());
    return input.feeds().withMaster(known, run.asOf());
  }

  private CustomerLayers insight(
      CustomerLayers scored,
      TransactionInput input,
      ProductStep products,
      Policy policy,
      RunRef run) {
    FeedInputs feeds = input.feeds();
    Dataset<Row> prospects = feeds.prospects(scored.rows(), run.asOf());
    if (prospects == null) {
      return scored.with(all -> insight(all, feeds, products, policy, run));
    }
    try (Kept kept = Kept.of(prospects)) {
      return scored.and(kept.rows()).with(all -> insight(all, feeds, products, policy, run));
    }
  }

  private static Dataset<Row> insight(
      Dataset<Row> all, FeedInputs feeds, ProductStep products, Policy policy, RunRef run) {
    return CustomerInsight.of(products.whiteSpace(feeds.join(all, policy, run.asOf())));
  }

  /** Every later stage reads these rows several times; counting them computes them once. */
  private CustomerLayers keep(String stage, Supplier<CustomerLayers> rows) {
    return stages.time(stage, rows, CustomerLayers::count);
  }

  private static BigDecimal netUntil(Dataset<Row> days, LocalDate asOf) {
    Row total = days.where(col(DAY).leq(lit(asOf))).agg(sum(Money.toCents(col(NET_AMOUNT)))).head();
    return total.isNullAt(0) ? BigDecimal.ZERO : BigDecimal.valueOf(total.getLong(0), 2);
  }
}
