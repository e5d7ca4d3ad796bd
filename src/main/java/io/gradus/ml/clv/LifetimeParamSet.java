package io.gradus.ml.clv;

import io.gradus.table.Columns;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/** The params of {@link LifetimeParams}, made once the uid is known. */
public final class LifetimeParamSet {
  final Param<String> frequencyCol;
  final Param<String> recencyCol;
  final Param<String> ageCol;
  final Param<String> logGapMeanCol;
  final Param<String> purchaseDaysCol;
  final Param<String> netTotalCol;
  final Param<String> monetaryValueCol;
  final Param<String> spendBasis;
  final DoubleParam annualDiscountRate;
  final DoubleParam marginRate;
  final Param<String> marginRateCol;
  final Param<String> scopeCol;

  LifetimeParamSet(Params parent) {
    frequencyCol = new Param<>(parent, "frequencyCol", "column of repeat purchase days");
    recencyCol = new Param<>(parent, "recencyCol", "column of days from first to last purchase");
    ageCol = new Param<>(parent, "ageCol", "column of days from first purchase to the as-of date");
    logGapMeanCol = new Param<>(parent, "logGapMeanCol", "column of the mean log gap in days");
    purchaseDaysCol = new Param<>(parent, "purchaseDaysCol", "column of the purchase days");
    netTotalCol = new Param<>(parent, "netTotalCol", "column of the net total in money");
    monetaryValueCol =
        new Param<>(parent, "monetaryValueCol", "column of the mean repeat purchase value");
    spendBasis =
        new Param<>(
            parent,
            "spendBasis",
            "purchases that spend per purchase rests on: all or repeat",
            ParamValidators.inArray(
                new String[] {LifetimeParams.SPEND_ALL, LifetimeParams.SPEND_REPEAT}));
    annualDiscountRate =
        new DoubleParam(
            parent, "annualDiscountRate", "discount rate per year", ParamValidators.gt(0));
    marginRate =
        new DoubleParam(
            parent, "marginRate", "share of revenue that counts", ParamValidators.inRange(0, 1));
    marginRateCol = new Param<>(parent, "marginRateCol", "column of margin rates; empty for none");
    scopeCol =
        new Param<>(parent, "scopeCol", "column whose larger values get own models; or empty");
  }

  void setDefaults(LifetimeParams parent) {
    parent.setDefault(frequencyCol, Columns.FREQUENCY);
    parent.setDefault(recencyCol, Columns.RECENCY);
    parent.setDefault(ageCol, Columns.AGE);
    parent.setDefault(logGapMeanCol, Columns.LOG_GAP_MEAN);
    parent.setDefault(purchaseDaysCol, Columns.PURCHASE_DAYS);
    parent.setDefault(netTotalCol, Columns.NET_TOTAL);
    parent.setDefault(monetaryValueCol, Columns.MONETARY_VALUE);
    parent.setDefault(spendBasis, LifetimeParams.SPEND_ALL);
    parent.setDefault(annualDiscountRate, 0.10);
    parent.setDefault(marginRate, 1.0);
    parent.setDefault(marginRateCol, "");
    parent.setDefault(scopeCol, "");
  }
}
