package io.gradus.ml.clv;

import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.types.StructType;

/** The columns that a purchase model reads and writes. */
public interface PurchaseParams extends Params {
  /** The params of this instance. */
  PurchaseParamSet paramSet();

  /** Input column: repeat purchase days, whole. */
  default Param<String> frequencyCol() {
    return paramSet().frequencyCol;
  }

  /** Input column: days from the first to the last purchase, whole. */
  default Param<String> recencyCol() {
    return paramSet().recencyCol;
  }

  /** Input column: days from the first purchase to the as-of date, whole. */
  default Param<String> ageCol() {
    return paramSet().ageCol;
  }

  /** Output column: P(alive), DOUBLE; NULL where an input is NULL. */
  default Param<String> probabilityAliveCol() {
    return paramSet().probabilityAliveCol;
  }

  /** Output column: expected purchases within the horizon, DOUBLE; NULL where an input is NULL. */
  default Param<String> expectedPurchasesCol() {
    return paramSet().expectedPurchasesCol;
  }

  /** The horizon of the expected purchases in months of 30.4375 days. */
  default IntParam horizonMonths() {
    return paramSet().horizonMonths;
  }

  /** The value of {@link #frequencyCol()}. */
  default String getFrequencyCol() {
    return getOrDefault(frequencyCol());
  }

  /** The value of {@link #recencyCol()}. */
  default String getRecencyCol() {
    return getOrDefault(recencyCol());
  }

  /** The value of {@link #ageCol()}. */
  default String getAgeCol() {
    return getOrDefault(ageCol());
  }

  /** The value of {@link #probabilityAliveCol()}. */
  default String getProbabilityAliveCol() {
    return getOrDefault(probabilityAliveCol());
  }

  /** The value of {@link #expectedPurchasesCol()}. */
  default String getExpectedPurchasesCol() {
    return getOrDefault(expectedPurchasesCol());
  }

  /** The value of {@link #horizonMonths()}. */
  default int getHorizonMonths() {
    return (int) getOrDefault(horizonMonths());
  }

  /** Checks the input columns and adds the output columns. */
  default StructType validateAndTransformSchema(StructType schema) {
    Schemas.requireWhole(schema, getFrequencyCol());
    Schemas.requireWhole(schema, getRecencyCol());
    Schemas.requireWhole(schema, getAgeCol());
    StructType withAlive = Schemas.withDouble(schema, getProbabilityAliveCol());
    return Schemas.withDouble(withAlive, getExpectedPurchasesCol());
  }
}
