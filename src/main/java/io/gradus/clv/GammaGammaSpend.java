package io.gradus.clv;

import io.gradus.math.GammaFunctions;
import java.io.Serializable;
import java.util.List;

/**
 * The Gamma–Gamma model of spend per purchase (Fader and Hardie 2013, "The Gamma-Gamma Model of
 * Monetary Value"): a purchase is gamma(p, ν), ν differs between customers as gamma(q, v).
 *
 * @param p shape of a purchase's value, &gt; 0
 * @param q shape of the differences between customers, &gt; 0; their mean exists for q &gt; 1
 * @param v scale in money, &gt; 0
 */
public record GammaGammaSpend(double p, double q, double v) implements Serializable {
  static final List<String> PARAMETERS = List.of("p", "q", "v");

  /**
   * @throws IllegalArgumentException when a parameter is not positive and finite
   */
  public GammaGammaSpend {
    Checks.positive(PARAMETERS, p, q, v);
  }

  /** The names of the parameters in the order of {@link #parameters()}. */
  public static List<String> parameterNames() {
    return PARAMETERS;
  }

  /** p, q, v. */
  public double[] parameters() {
    return new double[] {p, q, v};
  }

  /** Whether the mean over customers exists, q &gt; 1. */
  public boolean hasMean() {
    return q > 1;
  }

  /** The mean spend per purchase over all customers, p v / (q − 1); infinite when q ≤ 1. */
  public double populationMean() {
    return hasMean() ? p * v / (q - 1) : Double.POSITIVE_INFINITY;
  }

  /**
   * A customer's expected spend per purchase, p (v + x m) / (p x + q − 1); infinite where it does
   * not exist.
   *
   * @param purchases number x of observed purchases, ≥ 0
   * @param mean their mean value m, &gt; 0; ignored when there is none
   */
  public double expectedValue(int purchases, double mean) {
    double total = purchases == 0 ? 0 : purchases * mean;
    double denominator = p * purchases + q - 1;
    return denominator > 0 ? p * (v + total) / denominator : Double.POSITIVE_INFINITY;
  }

  /**
   * The variance of a customer's own mean spend p/ν, given what was observed; infinite where it
   * does not exist.
   */
  public double varianceOfMean(int purchases, double mean) {
    double shape = p * purchases + q;
    double expected = expectedValue(purchases, mean);
    return shape > 2 ? expected * expected / (shape - 2) : Double.POSITIVE_INFINITY;
  }

  /** The expected variance p/ν² of one purchase around the customer's own mean. */
  public double varianceOfPurchase(int purchases, double mean) {
    double shape = p * purchases + q;
    double expected = expectedValue(purchases, mean);
    return shape > 2
        ? expected * expected * (shape - 1) / (p * (shape - 2))
        : Double.POSITIVE_INFINITY;
  }

  /**
   * The log-density of a mean of x purchases.
   *
   * @param purchases ≥ 1
   * @param mean &gt; 0
   */
  public double logDensity(int purchases, double mean) {
    double shape = p * purchases;
    return -GammaFunctions.logBeta(shape, q)
        + q * Math.log(v)
        + (shape - 1) * Math.log(mean)
        + shape * Math.log(purchases)
        - (shape + q) * Math.log(v + purchases * mean);
  }
}
