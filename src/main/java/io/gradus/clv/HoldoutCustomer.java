package io.gradus.clv;

/**
 * A customer as known at a cut-off, and what they did in the horizon after it.
 *
 * @param history when they had bought
 * @param purchases number of purchases of observed value, ≥ 0
 * @param meanValue their mean value; ignored when there is none
 * @param logGapMean mean natural logarithm of the gaps in days; NaN without a gap
 * @param logGapVariance sample variance of the logarithms; NaN below two gaps
 * @param actualPurchases purchase days after the cut-off
 * @param actualSpend net spend after the cut-off; negative when refunds prevail
 */
public record HoldoutCustomer(
    History history,
    int purchases,
    double meanValue,
    double logGapMean,
    double logGapVariance,
    int actualPurchases,
    double actualSpend) {}
