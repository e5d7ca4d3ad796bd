package io.gradus.ml.clv;

import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;

/** A fitted {@link ParetoNbd}. */
public final class ParetoNbdModel extends PurchaseModel<ParetoNbdModel> {
  private static final long serialVersionUID = 1L;

  ParetoNbdModel(String uid, PurchaseState state) {
    super(uid, state);
  }

  /** Reads a saved model. */
  public static MLReader<ParetoNbdModel> read() {
    return new Learned.Reader<>(ParetoNbdModel.class, PurchaseState.class, ParetoNbdModel::new);
  }

  /** Reads the model saved at a path. */
  public static ParetoNbdModel load(String path) {
    return read().load(path);
  }

  @Override
  ParetoNbdModel self() {
    return this;
  }

  @Override
  public ParetoNbdModel copy(ParamMap extra) {
    return copyValues(new ParetoNbdModel(uid(), state()), extra).setParent(parent());
  }
}
