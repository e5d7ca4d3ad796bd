/**
 * Recency, frequency and monetary scores with learned or frozen cut-points, and the rule table that
 * turns them into segments.
 */
@NullMarked
package io.gradus.ml.rfm;

import org.jspecify.annotations.NullMarked;
