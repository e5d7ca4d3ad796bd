package io.gradus.ml.cluster;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.signum;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/** How a feature is reshaped before it is standardised. */
public enum FeatureTransform {
  /** As it is. */
  IDENTITY,
  /** ln(1 + x) for counts and durations; x ≤ −1 becomes unknown. */
  LOG1P,
  /** sign(x) · ln(1 + |x|) for money that refunds can make negative. */
  SIGNED_LOG1P;

  /** The transformed column, DOUBLE; NaN becomes NULL. */
  Column apply(Column value) {
    Column number = value.cast("double");
    Column transformed =
        switch (this) {
          case IDENTITY -> number;
          case LOG1P -> log1p(number);
          case SIGNED_LOG1P -> signum(number).multiply(log1p(abs(number)));
        };
    return when(isnan(transformed).unary_$bang(), transformed);
  }
}
