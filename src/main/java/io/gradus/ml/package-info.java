/** What the Spark ML estimators share: persistence, schema checks and records as rows. */
@NullMarked
package io.gradus.ml;

import org.jspecify.annotations.NullMarked;
