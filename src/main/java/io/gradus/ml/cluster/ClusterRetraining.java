package io.gradus.ml.cluster;

import java.util.List;

/**
 * The outcome of a retraining.
 *
 * @param model the new model
 * @param events what became of every cluster; those with {@link ClusterEvent#alert()} deserve a
 *     person's attention
 */
public record ClusterRetraining(CustomerClustersModel model, List<ClusterEvent> events) {
  public ClusterRetraining {
    events = List.copyOf(events);
  }
}
