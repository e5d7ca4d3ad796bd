package io.gradus.ml.rfm;

import org.jspecify.annotations.Nullable;

/**
 * The worst value that still earns a score.
 *
 * @param scope the scope's value, or {@link #OVERALL}
 * @param measure what is scored
 * @param score 2..5; everything that misses the cut for 2 scores 1
 * @param threshold days (a customer earns the score with at most that many), purchase days or money
 *     (with at least that much); null when no customer earned the score
 * @param customers how many customers with a purchase in the window the cut was learned from; 0 for
 *     given numbers
 */
public record RfmCutPoint(
    String scope, RfmMeasure measure, int score, @Nullable Double threshold, long customers) {

  /** The scope of all customers; also serves customers whose own scope has no cut-points. */
  public static final String OVERALL = "*";

  public RfmCutPoint {
    if (score < 2 || score > 5) {
      throw new IllegalArgumentException("a cut-point is for a score of 2 to 5, found " + score);
    }
    if (threshold != null && !Double.isFinite(threshold)) {
      throw new IllegalArgumentException(
          measure.column() + " cut-point for score " + score + " must be finite");
    }
  }
}
