package io.gradus.config;

import io.gradus.table.Columns;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * How customers are clustered.
 *
 * @param k the number of clusters, or auto
 * @param range the smallest and largest k that auto considers, 2 ≤ low ≤ high ≤ 20
 * @param retrain when the clusters are learned anew
 * @param algorithm how clusters are found
 * @param features the dimensions of the cluster space; empty for the standard ones
 * @param winsorTail share of a feature's values cut off at either end, 0 ≤ tail ≤ 0.25
 */
public record ClusterSettings(
    String k,
    List<Integer> range,
    Retrain retrain,
    Algorithm algorithm,
    List<Feature> features,
    Double winsorTail) {
  private static final String AUTO = "auto";
  private static final int LOWEST = 2;
  private static final int HIGHEST = 20;
  private static final double MOST_CUT = .25;
  private static final double STANDARD_TAIL = .01;

  /** The customer figures that clusters can be made of. */
  private static final List<String> KNOWN =
      List.of(
          Columns.DAYS_SINCE_LAST,
          Columns.FREQUENCY,
          Columns.RECENCY,
          Columns.AGE,
          Columns.MONETARY_VALUE,
          Columns.PURCHASE_DAYS,
          Columns.NET_TOTAL,
          Columns.GROSS_TOTAL,
          Columns.REFUND_TOTAL,
          Columns.LARGEST_DAY_AMOUNT,
          Columns.AVERAGE_DAY_AMOUNT,
          Columns.PURCHASES_30D,
          Columns.PURCHASES_90D,
          Columns.PURCHASES_180D,
          Columns.PURCHASES_365D,
          Columns.PURCHASES_730D,
          Columns.SPEND_30D,
          Columns.SPEND_90D,
          Columns.SPEND_180D,
          Columns.SPEND_365D,
          Columns.SPEND_730D,
          Columns.GAP_MEAN,
          Columns.GAP_CV,
          Columns.LOG_GAP_MEAN,
          Columns.LOG_GAP_SD,
          Columns.CATEGORY_BREADTH,
          Columns.RETURN_RATE);

  /** The ways to find clusters. */
  public enum Algorithm {
    K_MEANS,
    BISECTING_K_MEANS,
    GAUSSIAN_MIXTURE
  }

  /** How a feature is reshaped before it is winsorised and standardised. */
  public enum Transform {
    /** As it is. */
    LINEAR,
    /** ln(1 + |x|) with the sign kept. */
    LOG
  }

  /**
   * One dimension.
   *
   * @param column a figure of the customer
   * @param transform linear or log; log when absent
   * @param weight factor of the feature's squared difference in the distance, above 0; 1 when
   *     absent
   * @param required whether a customer without a value belongs to no cluster; otherwise it counts
   *     as average
   */
  public record Feature(String column, Transform transform, Double weight, Boolean required) {
    public Feature {
      if (column == null || !KNOWN.contains(column)) {
        String near = column == null ? null : YamlReader.nearest(column, KNOWN);
        throw new IllegalArgumentException(
            "column: there is no feature '"
                + column
                + (near == null
                    ? "'; known features: " + String.join(", ", KNOWN)
                    : "'; did you mean '" + near + "'?"));
      }
      transform = Objects.requireNonNullElse(transform, Transform.LOG);
      weight = Objects.requireNonNullElse(weight, 1.0);
      required = Objects.requireNonNullElse(required, false);
      if (!(weight > 0 && weight <= 100)) {
        throw new IllegalArgumentException(
            "weight: " + weight + " of " + column + " is not above 0 and at most 100");
      }
    }
  }

  public ClusterSettings {
    k = Objects.requireNonNullElse(k, AUTO);
    range = range == null ? List.of(3, 10) : List.copyOf(range);
    retrain = Objects.requireNonNullElse(retrain, Retrain.MONTHLY);
    algorithm = Objects.requireNonNullElse(algorithm, Algorithm.K_MEANS);
    features = features == null ? List.of() : List.copyOf(features);
    winsorTail = Objects.requireNonNullElse(winsorTail, STANDARD_TAIL);
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
    if (!(winsorTail >= 0 && winsorTail <= MOST_CUT)) {
      throw new IllegalArgumentException("winsor_tail: " + winsorTail + " is not 0 to 0.25");
    }
    Set<String> seen = new HashSet<>();
    for (Feature feature : features) {
      if (!seen.add(feature.column())) {
        throw new IllegalArgumentException(
            "features: '" + feature.column() + "' is listed twice; raise its weight instead");
      }
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
    return new ClusterSettings(
        AUTO, List.of(3, 10), Retrain.MONTHLY, Algorithm.K_MEANS, List.of(), STANDARD_TAIL);
  }
}
