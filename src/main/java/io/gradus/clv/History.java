package io.gradus.clv;

/**
 * What a buy-till-you-die model knows of a customer: how often and how recently they bought since
 * their first purchase.
 *
 * @param frequency repeat purchase days, the first purchase not counted; ≥ 0
 * @param recencyDays days from the first to the last purchase; 0 when frequency is 0
 * @param ageDays days from the first purchase to the as-of date; ≥ recencyDays
 */
public record History(int frequency, int recencyDays, int ageDays) {
  /** The largest frequency, recency or age that a history may have. */
  public static final int MAXIMUM = (1 << 21) - 1;

  /**
   * @throws IllegalArgumentException when a number is negative, beyond {@link #MAXIMUM}, recency
   *     exceeds age, or a customer without repeat purchase has a recency
   */
  public History {
    boolean ordered = frequency >= 0 && recencyDays >= 0 && ageDays >= recencyDays;
    boolean bounded = frequency <= MAXIMUM && ageDays <= MAXIMUM;
    if (!ordered || !bounded || frequency == 0 && recencyDays != 0) {
      throw new IllegalArgumentException(
          "not a purchase history: frequency "
              + frequency
              + ", recency "
              + recencyDays
              + " days, T "
              + ageDays
              + " days");
    }
  }

  double recencyWeeks() {
    return recencyDays / Horizon.DAYS_PER_WEEK;
  }

  double ageWeeks() {
    return ageDays / Horizon.DAYS_PER_WEEK;
  }
}
