package io.gradus.ml.churn;

import io.gradus.evaluate.Interval;
import io.gradus.evaluate.Metrics;
import io.gradus.evaluate.ModelFigures;
import io.gradus.evaluate.ModelMetric;
import io.gradus.evaluate.PairedBootstrap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which candidate is published, judged on the newest cut-off whose outcome is known. Losses are
 * compared by paired bootstrap after every candidate's level has been set right on that fold: the
 * level of the next window is forecast apart from the model, and one season's luck with it says
 * nothing about a model.
 *
 * @param method name of the candidate
 * @param reason one sentence: why
 * @param hurdleSpend whether the hurdle forecast of spend ranked better than BTYD × spend
 * @param metrics every candidate's figures on the fold
 */
record Selection(String method, String reason, boolean hurdleSpend, List<ModelMetric> metrics) {

  /** No earlier cut-off to judge on. */
  static final Selection NONE = new Selection("", "", false, List.of());

  /**
   * Judges candidates on the customers of an earlier cut-off.
   *
   * @param candidates learned from what was known then
   * @param test the same cut-off with its outcome
   */
  static Selection on(Snapshot test, Map<String, ChurnScorer> candidates, SpendFold spend) {
    ModelFigures figures = new ModelFigures();
    Map<String, double[]> losses = new LinkedHashMap<>();
    candidates.forEach(
        (name, scorer) -> {
          double[] logits = logits(scorer, test.customers());
          figures.addChurn(test.window().origin(), name, test.churned(), probabilities(logits, 0));
          double level = Logit.shift(logits, test.churned());
          losses.put(name, Metrics.logLosses(test.churned(), probabilities(logits, level)));
        });
    spend.addTo(figures);
    String standard =
        candidates.containsKey(Candidates.ADDITIVE) ? Candidates.ADDITIVE : Candidates.PATTERN;
    losses.forEach(
        (name, loss) -> {
          if (!name.equals(standard)) {
            figures.addGain(
                test.window().origin(), standard, name, losses.getOrDefault(standard, loss), loss);
          }
        });
    Choice choice = choose(standard, losses);
    return new Selection(
        choice.method(), choice.reason(), spend.hurdleRanksBetter(), figures.rows());
  }

  private record Choice(String method, String reason) {}

  private static Choice choose(String standard, Map<String, double[]> losses) {
    double[] own = losses.getOrDefault(standard, new double[0]);
    String best = standard;
    double gain = 0;
    for (Map.Entry<String, double[]> other : losses.entrySet()) {
      if (!other.getKey().equals(standard)) {
        Interval difference = PairedBootstrap.meanDifference(own, other.getValue());
        if (difference.lower() > 0 && difference.value() > gain) {
          best = other.getKey();
          gain = difference.value();
        }
      }
    }
    if (!best.equals(standard)) {
      return new Choice(best, best + " beats " + standard + " by paired bootstrap");
    }
    double[] recency = losses.get(Baselines.RECENCY);
    if (recency != null && PairedBootstrap.meanDifference(recency, own).lower() <= 0) {
      return new Choice(smallest(losses, standard), standard + " is no better than recency alone");
    }
    return new Choice(standard, standard + " beats recency alone and no candidate beats it");
  }

  /** The baseline with the smallest mean loss; the first among equals. */
  private static String smallest(Map<String, double[]> losses, String standard) {
    String smallest = standard;
    double least = Double.POSITIVE_INFINITY;
    for (Map.Entry<String, double[]> candidate : losses.entrySet()) {
      double mean = 0;
      for (double loss : candidate.getValue()) {
        mean += loss / candidate.getValue().length;
      }
      if (!candidate.getKey().equals(standard) && mean < least) {
        smallest = candidate.getKey();
        least = mean;
      }
    }
    return smallest;
  }

  /** The log-odds of the customers, in their order. */
  static double[] logits(ChurnScorer scorer, List<CustomerState> customers) {
    return customers.stream().mapToDouble(scorer::logit).toArray();
  }

  /** The probabilities of shifted log-odds. */
  static double[] probabilities(double[] logits, double shift) {
    double[] probabilities = new double[logits.length];
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = Logit.probability(logits[i] + shift);
    }
    return probabilities;
  }
}
