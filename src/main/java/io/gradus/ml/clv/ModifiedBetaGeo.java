package io.gradus.ml.clv;

import io.gradus.clv.Fit;
import io.gradus.clv.PurchaseData;
import io.gradus.clv.PurchaseModelKind;
import io.gradus.clv.PurchaseProcess;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;

/**
 * MBG/NBD (Batislam, Denizel and Filiztekin 2007) as a Spark ML estimator: customers can also drop
 * out right after their first purchase.
 *
 * <pre>{@code
 * ModifiedBetaGeoModel model = new ModifiedBetaGeo().fit(customers);
 * Dataset<Row> scored = model.transform(customers);
 * }</pre>
 */
public final class ModifiedBetaGeo
    extends PurchaseEstimator<ModifiedBetaGeo, ModifiedBetaGeoModel> {
  private static final long serialVersionUID = 1L;

  /** An estimator with a new uid. */
  public ModifiedBetaGeo() {
    this(Identifiable.randomUID("modifiedBetaGeo"));
  }

  /** An estimator with the given uid. */
  public ModifiedBetaGeo(String uid) {
    super(uid);
  }

  /** Reads a saved estimator. */
  public static MLReader<ModifiedBetaGeo> read() {
    return new DefaultParamsReader<>();
  }

  /** Reads the estimator saved at a path. */
  public static ModifiedBetaGeo load(String path) {
    return read().load(path);
  }

  @Override
  ModifiedBetaGeo self() {
    return this;
  }

  @Override
  Fit<? extends PurchaseProcess> fit(PurchaseData data) {
    return PurchaseModelKind.MBG_NBD.fit(data);
  }

  @Override
  ModifiedBetaGeoModel model(String modelUid, PurchaseState state) {
    return new ModifiedBetaGeoModel(modelUid, state);
  }
}
