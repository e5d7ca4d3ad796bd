package io.gradus.ml.clv;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.percentile;

import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Gamma–Gamma (Fader and Hardie 2013) as a Spark ML estimator: what a customer spends per purchase,
 * drawn towards the mean of all as far as their own purchases are few. Rows without a purchase or a
 * positive value are left out of the fit.
 *
 * <pre>{@code
 * GammaGammaModel model = new GammaGamma().fit(customers);
 * Dataset<Row> scored = model.transform(customers);
 * }</pre>
 */
public final class GammaGamma extends Estimator<GammaGammaModel>
    implements SpendParams, FitParams, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final SpendParamSet spendParamSet;
  private final FitParamSet fitParamSet;
  private final DoubleParam winsorQuantile;

  /** An estimator with a new uid. */
  public GammaGamma() {
    this(Identifiable.randomUID("gammaGamma"));
  }

  /** An estimator with the given uid. */
  public GammaGamma(String uid) {
    this.uid = uid;
    this.spendParamSet = new SpendParamSet(this);
    this.fitParamSet = new FitParamSet(this);
    this.winsorQuantile = winsorQuantile(this);
    spendParamSet.setDefaults(this);
    fitParamSet.setDefaults(this);
    setDefault(winsorQuantile, 1.0);
  }

  static DoubleParam winsorQuantile(Identifiable parent) {
    return new DoubleParam(
        parent,
        "winsorQuantile",
        "quantile of the mean values above which they are set to it; 1 for none",
        ParamValidators.inRange(0.5, 1, false, true));
  }

  /** Reads a saved estimator. */
  public static MLReader<GammaGamma> read() {
    return new DefaultParamsReader<>();
  }

  /** Reads the estimator saved at a path. */
  public static GammaGamma load(String path) {
    return read().load(path);
  }

  @Override
  public GammaGammaModel fit(Dataset<?> customers) {
    transformSchema(customers.schema());
    SpendState state =
        fit(
            customers,
            col(getFrequencyCol()),
            col(getMonetaryValueCol()),
            (double) getOrDefault(winsorQuantile),
            this);
    GammaGammaModel model = new GammaGammaModel(uid, state);
    copyValues(model, ParamMap.empty());
    return model.setParent(this);
  }

  static SpendState fit(
      Dataset<?> customers, Column number, Column mean, double quantile, FitParams params) {
    double cap = quantile < 1 ? cap(customers, number, mean, quantile) : Double.MAX_VALUE;
    try (SpendRows rows =
        new SpendRows(customers, number, mean, cap, params.getMaxDriverGroups())) {
      return SpendState.fit(rows.load(), cap, params.getAsOf());
    }
  }

  private static double cap(Dataset<?> customers, Column number, Column mean, double quantile) {
    Double cap =
        (Double)
            customers
                .where(number.gt(0).and(mean.gt(0)))
                .agg(percentile(mean.cast("double"), lit(quantile)))
                .head()
                .get(0);
    return cap == null ? Double.MAX_VALUE : cap;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return validateAndTransformSchema(schema);
  }

  @Override
  public GammaGamma copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public SpendParamSet spendParamSet() {
    return spendParamSet;
  }

  @Override
  public FitParamSet fitParamSet() {
    return fitParamSet;
  }

  /** The quantile of the mean values above which they are set to it; 1 for none. */
  public DoubleParam winsorQuantile() {
    return winsorQuantile;
  }

  /** Sets {@link #frequencyCol()}; default {@code frequency}. */
  public GammaGamma setFrequencyCol(String column) {
    set(frequencyCol(), column);
    return this;
  }

  /** Sets {@link #monetaryValueCol()}; default {@code monetary_value}. */
  public GammaGamma setMonetaryValueCol(String column) {
    set(monetaryValueCol(), column);
    return this;
  }

  /** Sets {@link #expectedAverageValueCol()}; default {@code expected_average_value}. */
  public GammaGamma setExpectedAverageValueCol(String column) {
    set(expectedAverageValueCol(), column);
    return this;
  }

  /** Sets {@link #winsorQuantile()}; default 1. */
  public GammaGamma setWinsorQuantile(double quantile) {
    set(winsorQuantile, quantile);
    return this;
  }

  /** Sets {@link #maxDriverGroups()}; default 4,000,000. */
  public GammaGamma setMaxDriverGroups(long groups) {
    set(maxDriverGroups(), groups);
    return this;
  }

  /** Sets {@link #asOf()}; default empty. */
  public GammaGamma setAsOf(String date) {
    set(asOf(), date);
    return this;
  }
}
