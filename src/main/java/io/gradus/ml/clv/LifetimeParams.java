package io.gradus.ml.clv;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The columns and settings of {@link LifetimeValue} and its model. */
public interface LifetimeParams extends Params {
  /** {@link #spendBasis()}: the net total over all purchase days; refunds count. */
  String SPEND_ALL = "all";

  /** {@link #spendBasis()}: the repeat purchase days only, as Fader and Hardie (2013) do. */
  String SPEND_REPEAT = "repeat";

  /** The params of this instance. */
  LifetimeParamSet lifetimeParamSet();

  /** Input column: repeat purchase days, whole. */
  default Param<String> frequencyCol() {
    return lifetimeParamSet().frequencyCol;
  }

  /** Input column: days from the first to the last purchase, whole. */
  default Param<String> recencyCol() {
    return lifetimeParamSet().recencyCol;
  }

  /** Input column: days from the first purchase to the as-of date, whole. */
  default Param<String> ageCol() {
    return lifetimeParamSet().ageCol;
  }

  /** Input column: mean natural logarithm of the gaps in days; read by Erlang models only. */
  default Param<String> logGapMeanCol() {
    return lifetimeParamSet().logGapMeanCol;
  }

  /** Input column for the spend basis {@code all}: number of purchase days, whole. */
  default Param<String> purchaseDaysCol() {
    return lifetimeParamSet().purchaseDaysCol;
  }

  /** Input column for the spend basis {@code all}: net total in money. */
  default Param<String> netTotalCol() {
    return lifetimeParamSet().netTotalCol;
  }

  /** Input column for the spend basis {@code repeat}: mean value of a repeat purchase day. */
  default Param<String> monetaryValueCol() {
    return lifetimeParamSet().monetaryValueCol;
  }

  /** Which purchases the spend per purchase rests on: all or repeat. */
  default Param<String> spendBasis() {
    return lifetimeParamSet().spendBasis;
  }

  /** Discount rate per year, 0.10 for 10 %. */
  default DoubleParam annualDiscountRate() {
    return lifetimeParamSet().annualDiscountRate;
  }

  /** Share of revenue that counts as value. */
  default DoubleParam marginRate() {
    return lifetimeParamSet().marginRate;
  }

  /**
   * Input column with a margin rate per customer; {@link #marginRate()} where it is NULL or not
   * between 0 and 1; empty for none.
   */
  default Param<String> marginRateCol() {
    return lifetimeParamSet().marginRateCol;
  }

  /** Input column whose larger values get models of their own; empty for none. */
  default Param<String> scopeCol() {
    return lifetimeParamSet().scopeCol;
  }

  /** The value of {@link #scopeCol()}. */
  default String getScopeCol() {
    return getOrDefault(scopeCol());
  }

  /** The value of {@link #spendBasis()}. */
  default String getSpendBasis() {
    return getOrDefault(spendBasis());
  }

  /** The value of {@link #annualDiscountRate()}. */
  default double getAnnualDiscountRate() {
    return (double) getOrDefault(annualDiscountRate());
  }

  /** The value of {@link #marginRate()}. */
  default double getMarginRate() {
    return (double) getOrDefault(marginRate());
  }
}
