package io.gradus.ml.clv;

import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/** The params of {@link FitParams}, made once the uid is known. */
public final class FitParamSet {
  private static final long DEFAULT_DRIVER_GROUPS = 4_000_000L;

  final LongParam maxDriverGroups;
  final Param<String> asOf;

  FitParamSet(Params parent) {
    maxDriverGroups =
        new LongParam(
            parent,
            "maxDriverGroups",
            "distinct groups up to which the fit runs on the driver (20 bytes each)",
            ParamValidators.gtEq(0));
    asOf = new Param<>(parent, "asOf", "as-of date of the data, kept with the model");
  }

  void setDefaults(FitParams parent) {
    parent.setDefault(maxDriverGroups, DEFAULT_DRIVER_GROUPS);
    parent.setDefault(asOf, "");
  }
}
