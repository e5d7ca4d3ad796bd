package io.gradus.ml.clv;

import io.gradus.clv.PurchaseData;
import io.gradus.clv.PurchaseModelKind;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Customer lifetime value: a purchase model and Gamma–Gamma, fitted together. Input: one row per
 * customer with the columns of {@link io.gradus.table.Columns} for features; customers who never
 * bought have NULL statistics. Where the wanted model cannot be fitted, BG/NBD and then the pooled
 * rate of all customers stand in, and {@code clv_method} says so.
 *
 * <pre>{@code
 * LifetimeValueModel model = new LifetimeValue().setModel("pareto_nbd").fit(customers);
 * Dataset<Row> valued = model.transform(customers);
 * }</pre>
 */
public final class LifetimeValue extends Estimator<LifetimeValueModel>
    implements LifetimeParams, FitParams, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  /** {@link #model()}: the model with the highest likelihood; near ties go to the simpler one. */
  public static final String AUTO = "auto";

  private final String uid;
  private final LifetimeParamSet lifetimeParamSet;
  private final FitParamSet fitParamSet;
  private final Param<String> model;
  private final DoubleParam winsorQuantile;

  /** An estimator with a new uid. */
  public LifetimeValue() {
    this(Identifiable.randomUID("lifetimeValue"));
  }

  /** An estimator with the given uid. */
  public LifetimeValue(String uid) {
    this.uid = uid;
    this.lifetimeParamSet = new LifetimeParamSet(this);
    this.fitParamSet = new FitParamSet(this);
    String[] names =
        Stream.concat(
                Stream.of(AUTO),
                Arrays.stream(PurchaseModelKind.values()).map(PurchaseModelKind::shortName))
            .toArray(String[]::new);
    this.model = new Param<>(this, "model", "purchase model", ParamValidators.inArray(names));
    this.winsorQuantile = GammaGamma.winsorQuantile(this);
    lifetimeParamSet.setDefaults(this);
    fitParamSet.setDefaults(this);
    setDefault(model, AUTO);
    setDefault(winsorQuantile, 1.0);
  }

  /** Reads a saved estimator. */
  public static MLReader<LifetimeValue> read() {
    return new DefaultParamsReader<>();
  }

  /** Reads the estimator saved at a path. */
  public static LifetimeValue load(String path) {
    return read().load(path);
  }

  @Override
  public LifetimeValueModel fit(Dataset<?> customers) {
    transformSchema(customers.schema());
    SpendState spend =
        GammaGamma.fit(
            customers,
            LifetimeColumns.spendNumber(this),
            LifetimeColumns.spendMean(this),
            (double) getOrDefault(winsorQuantile),
            this);
    LifetimeState state = new LifetimeState(purchases(customers), spend);
    LifetimeValueModel fitted = new LifetimeValueModel(uid, state);
    copyValues(fitted, ParamMap.empty());
    return fitted.setParent(this);
  }

  private PurchaseState purchases(Dataset<?> customers) {
    String name = getOrDefault(model);
    try (PurchaseRows rows =
        new PurchaseRows(
            customers,
            getOrDefault(frequencyCol()),
            getOrDefault(recencyCol()),
            getOrDefault(ageCol()),
            name.endsWith("_k") ? getOrDefault(logGapMeanCol()) : null,
            getMaxDriverGroups())) {
      PurchaseData data = rows.load();
      PurchaseModelKind.Fitted fitted =
          name.equals(AUTO)
              ? PurchaseModelKind.fitMostLikely(data)
              : PurchaseModelKind.of(name).fitOrFallBack(data);
      return new PurchaseState(
          fitted.kind().shortName(),
          fitted.process().phases(),
          fitted.report(),
          Provenance.of(data.fingerprint(), getAsOf()));
    }
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return LifetimeValueModel.checkedSchema(this, schema);
  }

  @Override
  public LifetimeValue copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public LifetimeParamSet lifetimeParamSet() {
    return lifetimeParamSet;
  }

  @Override
  public FitParamSet fitParamSet() {
    return fitParamSet;
  }

  /** The purchase model: auto or a short name of {@link PurchaseModelKind}. */
  public Param<String> model() {
    return model;
  }

  /** The quantile of the mean values above which they are set to it; 1 for none. */
  public DoubleParam winsorQuantile() {
    return winsorQuantile;
  }

  /** Sets {@link #model()}; default auto. */
  public LifetimeValue setModel(String shortName) {
    set(model, shortName);
    return this;
  }

  /** Sets {@link #winsorQuantile()}; default 1. */
  public LifetimeValue setWinsorQuantile(double quantile) {
    set(winsorQuantile, quantile);
    return this;
  }

  /** Sets {@link #spendBasis()}; default all. */
  public LifetimeValue setSpendBasis(String basis) {
    set(spendBasis(), basis);
    return this;
  }

  /** Sets {@link #annualDiscountRate()}; default 0.10. */
  public LifetimeValue setAnnualDiscountRate(double rate) {
    set(annualDiscountRate(), rate);
    return this;
  }

  /** Sets {@link #marginRate()}; default 1. */
  public LifetimeValue setMarginRate(double rate) {
    set(marginRate(), rate);
    return this;
  }

  /** Sets {@link #marginRateCol()}; default none. */
  public LifetimeValue setMarginRateCol(String column) {
    set(marginRateCol(), column);
    return this;
  }

  /** Sets {@link #maxDriverGroups()}; default 4,000,000. */
  public LifetimeValue setMaxDriverGroups(long groups) {
    set(maxDriverGroups(), groups);
    return this;
  }

  /** Sets {@link #asOf()}; default empty. */
  public LifetimeValue setAsOf(String date) {
    set(asOf(), date);
    return this;
  }
}
