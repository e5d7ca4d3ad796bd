package io.gradus.clv;

import io.gradus.math.BoundedNewton;
import io.gradus.math.BoundedNewton.Minimum;
import io.gradus.math.Cholesky;
import io.gradus.math.Derivatives;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Maximises a log-likelihood of positive parameters by Newton's method in their logarithms, inside
 * wide bounds: a parameter that runs away (no difference between customers, say) stops there, where
 * the likelihood is flat, and is reported.
 */
final class MaximumLikelihood {
  private static final double GRADIENT_TOLERANCE = 1e-11;
  private static final double SEARCH_TOLERANCE = 1e-5;

  private final List<String> names;
  private final double[] lower;
  private final double[] upper;

  MaximumLikelihood(List<String> names, double[] lower, double[] upper) {
    this.names = names;
    this.lower = lower;
    this.upper = upper;
  }

  /** The best of several searches to a rough tolerance. */
  double[] search(
      Function<double[], Derivatives> logLikelihood, double observations, List<double[]> starts) {
    double[] best = starts.get(0);
    double bestValue = Double.POSITIVE_INFINITY;
    for (double[] start : starts) {
      Minimum minimum = minimise(logLikelihood, observations, start, SEARCH_TOLERANCE);
      if (minimum.derivatives().value() < bestValue - 1e-12) {
        best = exp(minimum.point());
        bestValue = minimum.derivatives().value();
      }
    }
    return best;
  }

  /** The maximum next to {@code start}. */
  FitReport fit(
      Function<double[], Derivatives> logLikelihood, double observations, double[] start) {
    Minimum minimum = minimise(logLikelihood, observations, start, GRADIENT_TOLERANCE);
    boolean[] bounded = bounded(minimum.point());
    return new FitReport(
        names,
        exp(minimum.point()),
        covariance(minimum, bounded, observations),
        -minimum.derivatives().value() * observations,
        minimum.gradientNorm(),
        minimum.iterations(),
        minimum.converged(),
        reason(minimum, bounded),
        observations);
  }

  private Minimum minimise(
      Function<double[], Derivatives> logLikelihood,
      double observations,
      double[] start,
      double tolerance) {
    Function<double[], Derivatives> negativeMean =
        logs -> {
          double[] at = exp(logs);
          return logLikelihood.apply(at).inLogarithms(at).times(-1 / observations);
        };
    return new BoundedNewton(log(lower), log(upper), tolerance).minimise(negativeMean, log(start));
  }

  private boolean[] bounded(double[] logs) {
    boolean[] bounded = new boolean[logs.length];
    for (int i = 0; i < logs.length; i++) {
      bounded[i] = logs[i] <= Math.log(lower[i]) || logs[i] >= Math.log(upper[i]);
    }
    return bounded;
  }

  private String reason(Minimum minimum, boolean[] bounded) {
    StringBuilder reason = new StringBuilder(minimum.reason());
    for (int i = 0; i < bounded.length; i++) {
      if (bounded[i]) {
        boolean low = minimum.point()[i] <= Math.log(lower[i]);
        reason.append("; ").append(names.get(i)).append(low ? " at its lower" : " at its upper");
        reason.append(" bound: the data do not tell customers apart there");
      }
    }
    return reason.toString();
  }

  /** The delta method from the logarithms: cov(p) = diag(p) H⁻¹ diag(p) / n. */
  private static double[][] covariance(Minimum minimum, boolean[] bounded, double observations) {
    int n = bounded.length;
    double[][] information = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        boolean free = !bounded[i] && !bounded[j];
        information[i][j] = free ? minimum.derivatives().hessian()[i][j] : i == j ? 1 : 0;
      }
    }
    Cholesky factor = Cholesky.of(information, 0);
    double[][] covariance = new double[n][n];
    double[] at = exp(minimum.point());
    double[][] inverse = factor == null ? null : factor.inverse();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double free = bounded[i] || bounded[j] ? 0 : 1;
        covariance[i][j] =
            inverse == null ? Double.NaN : free * at[i] * at[j] * inverse[i][j] / observations;
      }
    }
    return covariance;
  }

  private static double[] exp(double[] logs) {
    return Arrays.stream(logs).map(Math::exp).toArray();
  }

  private static double[] log(double[] values) {
    return Arrays.stream(values).map(Math::log).toArray();
  }
}
