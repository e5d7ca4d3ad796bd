/**
 * Churn risk without contracts, and the spend expected within the same horizon. {@code ChurnRisk}
 * learns, {@code ChurnRiskModel} scores and explains, {@code ChurnBacktest} replays both at past
 * cut-offs.
 *
 * <p>A bounded sample of customers at many past origins is read in two Spark jobs ({@code
 * Snapshots}); everything is learned from it in memory. The probability is the buy-till-you-die
 * model's, corrected by an additive model that shares its coefficients over windows of several
 * lengths, and shifted by a forecast of the base rate. Baselines and boosted trees are learned
 * beside it and the choice is made on the newest cut-off whose outcome is known ({@code
 * Selection}).
 */
@NullMarked
package io.gradus.ml.churn;

import org.jspecify.annotations.NullMarked;
