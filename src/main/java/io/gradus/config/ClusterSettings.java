package io.gradus.config;

import java.util.List;
import java.util.Objects;

/**
 * How customers are clustered.
 *
 * @param k the number of clusters, or auto
 * @param range the smallest and largest k that auto considers, 2 ≤ low ≤ high ≤ 20
 * @param retrain when the clusters are learned anew
 */
public record ClusterSettings(String k, List<Integer> range, Retrain retrain) {
  private static final String AUTO = "auto";
  private static final int LOWEST = 2;
  private static final int HIGHEST = 20;

  public ClusterSettings {
    k = Objects.requireNonNullElse(k, AUTO);
    range = range == null ? List.of(3, 10) : List.copyOf(range);
    retrain = Objects.requireNonNullElse(retrain, Retrain.MONTHLY);
    if (!k.equals(AUTO) && !(k.matches("\\d{1,2}") && within(Integer.parseInt(k)))) {
      throw new IllegalArgumentException("k: '" + k + "' is neither auto nor 2 to 20");
    }
    if (range.size() != 2
        || !within(range.get(0))
        || !within(range.get(1))
        || range.get(0) > range.get(1)) {
      throw new IllegalArgumentException(
          "range: " + range + " is not a low and a high number between 2 and 20");
    }
  }

  /** The fixed number of clusters; 0 leaves the choice to the data. */
  public int pinned() {
    return k.equals(AUTO) ? 0 : Integer.parseInt(k);
  }

  private static boolean within(int k) {
    return k >= LOWEST && k <= HIGHEST;
  }

  static ClusterSettings defaults() {
    return new ClusterSettings(AUTO, List.of(3, 10), Retrain.MONTHLY);
  }
}
