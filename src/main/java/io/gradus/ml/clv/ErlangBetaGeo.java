package io.gradus.ml.clv;

import io.gradus.clv.Fit;
import io.gradus.clv.PurchaseData;
import io.gradus.clv.PurchaseModelKind;
import io.gradus.clv.PurchaseProcess;
import io.gradus.table.Columns;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.StructType;

/**
 * BG/CNBD-k and MBG/CNBD-k (Reutterer, Platzer and Schröder 2021) as a Spark ML estimator, for
 * buyers whose waits are more regular than chance. Also needs the mean natural logarithm of each
 * customer's gaps in days, to compare different k.
 *
 * <pre>{@code
 * ErlangBetaGeoModel model = new ErlangBetaGeo().fit(customers);
 * Dataset<Row> scored = model.transform(customers);
 * }</pre>
 */
public final class ErlangBetaGeo extends PurchaseEstimator<ErlangBetaGeo, ErlangBetaGeoModel> {
  private static final long serialVersionUID = 1L;

  private final Param<String> logGapMeanCol;
  private final BooleanParam dropoutAtZero;

  /** An estimator with a new uid. */
  public ErlangBetaGeo() {
    this(Identifiable.randomUID("erlangBetaGeo"));
  }

  /** An estimator with the given uid. */
  public ErlangBetaGeo(String uid) {
    super(uid);
    this.logGapMeanCol =
        new Param<>(this, "logGapMeanCol", "column of the mean natural logarithm of gaps in days");
    this.dropoutAtZero =
        new BooleanParam(this, "dropoutAtZero", "whether the first purchase can be the last");
    setDefault(logGapMeanCol, Columns.LOG_GAP_MEAN);
    setDefault(dropoutAtZero, true);
  }

  /** Input column: mean natural logarithm of the gaps in days; NULL without a gap. */
  public Param<String> logGapMeanCol() {
    return logGapMeanCol;
  }

  /** Whether the first purchase can be the last: true for MBG/CNBD-k, false for BG/CNBD-k. */
  public BooleanParam dropoutAtZero() {
    return dropoutAtZero;
  }

  /** Sets {@link #logGapMeanCol()}; default {@code log_gap_mean}. */
  public ErlangBetaGeo setLogGapMeanCol(String column) {
    set(logGapMeanCol, column);
    return this;
  }

  /** Sets {@link #dropoutAtZero()}; default true. */
  public ErlangBetaGeo setDropoutAtZero(boolean possible) {
    set(dropoutAtZero, possible);
    return this;
  }

  @Override
  String logGapMeanColumn() {
    return getOrDefault(logGapMeanCol);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Schemas.requireNumeric(schema, getOrDefault(logGapMeanCol));
    return super.transformSchema(schema);
  }

  /** Reads a saved estimator. */
  public static MLReader<ErlangBetaGeo> read() {
    return new DefaultParamsReader<>();
  }

  /** Reads the estimator saved at a path. */
  public static ErlangBetaGeo load(String path) {
    return read().load(path);
  }

  @Override
  ErlangBetaGeo self() {
    return this;
  }

  @Override
  Fit<? extends PurchaseProcess> fit(PurchaseData data) {
    boolean atZero = (boolean) getOrDefault(dropoutAtZero);
    return (atZero ? PurchaseModelKind.MBG_CNBD_K : PurchaseModelKind.BG_CNBD_K).fit(data);
  }

  @Override
  ErlangBetaGeoModel model(String modelUid, PurchaseState state) {
    return new ErlangBetaGeoModel(modelUid, state);
  }
}
