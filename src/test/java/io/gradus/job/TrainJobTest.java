package io.gradus.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.config.ChurnSettings;
import io.gradus.config.Retrain;
import io.gradus.config.Settings;
import io.gradus.feature.CustomerFeatures;
import io.gradus.lake.Lake;
import io.gradus.lake.RunLock;
import io.gradus.ml.churn.ChurnRiskModel;
import io.gradus.ml.cluster.ClusterInfo;
import io.gradus.report.TextTable;
import io.gradus.report.TrainingReport;
import io.gradus.testing.Landing;
import io.gradus.testing.SmallCompany;
import io.gradus.testing.SparkExtension;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Training on demand, and the nights that use what it made. */
@ExtendWith(SparkExtension.class)
class TrainJobTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2024-01-01T00:00:00Z"));
  private static final LocalDate TRAINED = LocalDate.of(2023, 10, 10);

  @TempDir static Path folder;
  private static SparkSession session;
  private static Dataset<Row> days;
  private static Settings settings;
  private static TrainingReport report;

  @BeforeAll
  static void train(SparkSession spark) {
    session = spark;
    days = SmallCompany.purchaseDays(spark, 300, 320, 6).cache();
    Landing landing = new Landing(folder);
    landing.write(
        "a.parquet",
        days.selectExpr(
            "customer_id AS customer",
            "timestamp(day) + INTERVAL 10 HOURS AS sold_at",
            "net_amount AS price"));
    settings = landing.settings(Map.of("as_of", "'" + TRAINED + "'", "churn.horizon_days", "'30'"));
    report = new TrainJob(spark, CLOCK, Progress.silent()).run(settings);
  }

  private static <T> T night(LocalDate asOf, Function<TrainedModels, T> work) {
    Lake lake = Lake.open(session, settings.lake());
    try (RunLock lock = RunLock.acquire(session, settings.lake(), "test", CLOCK)) {
      return work.apply(new TrainedModels(session, lake, lake.begin(lock, "run-" + asOf, asOf)));
    }
  }

  private static ChurnRiskModel churn(LocalDate asOf, ChurnSettings wanted) {
    return night(asOf, models -> models.churn(wanted, days));
  }

  private static Set<String> keys(ClusterStep step) {
    return step.model().clusters().stream().map(ClusterInfo::key).collect(Collectors.toSet());
  }

  @Test
  void tellsWhatWasTrainedAndForHowLong() {
    assertThat(report.asOf()).isEqualTo(TRAINED);
    assertThat(report.customers())
        .isEqualTo(days.where("day <= '" + TRAINED + "'").select("customer_id").distinct().count());
    assertThat(report.models())
        .extracting(TrainingReport.Trained::model)
        .containsExactly("lifetime value", "clusters", "churn");
    assertThat(report.models())
        .extracting(TrainingReport.Trained::usedUntil)
        .containsExactly(null, LocalDate.of(2023, 10, 31), LocalDate.of(2023, 10, 31));
    assertThat(report.text()).contains("Trained on").contains("30 days").contains("2023-10-31");
    assertThat(TextTable.of(report.rows(), TextTable.Format.CSV).lines()).hasSize(4);
    assertThat(Lake.open(session, settings.lake()).published().published()).isEmpty();
  }

  @Test
  void nightsOfTheMonthUseTheChurnModel() {
    ChurnSettings as = settings.churn();
    assertThat(churn(TRAINED, as).asOf()).isEqualTo(TRAINED);
    assertThat(churn(TRAINED.plusDays(20), as).asOf()).isEqualTo(TRAINED);
    assertThat(churn(TRAINED.minusDays(1), as).asOf()).isEqualTo(TRAINED.minusDays(1));
    assertThat(churn(LocalDate.of(2023, 11, 1), as).asOf()).isEqualTo(LocalDate.of(2023, 11, 1));
    assertThat(churn(TRAINED.plusDays(1), new ChurnSettings("60", Retrain.MONTHLY)).asOf())
        .isEqualTo(TRAINED.plusDays(1));
    assertThat(churn(TRAINED.plusDays(1), new ChurnSettings("30", Retrain.NIGHTLY)).asOf())
        .isEqualTo(TRAINED.plusDays(1));
  }

  @Test
  void nightsOfTheMonthUseTheClusters() {
    LocalDate next = TRAINED.plusDays(1);
    Dataset<Row> features = CustomerFeatures.at(days, next);
    ClusterStep step = night(next, models -> models.clusters(settings.clusters(), features));
    assertThat(step.model().provenance().snapshotDate()).isEqualTo(TRAINED.toString());
    assertThat(step.drift()).isNotNull();

    ClusterStep anew =
        night(next, models -> models.clustersOnDemand(settings.clusters(), features));
    assertThat(anew.model().provenance().snapshotDate()).isEqualTo(next.toString());
    assertThat(keys(anew)).containsAnyElementsOf(keys(step));
    assertThat(anew.events()).isNotEmpty();
    ClusterStep later = night(next, models -> models.clusters(settings.clusters(), features));
    assertThat(later.model().provenance().snapshotDate()).isEqualTo(next.toString());
    assertThat(later.events()).isEqualTo(anew.events());
  }
}
