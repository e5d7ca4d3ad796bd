package io.gradus.job;

import io.gradus.config.Settings;
import io.gradus.error.GradusException;
import io.gradus.ingest.Reconciliation;
import io.gradus.ingest.Reconciliation.Disposition;
import io.gradus.lake.Lake;
import io.gradus.lake.RunLock;
import io.gradus.monitor.Quality;
import io.gradus.report.Metrics;
import io.gradus.report.RunFacts;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * The main job: from landing files to published, graded customers. Safe to repeat; nothing that
 * readers see changes before the one commit at its end.
 */
public final class NightlyJob {
  private static final String NAME = "nightly";

  private final SparkSession spark;
  private final InstantSource clock;
  private final Progress progress;
  private final long leastRowsOfState;

  /** A job that shows its stages to {@code progress}. */
  public NightlyJob(SparkSession spark, InstantSource clock, Progress progress) {
    this(spark, clock, progress, FeatureStep.LEAST_ROWS);
  }

  NightlyJob(SparkSession spark, InstantSource clock, Progress progress, long leastRowsOfState) {
    this.spark = spark;
    this.clock = clock;
    this.progress = progress;
    this.leastRowsOfState = leastRowsOfState;
  }

  /**
   * Runs one night.
   *
   * @return what a person is told, also when the run was published before
   * @throws GradusException with the exit code of what went wrong; readers see what they saw before
   */
  public RunFacts run(Settings settings) {
    Instant start = clock.instant();
    try (Stages stages = new Stages(spark, clock, progress)) {
      try {
        RunFacts facts = run(settings, stages, start);
        Instant end = clock.instant();
        show(Metrics.succeeded(NAME, facts, end, Seconds.between(start, end)));
        return facts;
      } catch (Exception e) {
        // Scala code throws checked exceptions undeclared.
        Instant end = clock.instant();
        int code = Failures.record(spark, settings, stages, start, end, e).code();
        show(Metrics.failed(NAME, code, stages.done(), end, Seconds.between(start, end)));
        throw e;
      }
    }
  }

  private RunFacts run(Settings settings, Stages stages, Instant start) {
    GradingPolicies policies = GradingPolicies.of(settings);
    RfmStep.segments(settings.rfm());
    InputPlaces.requireApart(spark, settings);
    Lake lake = Lake.open(spark, settings.lake());
    stages.alsoCount(lake::directBytes);
    LocalDate today = LocalDate.ofInstant(start, settings.zone());
    if (progress.wantsEstimates()) {
      progress.expect(StageHistory.medians(lake));
    }
    TransactionInput input = TransactionInput.into(lake, spark, settings, stages, today);
    RunIdentity identity = RunIdentity.of(settings, policies, input);
    try (SilverStep silver = new SilverStep(lake, input)) {
      LocalDate named = settings.asOfDate();
      Optional<LocalDate> known =
          named != null
              ? Optional.of(named)
              : silver.span().map(span -> input.asOf(span.first(), span.last(), today));
      if (known.isPresent() && published(lake, identity.runId(known.get()))) {
        return Facts.alreadyPublished(lake, identity.runId(known.get()), known.get());
      }
      Reconciliation reconciliation =
          stages.time("reconcile", silver::reconcile, Reconciliation::totalRows);
      input.requireAccepted(reconciliation);
      LocalDate asOf = input.asOf(reconciliation.firstDay(), reconciliation.lastDay(), today);
      String runId = identity.runId(asOf);
      stages.belongTo(runId);
      if (published(lake, runId)) {
        return Facts.alreadyPublished(lake, runId, asOf);
      }
      Quality quality = new Quality(settings.gates());
      quality.input(reconciliation, settings.currency());
      quality.missingColumns(input.filesWithout());
      quality.unexpectedColumns(input.unexpectedColumns());
      quality.oddities(reconciliation.oddities(), silver.rebuilt());
      if (silver.rebuilt()) {
        quality.wholeSource(input.unmappedColumns());
      }
      if (!silver.reused()) {
        quality.volume(reconciliation.rows(Disposition.ACCEPTED), silver.medianAcceptedOfPast());
      }
      quality.refuse();
      try (RunLock lock = RunLock.acquire(spark, settings.lake(), NAME + " " + asOf, clock)) {
        Night night =
            new Night(spark, clock, settings, policies, lake, stages, quality, identity, start);
        boolean large = input.manifest().rows() >= leastRowsOfState;
        return night.run(lake.begin(lock, runId, asOf), input, silver, reconciliation, large);
      }
    }
  }

  private void show(Metrics metrics) {
    SinkMetrics.show(spark.sparkContext(), metrics.samples());
  }

  private static boolean published(Lake lake, String runId) {
    return lake.published().ofRun(runId).isPresent();
  }
}
