package io.gradus.grade;

/**
 * Where a customer stands on every scale that a model may cut.
 *
 * @param dimensionScores 0..100 by {@link DimensionName#ordinal()}, NaN when unknown
 * @param total 0..100, NaN when unknown
 * @param cumulativeShare share 0..1 of the scope's amount that lies before the customer
 * @param countShare share 0..1 of the scope's customers that lie before the customer
 * @param rank 1 for the largest amount; equal amounts share a rank
 * @param amount the amount of the ABC analysis
 */
record Standing(
    double[] dimensionScores,
    double total,
    double cumulativeShare,
    double countShare,
    long rank,
    double amount) {}
