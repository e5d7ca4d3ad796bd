package io.gradus.clv;

import java.io.Serializable;

/**
 * A spend model that can always be used, and how it came about.
 *
 * @param model gives every customer a finite expected value
 * @param method gamma_gamma; pooled_mean when that fit has no usable mean; none when no spend was
 *     observed at all
 * @param report how the Gamma–Gamma fit ended, also when it is not used
 */
public record SpendEstimate(GammaGammaSpend model, String method, FitReport report)
    implements Serializable {
  /** The Gamma–Gamma model as fitted. */
  public static final String GAMMA_GAMMA = "gamma_gamma";

  /** Customers' mean values drawn towards the mean of all. */
  public static final String POOLED_MEAN = "pooled_mean";

  /** No spend was observed. */
  public static final String NONE = "none";
}
