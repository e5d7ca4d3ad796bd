package io.gradus.ml.clv;

import io.gradus.clv.Fit;
import io.gradus.clv.PurchaseData;
import io.gradus.clv.PurchaseModelKind;
import io.gradus.clv.PurchaseProcess;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;

/**
 * Pareto/NBD (Schmittlein, Morrison and Colombo 1987) as a Spark ML estimator.
 *
 * <pre>{@code
 * ParetoNbdModel model = new ParetoNbd().fit(customers);
 * Dataset<Row> scored = model.transform(customers);
 * }</pre>
 */
public final class ParetoNbd extends PurchaseEstimator<ParetoNbd, ParetoNbdModel> {
  private static final long serialVersionUID = 1L;

  /** An estimator with a new uid. */
  public ParetoNbd() {
    this(Identifiable.randomUID("paretoNbd"));
  }

  /** An estimator with the given uid. */
  public ParetoNbd(String uid) {
    super(uid);
  }

  /** Reads a saved estimator. */
  public static MLReader<ParetoNbd> read() {
    return new DefaultParamsReader<>();
  }

  /** Reads the estimator saved at a path. */
  public static ParetoNbd load(String path) {
    return read().load(path);
  }

  @Override
  ParetoNbd self() {
    return this;
  }

  @Override
  Fit<? extends PurchaseProcess> fit(PurchaseData data) {
    return PurchaseModelKind.PARETO_NBD.fit(data);
  }

  @Override
  ParetoNbdModel model(String modelUid, PurchaseState state) {
    return new ParetoNbdModel(modelUid, state);
  }
}
