package io.gradus.ml.churn;

import java.io.Serializable;
import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * How long customers wait between purchases: gaps are log-normal per customer, and a customer's own
 * mean and deviation are shrunk to all customers' as if {@value #PRIOR_GAPS} gaps of theirs had
 * been seen.
 *
 * @param logMean mean of ln(gap in days) over all gaps
 * @param logDeviation typical standard deviation of a customer's ln(gap), &gt; 0
 */
record Rhythm(double logMean, double logDeviation) implements Serializable {
  private static final double PRIOR_GAPS = 5;
  private static final int SHORTEST_DAYS = 14;
  private static final int LONGEST_DAYS = 720;
  private static final double OVERDUE = 0.80;
  private static final double LAPSED = 0.95;
  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

  /** The rhythm of the customers; two months where nobody bought twice. */
  static Rhythm of(List<CustomerState> customers) {
    double gaps = 0;
    double sum = 0;
    double degrees = 0;
    double squares = 0;
    for (CustomerState customer : customers) {
      int n = customer.gaps();
      if (n > 0) {
        gaps += n;
        sum += n * customer.logGapMean();
      }
      if (n > 1) {
        degrees += n - 1;
        squares += (n - 1) * customer.logGapDeviation() * customer.logGapDeviation();
      }
    }
    double mean = gaps > 0 ? sum / gaps : Math.log(60);
    return new Rhythm(mean, squares > 0 ? Math.sqrt(squares / degrees) : 1);
  }

  /** Mean of ln(gap in days) of a customer. */
  double logMean(CustomerState customer) {
    int n = customer.gaps();
    double own = n > 0 ? n * customer.logGapMean() : 0;
    return (own + PRIOR_GAPS * logMean) / (n + PRIOR_GAPS);
  }

  private double logDeviation(CustomerState customer) {
    int degrees = Math.max(0, customer.gaps() - 1);
    double own =
        degrees > 0 ? degrees * customer.logGapDeviation() * customer.logGapDeviation() : 0;
    double variance = (own + PRIOR_GAPS * logDeviation * logDeviation) / (degrees + PRIOR_GAPS);
    return Math.sqrt(variance);
  }

  /** Days that a share {@code q} of the customer's gaps do not exceed, kept to 14..720. */
  private double quantile(CustomerState customer, double q) {
    double z = NORMAL.inverseCumulativeProbability(q);
    double days = Math.exp(logMean(customer) + z * logDeviation(customer));
    return Math.min(LONGEST_DAYS, Math.max(SHORTEST_DAYS, days));
  }

  /**
   * Days since the last purchase ÷ the 80 % quantile of the customer's gaps; above 1 is overdue.
   */
  double overdueRatio(CustomerState customer) {
    return customer.daysSinceLast() / quantile(customer, OVERDUE);
  }

  /** Whether the customer waits longer than 95 % of their gaps. */
  boolean lapsed(CustomerState customer) {
    return customer.daysSinceLast() > quantile(customer, LAPSED);
  }

  /**
   * Days from the last purchase to the next one: the median of the customer's gaps given that the
   * gap already exceeds the days since the last purchase; ≥ 1 day after the cut-off.
   */
  int daysToNext(CustomerState customer) {
    double mean = logMean(customer);
    double deviation = logDeviation(customer);
    int waited = customer.daysSinceLast();
    double passed =
        waited == 0 ? 0 : NORMAL.cumulativeProbability((Math.log(waited) - mean) / deviation);
    double z = NORMAL.inverseCumulativeProbability((1 + passed) / 2);
    double days = Math.exp(mean + z * deviation);
    return (int) Math.max(waited + 1L, Math.min(waited + (long) LONGEST_DAYS, Math.round(days)));
  }
}
