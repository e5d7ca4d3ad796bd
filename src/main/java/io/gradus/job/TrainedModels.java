package io.gradus.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradus.config.ChurnSettings;
import io.gradus.config.ClusterSettings;
import io.gradus.config.Retrain;
import io.gradus.config.YamlReader;
import io.gradus.error.GradusException;
import io.gradus.lake.Lake;
import io.gradus.lake.ModelStore;
import io.gradus.lake.RunRef;
import io.gradus.lake.SavedModel;
import io.gradus.ml.churn.ChurnRisk;
import io.gradus.ml.churn.ChurnRiskModel;
import io.gradus.ml.cluster.ClusterDrift;
import io.gradus.ml.cluster.ClusterEvent;
import io.gradus.ml.cluster.ClusterFeature;
import io.gradus.ml.cluster.ClusterRetraining;
import io.gradus.ml.cluster.CustomerClusters;
import io.gradus.ml.cluster.CustomerClustersModel;
import io.gradus.ml.cluster.FeatureTransform;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The models that are kept between nights. A saved model is used when a published run of the same
 * calendar month and an earlier date trained it under the same settings, or the train command did
 * so as of the night's date or an earlier one; of both the newer. Otherwise a new one is trained
 * and saved with the run.
 */
final class TrainedModels {
  private static final String CLUSTERS = "clusters";
  private static final String CHURN = "churn";
  private static final String ON_DEMAND = "-on-demand";
  private static final String SETTINGS = "settings";
  private static final String EVENTS = "events";
  private static final ObjectMapper JSON = new ObjectMapper();
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
    Optional<SavedModel> saved = latest(CLUSTERS);
    ClusterDrift drift = null;
    if (saved.isPresent() && holds(saved.get(), settings.retrain(), YamlReader.write(settings))) {
      CustomerClustersModel before = CustomerClustersModel.read().load(saved.get().path());
      drift = before.drift(before.transform(features));
      if (!drift.retrain()) {
        return new ClusterStep(before, untold(saved.get()), drift);
      }
    }
    ClusterRetraining next = trainClusters(settings, features, saved);
    store.save(CLUSTERS, run, next.model(), Map.of(SETTINGS, YamlReader.write(settings)));
    return new ClusterStep(next.model(), next.events(), drift);
  }

  /** New clusters, kept for the nights to come. */
  ClusterStep clustersOnDemand(ClusterSettings settings, Dataset<Row> features) {
    ClusterRetraining next = trainClusters(settings, features, latest(CLUSTERS));
    store.save(
        CLUSTERS + ON_DEMAND,
        run,
        next.model(),
        Map.of(SETTINGS, YamlReader.write(settings), EVENTS, written(next.events())));
    store.keepNewest(CLUSTERS + ON_DEMAND, KEPT);
    return new ClusterStep(next.model(), next.events(), null);
  }

  private ClusterRetraining trainClusters(
      ClusterSettings settings, Dataset<Row> features, Optional<SavedModel> before) {
    CustomerClusters training = training(settings);
    return before.isEmpty()
        ? new ClusterRetraining(training.fit(features), List.of())
        : training.retrain(CustomerClustersModel.read().load(before.get().path()), features);
  }

  /** What became of the clusters in training on demand, until a night after it has told of it. */
  private List<ClusterEvent> untold(SavedModel model) {
    String events = model.provenance().get(EVENTS);
    boolean told =
        lake.published().published().stream()
            .anyMatch(p -> p.asOf().isAfter(model.asOf()) && p.asOf().isBefore(run.asOf()));
    return events == null || told ? List.of() : read(events);
  }

  private static String written(List<ClusterEvent> events) {
    try {
      return JSON.writeValueAsString(events);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("events must be plain records", e);
    }
  }

  private static List<ClusterEvent> read(String events) {
    try {
      return List.of(JSON.readValue(events, ClusterEvent[].class));
    } catch (JsonProcessingException e) {
      throw GradusException.storage("The events saved with a cluster model cannot be read", e);
    }
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

  /** The churn model of the month. */
  ChurnRiskModel churn(ChurnSettings settings, Dataset<Row> days) {
    String fingerprint = YamlReader.write(settings);
    Optional<SavedModel> saved = latest(CHURN);
    if (saved.isPresent() && holds(saved.get(), settings.retrain(), fingerprint)) {
      return ChurnRiskModel.fromJson(store.text(saved.get()));
    }
    return trainChurn(CHURN, settings, days);
  }

  /** A new churn model, kept for the nights to come. */
  ChurnRiskModel churnOnDemand(ChurnSettings settings, Dataset<Row> days) {
    ChurnRiskModel model = trainChurn(CHURN + ON_DEMAND, settings, days);
    store.keepNewest(CHURN + ON_DEMAND, KEPT);
    return model;
  }

  private ChurnRiskModel trainChurn(String name, ChurnSettings settings, Dataset<Row> days) {
    ChurnRisk training =
        settings.pinned() > 0 ? new ChurnRisk(settings.pinned()) : ChurnRisk.withHorizonOfGaps();
    ChurnRiskModel model = training.fit(days, run.asOf());
    store.saveText(name, run, model.toJson(), Map.of(SETTINGS, YamlReader.write(settings)));
    return model;
  }

  /** The newest model of a published night or of training on demand. */
  private Optional<SavedModel> latest(String name) {
    Optional<SavedModel> nightly = store.latestBefore(name, lake.published(), run.asOf());
    Optional<SavedModel> onDemand = store.newestUntil(name + ON_DEMAND, run.asOf());
    return onDemand
        .filter(model -> nightly.isEmpty() || !model.asOf().isBefore(nightly.get().asOf()))
        .or(() -> nightly);
  }

  /** Drops models that no run will use again; called after a publication. */
  void prune() {
    store.prune(CLUSTERS, lake.published(), KEPT);
    store.prune(CHURN, lake.published(), KEPT);
  }

  private boolean holds(SavedModel saved, Retrain retrain, String fingerprint) {
    return retrain == Retrain.MONTHLY
        && YearMonth.from(saved.asOf()).equals(YearMonth.from(run.asOf()))
        && fingerprint.equals(saved.provenance().get(SETTINGS));
  }
}
