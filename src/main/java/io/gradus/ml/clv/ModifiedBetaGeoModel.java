package io.gradus.ml.clv;

import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;

/** A fitted {@link ModifiedBetaGeo}. */
public final class ModifiedBetaGeoModel extends PurchaseModel<ModifiedBetaGeoModel> {
  private static final long serialVersionUID = 1L;

  ModifiedBetaGeoModel(String uid, PurchaseState state) {
    super(uid, state);
  }

  /** Reads a saved model. */
  public static MLReader<ModifiedBetaGeoModel> read() {
    return new Learned.Reader<>(
        ModifiedBetaGeoModel.class, PurchaseState.class, ModifiedBetaGeoModel::new);
  }

  /** Reads the model saved at a path. */
  public static ModifiedBetaGeoModel load(String path) {
    return read().load(path);
  }

  @Override
  ModifiedBetaGeoModel self() {
    return this;
  }

  @Override
  public ModifiedBetaGeoModel copy(ParamMap extra) {
    return copyValues(new ModifiedBetaGeoModel(uid(), state()), extra).setParent(parent());
  }
}
