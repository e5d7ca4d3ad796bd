package io.gradus.clv;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The uncertainty of a total of customers' 12-month values. The total's gradient by the parameters'
 * logarithms comes from central differences over a sample of customers.
 */
public final class TotalValuation {
  private static final double STEP = 1e-3;

  private final PurchaseModelKind kind;
  private final int k;
  private final FitReport purchases;
  private final GammaGammaSpend spend;
  private final FitReport spendReport;
  private final AnnualRate rate;

  /**
   * @param kind the purchase model
   * @param k its stages of a wait
   * @param purchases how it was fitted
   * @param spend the spend model in use
   * @param spendReport how it was fitted; ignored when it is not a Gamma–Gamma fit
   * @param rate discount rate
   */
  public TotalValuation(
      PurchaseModelKind kind,
      int k,
      FitReport purchases,
      GammaGammaSpend spend,
      FitReport spendReport,
      AnnualRate rate) {
    this.kind = kind;
    this.k = k;
    this.purchases = purchases;
    this.spend = spend;
    this.spendReport = spendReport;
    this.rate = rate;
  }

  /**
   * One customer of the sample.
   *
   * @param history when they bought
   * @param purchases number of purchases of observed value
   * @param meanValue their mean value
   * @param margin share of revenue that counts
   */
  public record Member(History history, int purchases, double meanValue, double margin) {}

  /**
   * The variance of the sample's total that comes from the errors of the estimates.
   *
   * @param sample customers that these models value
   */
  public double parameterVariance(List<Member> sample) {
    double[] p = purchases.parameters();
    double variance =
        quadratic(purchases, gradient(p, at -> total(kind.withParameters(k, at), spend, sample)));
    double[] s = spend.parameters();
    if (Arrays.equals(s, spendReport.parameters())) {
      PurchaseProcess process = kind.withParameters(k, p);
      variance +=
          quadratic(
              spendReport,
              gradient(s, at -> total(process, new GammaGammaSpend(at[0], at[1], at[2]), sample)));
    }
    return variance;
  }

  private double total(PurchaseProcess process, GammaGammaSpend spend, List<Member> sample) {
    CustomerValuation valuation = new CustomerValuation(process, spend, rate);
    double sum = 0;
    for (Member member : sample) {
      sum +=
          valuation.expectedValue12(
              member.history(), member.purchases(), member.meanValue(), member.margin());
    }
    return sum;
  }

  private static double[] gradient(double[] at, ToDoubleFunction<double[]> function) {
    double[] gradient = new double[at.length];
    for (int i = 0; i < at.length; i++) {
      double[] up = at.clone();
      double[] down = at.clone();
      up[i] *= 1 + STEP;
      down[i] *= 1 - STEP;
      gradient[i] =
          (function.applyAsDouble(up) - function.applyAsDouble(down)) / (2 * STEP * at[i]);
    }
    return gradient;
  }

  private static double quadratic(FitReport report, double[] gradient) {
    double sum = 0;
    for (int i = 0; i < gradient.length; i++) {
      for (int j = 0; j < gradient.length; j++) {
        sum += gradient[i] * report.covariance()[i][j] * gradient[j];
      }
    }
    return sum > 0 ? sum : 0;
  }
}
