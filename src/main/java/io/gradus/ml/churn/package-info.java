/** Churn risk without contracts: labels, classifiers, calibration and baselines. */
@NullMarked
package io.gradus.ml.churn;

import org.jspecify.annotations.NullMarked;
