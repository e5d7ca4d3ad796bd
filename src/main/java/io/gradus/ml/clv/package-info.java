/**
 * Spark ML estimators over {@code clv}. No formula lives here, only columns, parameters and
 * persistence.
 */
@NullMarked
package io.gradus.ml.clv;

import org.jspecify.annotations.NullMarked;
