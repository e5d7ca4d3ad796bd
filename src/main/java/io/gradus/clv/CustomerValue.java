package io.gradus.clv;

/**
 * What a customer is expected to bring.
 *
 * @param probabilityAlive P(alive), 0 … 1
 * @param expectedPurchases purchases in the next 12 months
 * @param expectedAverageValue spend per purchase
 * @param clv12 discounted margin of the next 12 months
 * @param clv36 discounted margin of the next 36 months
 * @param clv12Undiscounted margin of the next 12 months
 * @param clv12Low the value that the discounted 12 months exceed with probability 90 %
 * @param clv12High the value that they exceed with probability 10 %
 * @param residual discounted margin of all purchases to come
 * @param variance12 variance of the discounted 12 months
 */
public record CustomerValue(
    double probabilityAlive,
    double expectedPurchases,
    double expectedAverageValue,
    double clv12,
    double clv36,
    double clv12Undiscounted,
    double clv12Low,
    double clv12High,
    double residual,
    double variance12) {}
