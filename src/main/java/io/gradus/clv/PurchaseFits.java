package io.gradus.clv;

import io.gradus.math.Derivatives;
import java.util.List;
import java.util.function.Function;

/**
 * Fits the purchase models: several starts on coarse groups, then Newton's method on all data. A
 * fit always gives a usable model; its report says how far to trust it.
 */
public final class PurchaseFits {
  private static final double[] BETA_GEOMETRIC_LOWER = {1e-3, 1e-4, 1e-5, 1e-5};
  private static final double[] BETA_GEOMETRIC_UPPER = {1e4, 1e7, 1e4, 1e4};
  private static final double[] PARETO_LOWER = {1e-3, 1e-4, 1e-5, 1e-4};
  private static final double[] PARETO_UPPER = {1e4, 1e7, 1e4, 1e7};

  private PurchaseFits() {}

  /**
   * Fits the beta-geometric model with k stages. For k &gt; 1 the log-likelihood includes the gaps'
   * term where the data know it, so that it compares over k.
   *
   * @param k stages of a wait, ≥ 1
   * @param dropoutAtZero whether the first purchase can be the last (MBG)
   */
  public static Fit<BetaGeometricProcess> betaGeometric(
      PurchaseData data, int k, boolean dropoutAtZero) {
    double rate = k * data.summary().rate();
    List<double[]> starts =
        List.of(
            new double[] {0.3, 0.3 / (2 * rate), 0.8, 2.4},
            new double[] {1, 1 / (2 * rate), 0.5, 4},
            new double[] {2, 2 / (3 * rate), 1.5, 1.5});
    MaximumLikelihood likelihood =
        new MaximumLikelihood(
            BetaGeometricProcess.PARAMETERS, BETA_GEOMETRIC_LOWER, BETA_GEOMETRIC_UPPER);
    FitReport report = fit(data, likelihood, new BetaGeometricLikelihood(k, dropoutAtZero), starts);
    double[] p = report.parameters();
    BetaGeometricProcess process =
        new BetaGeometricProcess(k, dropoutAtZero, p[0], p[1], p[2], p[3]);
    return new Fit<>(process, k == 1 ? report : withGaps(report, k, data.summary()));
  }

  /** Fits the Pareto/NBD model. */
  public static Fit<ParetoProcess> pareto(PurchaseData data) {
    double rate = data.summary().rate();
    List<double[]> starts =
        List.of(
            new double[] {0.5, 0.5 / (2 * rate), 0.6, 12},
            new double[] {1, 1 / (2 * rate), 1, 50},
            new double[] {2, 2 / (3 * rate), 0.3, 5});
    MaximumLikelihood likelihood =
        new MaximumLikelihood(ParetoProcess.PARAMETERS, PARETO_LOWER, PARETO_UPPER);
    FitReport report = fit(data, likelihood, new ParetoLikelihood(), starts);
    double[] p = report.parameters();
    return new Fit<>(new ParetoProcess(p[0], p[1], p[2], p[3]), report);
  }

  private static FitReport fit(
      PurchaseData data,
      MaximumLikelihood likelihood,
      PurchaseLikelihood kernel,
      List<double[]> starts) {
    PurchaseGroups coarse = data.coarse();
    Function<double[], Derivatives> onCoarse = p -> kernel.evaluate(coarse, p);
    double[] start = likelihood.search(onCoarse, coarse.summary().customers(), starts);
    return likelihood.fit(p -> data.sum(kernel, p), data.summary().customers(), start);
  }

  /** Adds (k − 1) Σ ln gap, the part of the Erlang density that the kernel leaves out. */
  private static FitReport withGaps(FitReport report, int k, PurchaseSummary summary) {
    return new FitReport(
        report.parameterNames(),
        report.parameters(),
        report.covariance(),
        report.logLikelihood() + (k - 1) * summary.logGaps(),
        report.gradientNorm(),
        report.iterations(),
        report.converged(),
        report.reason(),
        report.observations());
  }
}
