package io.gradus.ml.churn;

import io.gradus.evaluate.Interval;
import io.gradus.evaluate.Metrics;
import io.gradus.evaluate.ModelFigures;
import io.gradus.evaluate.ModelMetric;
import io.gradus.evaluate.PairedBootstrap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which candidate is published, judged on earlier cut-offs whose outcome is known. Losses are
 * compared by paired bootstrap over customers after every candidate's level has been set right on
 * that cut-off: the level of the next window is forecast apart from the model, and one season's
 * luck with it says nothing about a model. A candidate must win beyond noise though several try
 * (Bonferroni).
 *
 * @param method name of the candidate
 * @param reason one sentence: why
 * @param hurdleSpend whether the hurdle forecast of spend ranked better than BTYD × spend
 * @param metrics every candidate's figures
 */
record Selection(String method, String reason, boolean hurdleSpend, List<ModelMetric> metrics) {
  private static final double ERROR = 0.05;

  /** What candidates did at earlier cut-offs. */
  static final class Evidence {
    private final ModelFigures figures = new ModelFigures();
    private final List<SpendFold> spends = new ArrayList<>();
    private final Map<String, Map<String, Double>> losses = new LinkedHashMap<>();
    private int cutOffs;
    private int customers;

    /** Outcomes seen so far. */
    int customers() {
      return customers;
    }

    /**
     * Adds a cut-off.
     *
     * @param test the customers with their outcome
     * @param ids of the customers, in their order
     * @param candidates learned from what was known then
     */
    void add(
        Snapshot test, List<String> ids, Map<String, ChurnScorer> candidates, SpendFold spend) {
      cutOffs++;
      customers += test.size();
      spends.add(spend);
      candidates.forEach(
          (name, scorer) -> {
            double[] logits = logits(scorer, test.customers());
            figures.addChurn(
                test.window().origin(), name, test.churned(), probabilities(logits, 0));
            double level = Logit.shift(logits, test.churned());
            double[] losses = Metrics.logLosses(test.churned(), probabilities(logits, level));
            add(name, ids, losses);
          });
      spend.addTo(figures);
    }

    private void add(String name, List<String> ids, double[] own) {
      Map<String, Double> all = losses.computeIfAbsent(name, n -> new TreeMap<>());
      for (int i = 0; i < own.length; i++) {
        all.merge(ids.get(i), own[i], Double::sum);
      }
    }

    /** Each candidate's loss per customer over all cut-offs, customers in the same order. */
    private Map<String, double[]> losses() {
      Map<String, double[]> known = new LinkedHashMap<>();
      losses.forEach(
          (name, byCustomer) ->
              known.put(
                  name, byCustomer.values().stream().mapToDouble(Double::doubleValue).toArray()));
      return known;
    }

    private boolean hurdleRanksBetter() {
      return spends.stream().mapToDouble(SpendFold::hurdleGain).sum() > 0;
    }
  }

  /** The choice; none without a cut-off to judge on. */
  static Selection on(Evidence evidence) {
    if (evidence.cutOffs == 0) {
      return new Selection("", "", false, List.of());
    }
    Map<String, double[]> losses = evidence.losses();
    String standard =
        losses.containsKey(Candidates.ADDITIVE) ? Candidates.ADDITIVE : Candidates.PATTERN;
    losses.forEach(
        (name, loss) -> {
          if (!name.equals(standard)) {
            evidence.figures.addGain(
                null, standard, name, losses.getOrDefault(standard, loss), loss);
          }
        });
    Choice choice = choose(standard, losses);
    String on =
        evidence.cutOffs == 1 ? " on an earlier cut-off" : " on " + evidence.cutOffs + " cut-offs";
    return new Selection(
        choice.method(),
        choice.reason() + on,
        evidence.hurdleRanksBetter(),
        evidence.figures.rows());
  }

  private record Choice(String method, String reason) {}

  private static Choice choose(String standard, Map<String, double[]> losses) {
    double[] own = losses.getOrDefault(standard, new double[0]);
    String best = standard;
    double error = ERROR / Math.max(1, losses.size() - 1);
    double gain = 0;
    for (Map.Entry<String, double[]> other : losses.entrySet()) {
      if (!other.getKey().equals(standard)) {
        Interval difference = PairedBootstrap.meanDifference(own, other.getValue(), error);
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
