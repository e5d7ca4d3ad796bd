/**
 * Buy-till-you-die models: likelihoods, expectations and discounted value, on the JDK and {@code
 * math} alone. The Spark estimators over these classes live in {@code ml.clv}.
 */
@NullMarked
package io.gradus.clv;

import org.jspecify.annotations.NullMarked;
