package io.gradus.simulate;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One customer: what its master record says and the parameters that nobody sees.
 *
 * @param firstOrder activity time of its first order
 * @param rate purchases per day of activity time, λ
 * @param stopProbability p of {@link Dropout.BetaGeometric}, 0 otherwise
 * @param deathRate μ of {@link Dropout.Exponential} per day, 0 otherwise
 * @param spendRate ν of {@link Spend}
 * @param favourites the categories it buys most of its lines from
 */
record Profile(
    long index,
    String customer,
    Segment segment,
    String name,
    @Nullable String industry,
    String region,
    @Nullable String parentGroup,
    LocalDate signup,
    @Nullable String owner,
    double firstOrder,
    double rate,
    double stopProbability,
    double deathRate,
    double spendRate,
    int[] favourites) {

  /** Mean order value, p/ν. */
  double meanOrderValue() {
    return segment.spend().p() / spendRate;
  }
}
