package io.gradus.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.config.ClusterSettings;
import io.gradus.config.Retrain;
import io.gradus.lake.Lake;
import io.gradus.lake.RunLock;
import io.gradus.lake.RunRef;
import io.gradus.ml.cluster.Shoppers;
import io.gradus.monitor.Alert;
import io.gradus.table.OpsMonitoring;
import io.gradus.testing.SparkExtension;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Clusters over the nights of one month. */
@ExtendWith(SparkExtension.class)
class TrainedModelsTest {
  private static final ClusterSettings FOUR =
      new ClusterSettings("4", List.of(3, 6), Retrain.MONTHLY, null, null, null);

  @TempDir Path folder;

  private ClusterStep night(SparkSession spark, int day, Dataset<Row> customers) {
    Lake lake = Lake.open(spark, folder.toString());
    LocalDate asOf = LocalDate.of(2026, 3, day);
    try (RunLock lock = RunLock.acquire(spark, folder.toString(), "test", InstantSource.system())) {
      RunRef run = lake.begin(lock, "run-" + day, asOf);
      ClusterStep step = new TrainedModels(spark, lake, run).clusters(FOUR, customers);
      AlertTable table = new AlertTable(lake);
      table.write(table.read().after(step.alerts(), run.asOf(), run.runId()), run);
      lake.publish(run, Map.of());
      return step;
    }
  }

  /**
   * Two thirds of the lapsed kind leave within a month: the fourth night trains anew and says so.
   */
  @Test
  void driftTrainsAnewWithinTheMonth(SparkSession spark) {
    Dataset<Row> customers = Shoppers.dataset(spark, 2_000, 4).cache();
    Dataset<Row> others = Shoppers.dataset(spark, 2_000, 5).cache();
    Dataset<Row> shifted = customers.where("kind <> 3 or hash(customer_id) % 3 = 0").cache();

    ClusterStep first = night(spark, 1, customers);
    assertThat(first.drift()).isNull();
    assertThat(first.alerts()).isEmpty();

    ClusterStep held = night(spark, 2, others);
    assertThat(held.model().provenance()).isEqualTo(first.model().provenance());
    assertThat(held.alerts()).isEmpty();
    assertThat(held.metrics()).extracting(Metric::metric).contains("psi");

    ClusterStep drifted = night(spark, 3, shifted);
    assertThat(drifted.model().provenance().snapshotDate()).isEqualTo("2026-03-03");
    assertThat(drifted.events()).isNotEmpty();
    assertThat(drifted.alerts()).extracting(Alert::cause).contains("clusters.drift.all");

    ClusterStep after = night(spark, 4, shifted);
    assertThat(after.model().provenance()).isEqualTo(drifted.model().provenance());
    assertThat(after.alerts()).isEmpty();

    Dataset<Row> alerts =
        Lake.openToRead(spark, folder.toString()).readPublished(OpsMonitoring.ALERT);
    assertThat(alerts.where("source = 'clusters'").count()).isEqualTo(drifted.alerts().size());
    assertThat(alerts.where("type = 'drift' and value > 0.1 and run_id = 'run-3'").count())
        .isEqualTo(1);
  }

  /** Clusters trained on demand change on the next night, which tells of it; later ones do not. */
  @Test
  void trainingOnDemandIsToldOfOnce(SparkSession spark) {
    Dataset<Row> customers = Shoppers.dataset(spark, 2_000, 4).cache();
    Dataset<Row> shifted = customers.where("kind <> 3").cache();
    night(spark, 1, customers);
    Lake lake = Lake.open(spark, folder.toString());
    LocalDate second = LocalDate.of(2026, 3, 2);
    ClusterStep trained;
    try (RunLock lock = RunLock.acquire(spark, folder.toString(), "test", InstantSource.system())) {
      RunRef run = lake.begin(lock, "20260302-train", second);
      trained = new TrainedModels(spark, lake, run).clustersOnDemand(FOUR, shifted);
    }
    assertThat(trained.alerts()).isNotEmpty();

    ClusterStep third = night(spark, 3, shifted);
    assertThat(third.model().provenance()).isEqualTo(trained.model().provenance());
    assertThat(third.alerts()).isEqualTo(trained.alerts());
    assertThat(night(spark, 4, shifted).alerts()).isEmpty();
  }
}
