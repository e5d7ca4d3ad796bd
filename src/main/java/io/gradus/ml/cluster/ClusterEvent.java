package io.gradus.ml.cluster;

import java.util.List;

/**
 * What became of a cluster when the model was retrained.
 *
 * @param type what happened
 * @param key the cluster it happened to
 * @param related the other clusters involved: parts of a split, sources of a merger
 * @param jaccard overlap of members before and after for {@code KEPT} and {@code RENAMED}, the best
 *     overlap found for the others, 0..1
 * @param message one sentence in English
 * @param messageZh the same in Chinese
 */
public record ClusterEvent(
    Type type, String key, List<String> related, double jaccard, String message, String messageZh) {

  public ClusterEvent {
    related = List.copyOf(related);
  }

  /** The kinds of change. */
  public enum Type {
    /** The same cluster as before. */
    KEPT,
    /** The same cluster, but its name no longer described it. */
    RENAMED,
    /** A cluster that was not there before. */
    BORN,
    /** A cluster that is no longer there. */
    RETIRED,
    /** A cluster whose members now make up several. */
    SPLIT,
    /** A cluster that took in the members of several. */
    MERGED
  }

  /** Whether a person should know; everything but {@code KEPT}. */
  public boolean alert() {
    return type != Type.KEPT;
  }
}
