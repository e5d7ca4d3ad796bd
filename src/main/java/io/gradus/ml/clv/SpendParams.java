package io.gradus.ml.clv;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.types.StructType;

/** The columns that the Gamma–Gamma model reads and writes. */
public interface SpendParams extends Params {
  /** The params of this instance. */
  SpendParamSet spendParamSet();

  /** Input column: number of purchases with an observed value, whole. */
  default Param<String> frequencyCol() {
    return spendParamSet().frequencyCol;
  }

  /** Input column: their mean value in money. */
  default Param<String> monetaryValueCol() {
    return spendParamSet().monetaryValueCol;
  }

  /** Output column: expected spend per purchase, DOUBLE, never NULL. */
  default Param<String> expectedAverageValueCol() {
    return spendParamSet().expectedAverageValueCol;
  }

  /** The value of {@link #frequencyCol()}. */
  default String getFrequencyCol() {
    return getOrDefault(frequencyCol());
  }

  /** The value of {@link #monetaryValueCol()}. */
  default String getMonetaryValueCol() {
    return getOrDefault(monetaryValueCol());
  }

  /** The value of {@link #expectedAverageValueCol()}. */
  default String getExpectedAverageValueCol() {
    return getOrDefault(expectedAverageValueCol());
  }

  /** Checks the input columns and adds the output column. */
  default StructType validateAndTransformSchema(StructType schema) {
    Schemas.requireWhole(schema, getFrequencyCol());
    Schemas.requireNumeric(schema, getMonetaryValueCol());
    return Schemas.withDouble(schema, getExpectedAverageValueCol());
  }
}
