package io.gradus.ml.cluster;

/**
 * The customers a model is trained on, ordered by id.
 *
 * @param ids customer ids, ascending
 * @param points transformed, unscaled features in the same order
 * @param value each customer's value, 0 when unknown
 * @param customers how many customers the sample was drawn from
 */
record CustomerSample(String[] ids, Points points, double[] value, long customers) {}
