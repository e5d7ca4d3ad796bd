package io.gradus.ml.cluster;

/**
 * One cluster of a model.
 *
 * @param key persistent identity, "C1", "C2", …; never reused
 * @param name English, unique within a model
 * @param nameZh Chinese
 * @param trainingShare its share of the training sample, 0..1
 */
public record ClusterInfo(String key, String name, String nameZh, double trainingShare) {}
