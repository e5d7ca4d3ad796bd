package io.gradus.job;

import io.gradus.config.Retrain;
import io.gradus.config.Settings;
import io.gradus.error.GradusException;
import io.gradus.feature.CustomerFeatures;
import io.gradus.lake.Lake;
import io.gradus.lake.RunLock;
import io.gradus.ml.churn.ChurnRiskModel;
import io.gradus.ml.cluster.ClusterEvent;
import io.gradus.report.TrainingReport;
import io.gradus.report.TrainingReport.Trained;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Learns the models anew, now. Clusters and churn risk are kept for the nights from the as-of date
 * to the end of its month, as if a night had trained them; the lifetime value model, which every
 * night fits, is fitted to show what a night would. Publications stay as they are.
 */
public final class TrainJob {
  private final SparkSession spark;
  private final InstantSource clock;
  private final Progress progress;

  /** A job that shows its stages to {@code progress}. */
  public TrainJob(SparkSession spark, InstantSource clock, Progress progress) {
    this.spark = spark;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Trains on what was known at the settings' as-of date.
   *
   * @throws GradusException (input) for a source without accepted rows, (lock) while another run
   *     holds the lake
   */
  public TrainingReport run(Settings settings) {
    InputPlaces.requireApart(spark, settings);
    Lake lake = Lake.open(spark, settings.lake());
    LocalDate today = LocalDate.ofInstant(clock.instant(), settings.zone());
    try (Stages stages = new Stages(spark, clock, progress);
        PurchaseHistory history = PurchaseHistory.read(spark, settings, lake, stages, today)) {
      LocalDate asOf = history.lastDay();
      Dataset<Row> rows = CustomerFeatures.at(history.days(), asOf);
      try (RunLock lock = RunLock.acquire(spark, settings.lake(), "train " + asOf, clock);
          Kept features =
              stages.time(
                  "features",
                  () -> Kept.of(history.input().feeds().withMaster(rows, asOf)),
                  Kept::count)) {
        history.input().feeds().close();
        String runId = asOf.format(DateTimeFormatter.BASIC_ISO_DATE) + "-train";
        TrainedModels models = new TrainedModels(spark, lake, lake.begin(lock, runId, asOf));
        return train(settings, stages, models, features, history.days(), asOf);
      }
    }
  }

  private static TrainingReport train(
      Settings settings,
      Stages stages,
      TrainedModels models,
      Kept features,
      Dataset<Row> days,
      LocalDate asOf) {
    LifetimeStep value =
        stages.time(
            "lifetime value", () -> LifetimeStep.fit(settings.clv(), asOf, features.rows(), days));
    ClusterStep clusters =
        stages.time(
            "clusters", () -> models.clustersOnDemand(settings.clusters(), features.rows()));
    ChurnRiskModel churn = stages.time("churn", () -> models.churnOnDemand(settings.churn(), days));
    return new TrainingReport(
        asOf,
        features.count(),
        List.of(
            new Trained("lifetime value", value.method(), value.reason(), null),
            new Trained(
                "clusters",
                clusters.model().clusters().size() + " clusters",
                clusters.model().reason(),
                usedUntil(settings.clusters().retrain(), asOf)),
            new Trained(
                "churn",
                churn.method() + ", " + churn.horizonDays() + " days",
                churn.reason(),
                usedUntil(settings.churn().retrain(), asOf))),
        clusters.events().stream().filter(ClusterEvent::alert).map(ClusterEvent::message).toList());
  }

  /** The last night that uses the model unless something newer comes; null when each trains. */
  private static @Nullable LocalDate usedUntil(Retrain retrain, LocalDate asOf) {
    return retrain == Retrain.MONTHLY ? YearMonth.from(asOf).atEndOfMonth() : null;
  }
}
