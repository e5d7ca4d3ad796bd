package io.gradus.ml.clv;

import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;

/** A fitted {@link ErlangBetaGeo}. */
public final class ErlangBetaGeoModel extends PurchaseModel<ErlangBetaGeoModel> {
  private static final long serialVersionUID = 1L;

  ErlangBetaGeoModel(String uid, PurchaseState state) {
    super(uid, state);
  }

  /** Reads a saved model. */
  public static MLReader<ErlangBetaGeoModel> read() {
    return new Learned.Reader<>(
        ErlangBetaGeoModel.class, PurchaseState.class, ErlangBetaGeoModel::new);
  }

  /** Reads the model saved at a path. */
  public static ErlangBetaGeoModel load(String path) {
    return read().load(path);
  }

  @Override
  ErlangBetaGeoModel self() {
    return this;
  }

  @Override
  public ErlangBetaGeoModel copy(ParamMap extra) {
    return copyValues(new ErlangBetaGeoModel(uid(), state()), extra).setParent(parent());
  }
}
