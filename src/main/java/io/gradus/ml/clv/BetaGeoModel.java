package io.gradus.ml.clv;

import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;

/** A fitted {@link BetaGeo}. */
public final class BetaGeoModel extends PurchaseModel<BetaGeoModel> {
  private static final long serialVersionUID = 1L;

  BetaGeoModel(String uid, PurchaseState state) {
    super(uid, state);
  }

  /** Reads a saved model. */
  public static MLReader<BetaGeoModel> read() {
    return new Learned.Reader<>(BetaGeoModel.class, PurchaseState.class, BetaGeoModel::new);
  }

  /** Reads the model saved at a path. */
  public static BetaGeoModel load(String path) {
    return read().load(path);
  }

  @Override
  BetaGeoModel self() {
    return this;
  }

  @Override
  public BetaGeoModel copy(ParamMap extra) {
    return copyValues(new BetaGeoModel(uid(), state()), extra).setParent(parent());
  }
}
