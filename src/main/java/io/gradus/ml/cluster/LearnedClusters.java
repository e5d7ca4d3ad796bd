package io.gradus.ml.cluster;

import java.util.List;

/**
 * Everything a model has learned, as saved.
 *
 * @param features the dimensions
 * @param valueCol the column whose sum is a cluster's revenue
 * @param clusters key, name and training share in the order of the components
 * @param retiredKeys keys that no cluster will have again
 * @param nextKey the number of the next new key
 * @param reason why there are this many clusters
 */
record LearnedClusters(
    ClusterAlgorithm algorithm,
    List<ClusterFeature> features,
    String valueCol,
    FeatureScaling scaling,
    Components components,
    List<ClusterInfo> clusters,
    List<String> retiredKeys,
    int nextKey,
    List<ClusterSearchRow> search,
    String reason,
    Provenance provenance) {

  LearnedClusters {
    features = List.copyOf(features);
    clusters = List.copyOf(clusters);
    retiredKeys = List.copyOf(retiredKeys);
    search = List.copyOf(search);
  }

  List<String> keys() {
    return clusters.stream().map(ClusterInfo::key).toList();
  }

  List<String> columns() {
    return features.stream().map(ClusterFeature::column).toList();
  }
}
