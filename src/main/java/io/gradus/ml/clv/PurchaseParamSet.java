package io.gradus.ml.clv;

import io.gradus.table.Columns;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/** The params of a purchase estimator or model, made once its uid is known. */
public final class PurchaseParamSet {
  final Param<String> frequencyCol;
  final Param<String> recencyCol;
  final Param<String> ageCol;
  final Param<String> probabilityAliveCol;
  final Param<String> expectedPurchasesCol;
  final IntParam horizonMonths;

  PurchaseParamSet(Params parent) {
    frequencyCol = new Param<>(parent, "frequencyCol", "column of repeat purchase days");
    recencyCol = new Param<>(parent, "recencyCol", "column of days from first to last purchase");
    ageCol = new Param<>(parent, "ageCol", "column of days from first purchase to the as-of date");
    probabilityAliveCol = new Param<>(parent, "probabilityAliveCol", "output column of P(alive)");
    expectedPurchasesCol =
        new Param<>(parent, "expectedPurchasesCol", "output column of expected purchases");
    horizonMonths =
        new IntParam(
            parent, "horizonMonths", "months that the expectation covers", ParamValidators.gt(0));
  }

  void setDefaults(PurchaseParams parent) {
    parent.setDefault(frequencyCol, Columns.FREQUENCY);
    parent.setDefault(recencyCol, Columns.RECENCY);
    parent.setDefault(ageCol, Columns.AGE);
    parent.setDefault(probabilityAliveCol, Columns.PROBABILITY_ALIVE);
    parent.setDefault(expectedPurchasesCol, Columns.EXPECTED_PURCHASES);
    parent.setDefault(horizonMonths, 12);
  }
}
