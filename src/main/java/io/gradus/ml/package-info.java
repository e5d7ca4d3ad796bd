/** What the Spark ML estimators share: persistence of learned numbers and schema checks. */
@NullMarked
package io.gradus.ml;

import org.jspecify.annotations.NullMarked;
