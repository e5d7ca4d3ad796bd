package io.gradus.clv;

import io.gradus.math.Derivatives;
import java.io.Serializable;

/** A model's log-likelihood as a function of its parameters. */
@FunctionalInterface
public interface PurchaseLikelihood extends Serializable {
  /** The weighted sum over the groups, with gradient and Hessian by the parameters. */
  Derivatives evaluate(PurchaseGroups groups, double[] parameters);
}
