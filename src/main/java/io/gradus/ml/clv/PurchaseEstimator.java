package io.gradus.ml.clv;

import io.gradus.clv.Fit;
import io.gradus.clv.PurchaseData;
import io.gradus.clv.PurchaseProcess;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * What the purchase estimators share. Input: one row per customer with frequency, recency and T in
 * whole days; rows with a NULL among them are left out.
 *
 * @param <E> the estimator itself
 * @param <M> its model
 */
public abstract class PurchaseEstimator<
        E extends PurchaseEstimator<E, M>, M extends PurchaseModel<M>>
    extends Estimator<M> implements PurchaseParams, FitParams, DefaultParamsWritable {
  private final String uid;
  private final PurchaseParamSet paramSet;
  private final FitParamSet fitParamSet;

  PurchaseEstimator(String uid) {
    this.uid = uid;
    this.paramSet = new PurchaseParamSet(this);
    this.fitParamSet = new FitParamSet(this);
    paramSet.setDefaults(this);
    fitParamSet.setDefaults(this);
  }

  abstract E self();

  abstract Fit<? extends PurchaseProcess> fit(PurchaseData data);

  abstract M model(String modelUid, PurchaseState state);

  /** The column with the mean logarithm of the gaps, where the model needs it. */
  @Nullable String logGapMeanColumn() {
    return null;
  }

  @Override
  public M fit(Dataset<?> customers) {
    transformSchema(customers.schema());
    try (PurchaseRows rows =
        new PurchaseRows(
            customers,
            getFrequencyCol(),
            getRecencyCol(),
            getAgeCol(),
            logGapMeanColumn(),
            getMaxDriverGroups())) {
      PurchaseData data = rows.load();
      PurchaseState state =
          PurchaseState.of(fit(data), Provenance.of(data.fingerprint(), getAsOf()));
      M model = model(uid, state);
      copyValues(model, ParamMap.empty());
      return model.setParent(this);
    }
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return validateAndTransformSchema(schema);
  }

  @Override
  public E copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public PurchaseParamSet paramSet() {
    return paramSet;
  }

  @Override
  public FitParamSet fitParamSet() {
    return fitParamSet;
  }

  /** Sets {@link #frequencyCol()}; default {@code frequency}. */
  public E setFrequencyCol(String column) {
    set(frequencyCol(), column);
    return self();
  }

  /** Sets {@link #recencyCol()}; default {@code recency}. */
  public E setRecencyCol(String column) {
    set(recencyCol(), column);
    return self();
  }

  /** Sets {@link #ageCol()}; default {@code T}. */
  public E setAgeCol(String column) {
    set(ageCol(), column);
    return self();
  }

  /** Sets {@link #probabilityAliveCol()}; default {@code probability_alive}. */
  public E setProbabilityAliveCol(String column) {
    set(probabilityAliveCol(), column);
    return self();
  }

  /** Sets {@link #expectedPurchasesCol()}; default {@code expected_purchases}. */
  public E setExpectedPurchasesCol(String column) {
    set(expectedPurchasesCol(), column);
    return self();
  }

  /** Sets {@link #horizonMonths()}; default 12. */
  public E setHorizonMonths(int months) {
    set(horizonMonths(), months);
    return self();
  }

  /** Sets {@link #maxDriverGroups()}; default 4,000,000. */
  public E setMaxDriverGroups(long groups) {
    set(maxDriverGroups(), groups);
    return self();
  }

  /** Sets {@link #asOf()}; default empty. */
  public E setAsOf(String date) {
    set(asOf(), date);
    return self();
  }
}
