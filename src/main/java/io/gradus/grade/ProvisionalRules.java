package io.gradus.grade;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * When a grade is marked as provisional.
 *
 * @param minimumTenureDays days since the first purchase below which it is; default 90
 * @param minimumPurchases purchase days below which it is; default 2
 * @param minimumCoverage share of the indicators' weight that is known below which it is; default
 *     .6
 */
public record ProvisionalRules(
    @Nullable Integer minimumTenureDays,
    @Nullable Integer minimumPurchases,
    @Nullable Double minimumCoverage)
    implements Serializable {
  public ProvisionalRules {
    if (minimumCoverage != null && !(minimumCoverage >= 0 && minimumCoverage <= 1)) {
      throw new IllegalArgumentException(
          "minimum_coverage must be within 0..1, found " + minimumCoverage);
    }
  }

  /** The defaults. */
  static ProvisionalRules defaults() {
    return new ProvisionalRules(null, null, null);
  }

  /**
   * Whether a grade is provisional.
   *
   * @param tenureDays days since the first purchase; negative without purchase
   */
  boolean applies(int tenureDays, int purchases, double coverage) {
    return tenureDays < tenure() || purchases < purchases() || coverage < share();
  }

  /** The rule as a sentence. */
  String text() {
    return "A grade is provisional in the first "
        + tenure()
        + " days, below "
        + purchases()
        + " purchases, or when less than "
        + Math.round(100 * share())
        + " % of the score's weight is known.";
  }

  private int tenure() {
    return minimumTenureDays == null ? 90 : minimumTenureDays;
  }

  private int purchases() {
    return minimumPurchases == null ? 2 : minimumPurchases;
  }

  private double share() {
    return minimumCoverage == null ? .6 : minimumCoverage;
  }
}
