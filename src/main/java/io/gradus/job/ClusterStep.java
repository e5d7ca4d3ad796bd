package io.gradus.job;

import io.gradus.ml.cluster.ClusterDrift;
import io.gradus.ml.cluster.ClusterEvent;
import io.gradus.ml.cluster.ClusterSearchRow;
import io.gradus.ml.cluster.CustomerClustersModel;
import io.gradus.monitor.Alert;
import io.gradus.monitor.Alert.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The clusters of one night.
 *
 * @param model the model that assigns tonight's customers
 * @param events what became of each cluster when the model was trained tonight; empty otherwise
 * @param drift how far the customers had moved from the model before; null when none was judged
 */
record ClusterStep(
    CustomerClustersModel model, List<ClusterEvent> events, @Nullable ClusterDrift drift) {
  private static final String SOURCE = "clusters";

  ClusterStep {
    events = List.copyOf(events);
  }

  /** Births, retirements, splits, mergers and new names, and the drift that led to them. */
  List<Alert> alerts() {
    List<Alert> alerts = new ArrayList<>();
    if (drift != null && drift.retrain()) {
      String psi = String.format(Locale.ROOT, "%.2f", drift.psi());
      alerts.add(
          Alert.of(
              SOURCE,
              "drift",
              Severity.INFO,
              "all",
              drift.psi(),
              drift.critical(),
              "Customers have moved between clusters since training (PSI "
                  + psi
                  + "); the clusters were learned anew.",
              "客户在客群间的分布较训练时已明显变化（PSI " + psi + "），客群已重新学习。"));
    }
    for (ClusterEvent event : events) {
      if (event.alert()) {
        alerts.add(
            Alert.of(
                SOURCE,
                event.type().name().toLowerCase(Locale.ROOT),
                event.type() == ClusterEvent.Type.RENAMED ? Severity.INFO : Severity.WARNING,
                event.key(),
                event.jaccard(),
                null,
                event.message(),
                event.messageZh()));
      }
    }
    return alerts;
  }

  /** The figures of the chosen k, and of the drift where it was judged. */
  List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>();
    model.search().stream()
        .filter(ClusterSearchRow::chosen)
        .findFirst()
        .ifPresent(
            chosen -> {
              metrics.add(Metric.of(SOURCE, "sample", "k", chosen.k(), model.reason()));
              metrics.add(Metric.of(SOURCE, "sample", "silhouette", chosen.silhouette(), ""));
              metrics.add(Metric.of(SOURCE, "sample", "adjusted_rand", chosen.adjustedRand(), ""));
            });
    if (drift != null) {
      String note = drift.retrain() ? "retrained" : "";
      metrics.add(
          new Metric(SOURCE, "all customers", "psi", drift.psi(), null, drift.critical(), note));
    }
    return metrics;
  }

  /** One line for a person. */
  String note() {
    return String.format(Locale.ROOT, "clusters: %d (%s)", model.clusters().size(), model.reason());
  }
}
