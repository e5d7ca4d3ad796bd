package io.gradus.ml.clv;

/**
 * One figure about a model, as a row of the metric table.
 *
 * @param model what it is about, such as {@code clv.bg_nbd}
 * @param scope the customers or the cut-off that it was measured on; {@link #ALL} for everybody
 * @param metric its name
 * @param value its value; 1 and 0 for yes and no
 * @param note a phrase that goes with it, or empty
 */
public record ModelMetric(String model, String scope, String metric, double value, String note) {
  /** The scope of figures about all customers. */
  public static final String ALL = "all";
}
