package io.gradus.ml.clv;

import static org.apache.spark.sql.functions.col;

import io.gradus.clv.PurchaseData;
import io.gradus.clv.PurchaseModelKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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

  /** Scopes with models of their own at most. */
  public static final int MAX_SCOPES = 50;

  private static final long DEFAULT_SCOPE_MINIMUM = 1000;

  private final String uid;
  private final LifetimeParamSet lifetimeParamSet;
  private final FitParamSet fitParamSet;
  private final Param<String> model;
  private final DoubleParam winsorQuantile;
  private final LongParam scopeMinimum;
  private final StringArrayParam scopeModels;

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
    this.scopeMinimum =
        new LongParam(this, "scopeMinimum", "customers that a scope needs", ParamValidators.gt(0));
    this.scopeModels = new StringArrayParam(this, "scopeModels", "scope=model entries");
    lifetimeParamSet.setDefaults(this);
    setDefault(scopeMinimum, DEFAULT_SCOPE_MINIMUM);
    setDefault(scopeModels, new String[0]);
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
    LifetimeState state =
        new LifetimeState(
            purchases(customers, getOrDefault(model)), spend(customers), scopes(customers));
    LifetimeValueModel fitted = new LifetimeValueModel(uid, state);
    copyValues(fitted, ParamMap.empty());
    return fitted.setParent(this);
  }

  private SpendState spend(Dataset<?> customers) {
    return GammaGamma.fit(
        customers,
        LifetimeColumns.spendNumber(this),
        LifetimeColumns.spendMean(this),
        (double) getOrDefault(winsorQuantile),
        this);
  }

  private PurchaseState purchases(Dataset<?> customers, String name) {
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

  private List<ScopedState> scopes(Dataset<?> customers) {
    List<ScopedState> states = new ArrayList<>();
    if (getScopeCol().isEmpty()) {
      return states;
    }
    Column scope = LifetimeColumns.scope(this);
    List<Row> large =
        customers
            .where(col(getOrDefault(ageCol())).isNotNull().and(scope.isNotNull()))
            .groupBy(scope.as("scope"))
            .count()
            .where(col("count").geq((long) getOrDefault(scopeMinimum)))
            .orderBy(col("count").desc(), col("scope"))
            .limit(MAX_SCOPES)
            .collectAsList();
    for (Row row : large) {
      String name = row.getString(0);
      Dataset<?> members = customers.where(scope.equalTo(name));
      states.add(new ScopedState(name, purchases(members, modelOf(name)), spend(members)));
    }
    return states;
  }

  /** The model that {@link #scopeModels()} names for a scope, otherwise that of all. */
  private String modelOf(String scope) {
    for (String entry : getOrDefault(scopeModels)) {
      int at = entry.lastIndexOf('=');
      if (entry.substring(0, at).equals(scope)) {
        return entry.substring(at + 1);
      }
    }
    return getOrDefault(model);
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

  /** Customers that a scope needs for models of its own. */
  public LongParam scopeMinimum() {
    return scopeMinimum;
  }

  /** Purchase models of single scopes, each as {@code scope=model}. */
  public StringArrayParam scopeModels() {
    return scopeModels;
  }

  /**
   * Gives the larger values of a column, such as an industry, models of their own; at most {@link
   * #MAX_SCOPES}, the largest first.
   *
   * @param column the column; empty for none, the default
   * @param minimum customers that a value needs; 1000 is the default
   * @param models purchase models by value; others take {@link #model()}
   */
  public LifetimeValue setScopes(String column, long minimum, Map<String, String> models) {
    set(scopeCol(), column);
    set(scopeMinimum, minimum);
    models.values().stream().filter(name -> !name.equals(AUTO)).forEach(PurchaseModelKind::of);
    set(
        scopeModels,
        models.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .sorted()
            .toArray(String[]::new));
    return this;
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
