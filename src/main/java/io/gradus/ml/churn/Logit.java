package io.gradus.ml.churn;

import java.util.function.DoubleUnaryOperator;

/** Log-odds and probabilities. */
final class Logit {
  private static final double CLIP = 1e-4;

  private Logit() {}

  static double probability(double logit) {
    return logit >= 0 ? 1 / (1 + Math.exp(-logit)) : Math.exp(logit) / (1 + Math.exp(logit));
  }

  /** ln(p / (1 − p)), p kept 1e-4 from 0 and 1. */
  static double of(double probability) {
    double p = Math.min(1 - CLIP, Math.max(CLIP, probability));
    return Math.log(p / (1 - p));
  }

  /** ln(1 + e^x). */
  static double softplus(double x) {
    return Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  /**
   * The shift that makes the mean probability equal the mean label. The slope is kept away from 0
   * as if one more, undecided customer were there, so that one class gives a finite answer.
   */
  static double shift(double[] logits, boolean[] labels) {
    double low = -30;
    double high = 30;
    double target = 0.5;
    for (boolean label : labels) {
      target += label ? 1 : 0;
    }
    target *= labels.length / (labels.length + 1.0);
    double rest = target;
    DoubleUnaryOperator excess =
        shift -> {
          double sum = 0;
          for (double logit : logits) {
            sum += probability(logit + shift);
          }
          return sum - rest;
        };
    while (high - low > 1e-10) {
      double middle = (low + high) / 2;
      if (excess.applyAsDouble(middle) < 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }
}
