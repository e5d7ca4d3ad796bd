package io.gradus.evaluate;

/**
 * A figure with its 95 % interval.
 *
 * @param value the figure on the data
 * @param lower the 2.5 % bound
 * @param upper the 97.5 % bound
 */
public record Interval(double value, double lower, double upper) {}
