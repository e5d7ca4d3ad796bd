package io.gradus.ml.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Features as the arrays that Spark parameters can hold, and back. */
final class FeatureColumns {
  private FeatureColumns() {}

  static String[] columns(List<ClusterFeature> features) {
    return features.stream().map(ClusterFeature::column).toArray(String[]::new);
  }

  static String[] transforms(List<ClusterFeature> features) {
    return features.stream()
        .map(f -> f.transform().name().toLowerCase(Locale.ROOT))
        .toArray(String[]::new);
  }

  static double[] weights(List<ClusterFeature> features) {
    return features.stream().mapToDouble(ClusterFeature::weight).toArray();
  }

  static String[] required(List<ClusterFeature> features) {
    return features.stream()
        .filter(ClusterFeature::required)
        .map(ClusterFeature::column)
        .toArray(String[]::new);
  }

  static List<ClusterFeature> features(
      String[] columns, String[] transforms, double[] weights, String[] required) {
    if (columns.length != transforms.length || columns.length != weights.length) {
      throw new IllegalArgumentException(
          "featureCols, transforms and weights must have equal length, found "
              + columns.length
              + ", "
              + transforms.length
              + " and "
              + weights.length);
    }
    Set<String> needed = Set.of(required);
    List<ClusterFeature> features = new ArrayList<>();
    for (int j = 0; j < columns.length; j++) {
      features.add(
          new ClusterFeature(
              columns[j],
              FeatureTransform.valueOf(transforms[j].toUpperCase(Locale.ROOT)),
              weights[j],
              needed.contains(columns[j])));
    }
    return features;
  }
}
