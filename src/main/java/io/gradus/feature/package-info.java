/** Purchase days to one row per customer, at any as-of date; knows nothing of models. */
@NullMarked
package io.gradus.feature;

import org.jspecify.annotations.NullMarked;
