package io.gradus.clv;

import java.util.List;

/** Fits the Gamma–Gamma model, scaled by the mean spend so that the currency plays no part. */
public final class SpendFits {
  private static final double[] LOWER = {1e-3, 1e-2, 1e-8};
  private static final double[] UPPER = {1e5, 1e5, 1e8};

  private static final double LARGEST_MEAN = 10;
  private static final double NO_SPEND = 1e-100;

  private SpendFits() {}

  /**
   * Fits to the customers with observed spend. A fit with q ≤ 1 has no mean over customers: see
   * {@link GammaGammaSpend#hasMean()}.
   */
  public static Fit<GammaGammaSpend> gammaGamma(SpendData data) {
    SpendSummary summary = data.summary();
    double unit = summary.meanValue();
    double[] lower = {LOWER[0], LOWER[1], LOWER[2] * unit};
    double[] upper = {UPPER[0], UPPER[1], UPPER[2] * unit};
    MaximumLikelihood likelihood = new MaximumLikelihood(GammaGammaSpend.PARAMETERS, lower, upper);
    List<double[]> starts =
        List.of(
            new double[] {5, 3, 0.4 * unit},
            new double[] {1, 2, unit},
            new double[] {20, 6, 0.25 * unit});
    SpendGroups coarse = data.coarse();
    double[] start = likelihood.search(coarse::sum, coarse.summary().customers(), starts);
    FitReport report = likelihood.fit(data::sum, summary.customers(), start);
    double[] p = report.parameters();
    return new Fit<>(new GammaGammaSpend(p[0], p[1], p[2]), report);
  }

  /**
   * Fits, and falls back to {@link #pooledMean} when the fit has no usable mean: q ≤ 1, or a mean
   * over customers beyond ten times what was observed (q next to 1).
   */
  public static SpendEstimate estimate(SpendData data) {
    SpendSummary summary = data.summary();
    if (!(summary.customers() > 0)) {
      return new SpendEstimate(
          pooledMean(NO_SPEND), SpendEstimate.NONE, FitReport.notFitted("no observed spend"));
    }
    Fit<GammaGammaSpend> fit = gammaGamma(data);
    double mean = fit.model().populationMean();
    boolean usable =
        Double.isFinite(fit.report().logLikelihood()) && mean < LARGEST_MEAN * summary.meanValue();
    return usable
        ? new SpendEstimate(fit.model(), SpendEstimate.GAMMA_GAMMA, fit.report())
        : new SpendEstimate(
            pooledMean(summary.meanValue()), SpendEstimate.POOLED_MEAN, fit.report());
  }

  /**
   * What stands in for a Gamma–Gamma model that has no mean or cannot be fitted: customers' mean
   * values are drawn towards {@code mean} as if two purchases of that value had been seen.
   *
   * @param mean mean spend per purchase, &gt; 0
   */
  public static GammaGammaSpend pooledMean(double mean) {
    return new GammaGammaSpend(1, 3, 2 * mean);
  }
}
