package io.gradus.job;

import io.gradus.config.ChurnSettings;
import io.gradus.config.ClusterSettings;
import io.gradus.config.Retrain;
import io.gradus.config.YamlReader;
import io.gradus.lake.Lake;
import io.gradus.lake.ModelStore;
import io.gradus.lake.RunRef;
import io.gradus.lake.SavedModel;
import io.gradus.ml.churn.ChurnRisk;
import io.gradus.ml.churn.ChurnRiskModel;
import io.gradus.ml.cluster.ClusterDrift;
import io.gradus.ml.cluster.ClusterFeature;
import io.gradus.ml.cluster.ClusterRetraining;
import io.gradus.ml.cluster.CustomerClusters;
import io.gradus.ml.cluster.CustomerClustersModel;
import io.gradus.ml.cluster.FeatureTransform;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The models that are kept between nights. A saved model is used when a published run of the same
 * calendar month and an earlier date trained it under the same settings; otherwise a new one is
 * trained and saved with the run.
 */
final class TrainedModels {
  private static final String CLUSTERS = "clusters";
  private static final String CHURN = "churn";
  private static final String SETTINGS = "settings";
  private static final int KEPT = 6;

  private final Lake lake;
  private final ModelStore store;
  private final RunRef run;

  TrainedModels(SparkSession spark, Lake lake, RunRef run) {
    this.lake = lake;
    this.store = new ModelStore(spark, lake.root());
    this.run = run;
  }

  /**
   * The clusters of the month, or new ones when the customers have moved too far from them; new
   * ones keep the keys of the clusters that still exist.
   */
  ClusterStep clusters(ClusterSettings settings, Dataset<Row> features) {
    String fingerprint = YamlReader.write(settings);
    CustomerClusters training = training(settings);
    Optional<SavedModel> saved = store.latestBefore(CLUSTERS, lake.published(), run.asOf());
    if (saved.isEmpty()) {
      return new ClusterStep(kept(training.fit(features), fingerprint), List.of(), null);
    }
    CustomerClustersModel before = CustomerClustersModel.read().load(saved.get().path());
    ClusterDrift drift = null;
    if (holds(saved.get(), settings.retrain(), fingerprint)) {
      drift = before.drift(before.transform(features));
      if (!drift.retrain()) {
        return new ClusterStep(before, List.of(), drift);
      }
    }
    ClusterRetraining next = training.retrain(before, features);
    return new ClusterStep(kept(next.model(), fingerprint), next.events(), drift);
  }

  private CustomerClusters training(ClusterSettings settings) {
    CustomerClusters training =
        new CustomerClusters()
            .setAlgorithm(
                switch (settings.algorithm()) {
                  case K_MEANS -> "kmeans";
                  case BISECTING_K_MEANS -> "bisecting";
                  case GAUSSIAN_MIXTURE -> "gaussian_mixture";
                })
            .setK(settings.pinned())
            .setRange(settings.range().get(0), settings.range().get(1))
            .setWinsorTail(settings.winsorTail())
            .setSnapshotDate(run.asOf());
    List<ClusterFeature> own =
        settings.features().stream()
            .map(
                f ->
                    new ClusterFeature(
                        f.column(),
                        f.transform() == ClusterSettings.Transform.LOG
                            ? FeatureTransform.SIGNED_LOG1P
                            : FeatureTransform.IDENTITY,
                        f.weight(),
                        f.required()))
            .toList();
    return own.isEmpty() ? training : training.setFeatures(own);
  }

  private CustomerClustersModel kept(CustomerClustersModel model, String fingerprint) {
    store.save(CLUSTERS, run, model, Map.of(SETTINGS, fingerprint));
    return model;
  }

  /** The churn model of the month. */
  ChurnRiskModel churn(ChurnSettings settings, Dataset<Row> days) {
    String fingerprint = YamlReader.write(settings);
    Optional<SavedModel> saved = store.latestBefore(CHURN, lake.published(), run.asOf());
    if (saved.isPresent() && holds(saved.get(), settings.retrain(), fingerprint)) {
      return ChurnRiskModel.fromJson(store.text(saved.get()));
    }
    ChurnRisk training =
        settings.pinned() > 0 ? new ChurnRisk(settings.pinned()) : ChurnRisk.withHorizonOfGaps();
    ChurnRiskModel model = training.fit(days, run.asOf());
    store.saveText(CHURN, run, model.toJson(), Map.of(SETTINGS, fingerprint));
    return model;
  }

  /** Drops models that no run will use again; called after a publication. */
  void prune() {
    store.prune(CLUSTERS, lake.published(), KEPT);
    store.prune(CHURN, lake.published(), KEPT);
  }

  private boolean holds(SavedModel saved, Retrain retrain, String fingerprint) {
    LocalDate trained = LocalDate.parse(saved.provenance().getOrDefault("as_of", "1970-01-01"));
    return retrain == Retrain.MONTHLY
        && YearMonth.from(trained).equals(YearMonth.from(run.asOf()))
        && fingerprint.equals(saved.provenance().get(SETTINGS));
  }
}
