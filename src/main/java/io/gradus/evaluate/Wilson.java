package io.gradus.evaluate;

/** The score interval of a share (Wilson 1927, JASA 22), which holds for small counts too. */
public final class Wilson {
  private static final double Z = 1.959963984540054;

  private Wilson() {}

  /**
   * The 95 % interval of a share.
   *
   * @param hits 0 to trials
   * @param trials at least 1
   */
  public static Interval of(long hits, long trials) {
    double p = hits / (double) trials;
    double squared = Z * Z / trials;
    double centre = (p + squared / 2) / (1 + squared);
    double half = Z * Math.sqrt(p * (1 - p) / trials + squared / (4 * trials)) / (1 + squared);
    return new Interval(p, Math.max(0, centre - half), Math.min(1, centre + half));
  }
}
