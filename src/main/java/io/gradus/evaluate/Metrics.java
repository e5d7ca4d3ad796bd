package io.gradus.evaluate;

/**
 * Figures of merit on arrays in memory. Labels are true for the positive class; probabilities and
 * scores are larger where the positive class is thought more likely. Equal scores are averaged over
 * their orders wherever a figure depends on order. A figure that the data do not define (one class
 * only, no value at all, an empty array) is NaN.
 */
public final class Metrics {
  /** Probabilities are kept this far from 0 and 1 in the logarithmic loss. */
  public static final double CLIP = 1e-6;

  private Metrics() {}

  /** Area under the receiver operating characteristic (Mann–Whitney), 0..1. */
  public static double rocAuc(boolean[] positive, double[] score) {
    double[] ranks = Ranks.of(score);
    double sum = 0;
    double positives = 0;
    for (int i = 0; i < positive.length; i++) {
      if (positive[i]) {
        sum += ranks[i];
        positives++;
      }
    }
    double negatives = positive.length - positives;
    return positives == 0 || negatives == 0
        ? Double.NaN
        : (sum - positives * (positives + 1) / 2) / (positives * negatives);
  }

  /**
   * Average precision, the area under the precision-recall curve as a step function: Σ (recall_k −
   * recall_{k−1}) · precision_k over the distinct scores, 0..1.
   */
  public static double averagePrecision(boolean[] positive, double[] score) {
    int[] order = Ranks.descending(score);
    double positives = count(positive);
    double hits = 0;
    double area = 0;
    for (int from = 0; from < order.length; ) {
      int to = Ranks.endOfTies(score, order, from);
      double before = hits;
      for (int i = from; i < to; i++) {
        hits += positive[order[i]] ? 1 : 0;
      }
      area += (hits - before) * hits / to;
      from = to;
    }
    return positives == 0 ? Double.NaN : area / positives;
  }

  /** Mean squared error of the probabilities, 0..1, smaller is better. */
  public static double brier(boolean[] positive, double[] probability) {
    return mean(brierLosses(positive, probability));
  }

  /** The squared error of each probability. */
  public static double[] brierLosses(boolean[] positive, double[] probability) {
    double[] losses = new double[positive.length];
    for (int i = 0; i < losses.length; i++) {
      double error = (positive[i] ? 1 : 0) - probability[i];
      losses[i] = error * error;
    }
    return losses;
  }

  /** Mean negative log-likelihood in nats, probabilities clipped by {@link #CLIP}. */
  public static double logLoss(boolean[] positive, double[] probability) {
    return mean(logLosses(positive, probability));
  }

  /** The negative log-likelihood of each label. */
  public static double[] logLosses(boolean[] positive, double[] probability) {
    double[] losses = new double[positive.length];
    for (int i = 0; i < losses.length; i++) {
      double p = Math.min(1 - CLIP, Math.max(CLIP, probability[i]));
      losses[i] = -Math.log(positive[i] ? p : 1 - p);
    }
    return losses;
  }

  /**
   * Expected calibration error: the mean absolute difference of observed rate and mean probability
   * over bins of equal count, weighted by count, 0..1.
   */
  public static double calibrationError(boolean[] positive, double[] probability, int bins) {
    int n = positive.length;
    int[] order = Ranks.ascending(probability);
    double error = 0;
    for (int bin = 0, from = 0; bin < bins; bin++) {
      int to = from + n / bins + (bin < n % bins ? 1 : 0);
      double difference = 0;
      for (int i = from; i < to; i++) {
        difference += (positive[order[i]] ? 1 : 0) - probability[order[i]];
      }
      error += Math.abs(difference);
      from = to;
    }
    return n == 0 ? Double.NaN : error / n;
  }

  /** The share of all positives among the fraction of rows with the highest scores, 0..1. */
  public static double recallAt(boolean[] positive, double[] score, double fraction) {
    double[] weight = new double[positive.length];
    for (int i = 0; i < weight.length; i++) {
      weight[i] = positive[i] ? 1 : 0;
    }
    return captureAt(weight, score, fraction);
  }

  /** Positive rate among the highest scores ÷ positive rate of all, ≥ 0. */
  public static double liftAt(boolean[] positive, double[] score, double fraction) {
    int n = positive.length;
    return recallAt(positive, score, fraction) * n / Math.ceil(fraction * n);
  }

  /**
   * The share of the total value held by the fraction of rows with the highest scores; the row
   * count is rounded up, equal scores at the edge contribute their mean.
   */
  public static double captureAt(double[] value, double[] score, double fraction) {
    int take = (int) Math.ceil(fraction * value.length);
    int[] order = Ranks.descending(score);
    double captured = 0;
    for (int from = 0; from < take; ) {
      int to = Ranks.endOfTies(score, order, from);
      double tied = 0;
      for (int i = from; i < to; i++) {
        tied += value[order[i]];
      }
      captured += tied * (Math.min(to, take) - from) / (to - from);
      from = to;
    }
    return captured / sum(value);
  }

  /**
   * Normalised Gini: the area between the cumulative value by descending score and the diagonal, ÷
   * the same area by descending value; 1 is a perfect order, 0 a random one.
   */
  public static double normalisedGini(double[] value, double[] score) {
    return giniArea(value, score) / giniArea(value, value);
  }

  private static double giniArea(double[] value, double[] score) {
    double[] ranks = Ranks.of(score);
    double weighted = 0;
    for (int i = 0; i < value.length; i++) {
      weighted += value[i] * ranks[i];
    }
    return weighted / sum(value) - (value.length + 1) / 2.0;
  }

  /** Spearman's rank correlation, equal values sharing their mean rank, −1..1. */
  public static double spearman(double[] a, double[] b) {
    return correlation(Ranks.of(a), Ranks.of(b));
  }

  /** Mean absolute error, in the unit of the values. */
  public static double meanAbsoluteError(double[] actual, double[] predicted) {
    double total = 0;
    for (int i = 0; i < actual.length; i++) {
      total += Math.abs(actual[i] - predicted[i]);
    }
    return total / actual.length;
  }

  /** Σ predicted ÷ Σ actual; 1 is unbiased. */
  public static double bias(double[] actual, double[] predicted) {
    return sum(predicted) / sum(actual);
  }

  /** The share of true labels. */
  public static double rate(boolean[] positive) {
    return count(positive) / positive.length;
  }

  private static double correlation(double[] a, double[] b) {
    double meanA = mean(a);
    double meanB = mean(b);
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (a[i] - meanA) * (b[i] - meanB);
      aa += (a[i] - meanA) * (a[i] - meanA);
      bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return ab / Math.sqrt(aa * bb);
  }

  private static double count(boolean[] positive) {
    double positives = 0;
    for (boolean label : positive) {
      positives += label ? 1 : 0;
    }
    return positives;
  }

  static double mean(double[] values) {
    return sum(values) / values.length;
  }

  private static double sum(double[] values) {
    double total = 0;
    for (double value : values) {
      total += value;
    }
    return total;
  }
}
