package io.gradus.ml.clv;

import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** What every fit of this package can be told. */
public interface FitParams extends Params {
  /** The params of this instance. */
  FitParamSet fitParamSet();

  /** Distinct groups up to which the fit runs on the driver; beyond, on the cluster. */
  default LongParam maxDriverGroups() {
    return fitParamSet().maxDriverGroups;
  }

  /** The as-of date of the data, kept with the model as its provenance; no effect on the fit. */
  default Param<String> asOf() {
    return fitParamSet().asOf;
  }

  /** The value of {@link #maxDriverGroups()}. */
  default long getMaxDriverGroups() {
    return (long) getOrDefault(maxDriverGroups());
  }

  /** The value of {@link #asOf()}. */
  default String getAsOf() {
    return getOrDefault(asOf());
  }
}
