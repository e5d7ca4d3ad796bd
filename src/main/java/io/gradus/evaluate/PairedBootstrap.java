package io.gradus.evaluate;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The difference of two models on the same customers, resampled over customers (Efron and
 * Tibshirani 1993). A difference beyond noise has an interval that leaves out 0.
 */
public final class PairedBootstrap {
  private static final int RESAMPLES = 1000;
  private static final long SEED = 20_261_121L;

  private PairedBootstrap() {}

  /**
   * The mean of {@code first − second} with its percentile interval. With losses, a positive value
   * says that the second model is better.
   *
   * @param first one loss per customer
   * @param second the other model's losses of the same customers in the same order
   * @throws IllegalArgumentException when the lengths differ or are 0
   */
  public static Interval meanDifference(double[] first, double[] second) {
    return meanDifference(first, second, 0.05);
  }

  /**
   * The same with another error probability, such as 0.05 ÷ the number of comparisons (Bonferroni).
   *
   * @param error probability that the interval misses, at least 0.002
   */
  public static Interval meanDifference(double[] first, double[] second, double error) {
    if (first.length != second.length || first.length == 0) {
      throw new IllegalArgumentException(
          "paired figures need the same customers: " + first.length + " and " + second.length);
    }
    double[] difference = new double[first.length];
    for (int i = 0; i < difference.length; i++) {
      difference[i] = first[i] - second[i];
    }
    SplittableRandom random = new SplittableRandom(SEED);
    double[] means = new double[RESAMPLES];
    for (int r = 0; r < RESAMPLES; r++) {
      double total = 0;
      for (int i = 0; i < difference.length; i++) {
        total += difference[random.nextInt(difference.length)];
      }
      means[r] = total / difference.length;
    }
    Arrays.sort(means);
    return new Interval(
        Metrics.mean(difference),
        means[(int) (error / 2 * RESAMPLES)],
        means[(int) Math.ceil((1 - error / 2) * RESAMPLES) - 1]);
  }
}
