package io.gradus.ml.clv;

import io.gradus.clv.Fit;
import io.gradus.clv.PurchaseData;
import io.gradus.clv.PurchaseModelKind;
import io.gradus.clv.PurchaseProcess;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;

/**
 * BG/NBD (Fader, Hardie and Lee 2005) as a Spark ML estimator.
 *
 * <pre>{@code
 * BetaGeoModel model = new BetaGeo().fit(customers);
 * Dataset<Row> scored = model.transform(customers);
 * }</pre>
 */
public final class BetaGeo extends PurchaseEstimator<BetaGeo, BetaGeoModel> {
  private static final long serialVersionUID = 1L;

  /** An estimator with a new uid. */
  public BetaGeo() {
    this(Identifiable.randomUID("betaGeo"));
  }

  /** An estimator with the given uid. */
  public BetaGeo(String uid) {
    super(uid);
  }

  /** Reads a saved estimator. */
  public static MLReader<BetaGeo> read() {
    return new DefaultParamsReader<>();
  }

  /** Reads the estimator saved at a path. */
  public static BetaGeo load(String path) {
    return read().load(path);
  }

  @Override
  BetaGeo self() {
    return this;
  }

  @Override
  Fit<? extends PurchaseProcess> fit(PurchaseData data) {
    return PurchaseModelKind.BG_NBD.fit(data);
  }

  @Override
  BetaGeoModel model(String modelUid, PurchaseState state) {
    return new BetaGeoModel(modelUid, state);
  }
}
