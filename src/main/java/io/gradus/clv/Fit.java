package io.gradus.clv;

import java.io.Serializable;

/**
 * A model fitted to data.
 *
 * @param <M> the model
 * @param model the model at the estimates
 * @param report how the fit ended
 */
public record Fit<M extends Serializable>(M model, FitReport report) implements Serializable {}
