package io.gradus.clv;

import java.io.Serializable;
import java.util.List;

/**
 * How a maximum likelihood fit ended.
 *
 * @param parameterNames names in the order of the arrays
 * @param parameters the estimates
 * @param covariance inverse of the observed information; zero for a parameter that lies on the
 *     boundary of what is allowed, NaN where the information is singular
 * @param logLikelihood natural logarithm, over all customers
 * @param gradientNorm largest absolute derivative of the mean log-likelihood by a parameter's
 *     logarithm
 * @param iterations Newton steps on all data
 * @param converged whether the estimates can be relied on as the maximum
 * @param reason one phrase: why the search stopped, and which parameters ran to a boundary
 * @param observations number of customers
 */
public record FitReport(
    List<String> parameterNames,
    double[] parameters,
    double[][] covariance,
    double logLikelihood,
    double gradientNorm,
    int iterations,
    boolean converged,
    String reason,
    double observations)
    implements Serializable {

  /** The report of a fit that was not tried. */
  static FitReport notFitted(String reason) {
    return new FitReport(
        List.of(), new double[0], new double[0][0], Double.NaN, Double.NaN, 0, false, reason, 0);
  }

  /** The square roots of the covariance's diagonal. */
  public double[] standardErrors() {
    double[] errors = new double[parameters.length];
    for (int i = 0; i < errors.length; i++) {
      errors[i] = Math.sqrt(covariance[i][i]);
    }
    return errors;
  }

  /** Akaike's criterion, −2 ln L + 2 · number of parameters; smaller is better. */
  public double aic() {
    return -2 * logLikelihood + 2 * parameters.length;
  }

  /** The Bayesian criterion, −2 ln L + ln(observations) · number of parameters. */
  public double bic() {
    return -2 * logLikelihood + Math.log(Math.max(1, observations)) * parameters.length;
  }
}
