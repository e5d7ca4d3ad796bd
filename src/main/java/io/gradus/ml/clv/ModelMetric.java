package io.gradus.ml.clv;

/**
 * One figure about a model, as a row of the metric table.
 *
 * @param model what it is about, such as {@code clv.bg_nbd}
 * @param metric its name
 * @param value its value; 1 and 0 for yes and no
 * @param note a phrase that goes with it, or empty
 */
public record ModelMetric(String model, String metric, double value, String note) {}
