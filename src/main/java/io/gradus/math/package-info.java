/**
 * Numerical building blocks on the JDK alone: gamma functions, the hypergeometric series,
 * quadrature, optimisers and assignment. Nothing here knows a customer, a model or Spark.
 */
@NullMarked
package io.gradus.math;

import org.jspecify.annotations.NullMarked;
