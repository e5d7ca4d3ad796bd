package io.gradus.ml.churn;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Learns every candidate for one cut-off from the windows that ended by it. */
final class Candidates {
  static final String ADDITIVE = "additive";
  static final String PATTERN = "bg_nbd";
  static final String TREES = "trees";

  private Candidates() {}

  /**
   * The candidates by name, the simplest first.
   *
   * @param plan the cut-off and horizon
   * @param data the customers at every origin; at least one at the cut-off
   * @param snapshots the plan's windows with outcomes; may be empty
   * @param trees whether boosted trees are wanted
   */
  static Map<String, ChurnScorer> learn(
      TrainingPlan plan, Snapshots data, List<Snapshot> snapshots, boolean trees) {
    Map<String, ChurnScorer> learned = new LinkedHashMap<>();
    List<CustomerState> population = data.population(plan.asOf());
    PatternModel pattern = data.pattern(plan.asOf());
    double reference =
        Arrays.stream(pattern.logits(population, plan.horizonDays())).average().orElseThrow();
    if (snapshots.stream().mapToInt(Snapshot::size).sum() > 0) {
      learned.putAll(Baselines.learn(snapshots));
    }
    learned.put(PATTERN, new PatternScorer(pattern, plan.horizonDays(), 0, reference));
    if (bothClasses(snapshots)) {
      double shift = BaseRate.shift(plan, snapshots, data::pattern);
      AdditiveScorer.Learned additive =
          AdditiveScorer.learn(plan, population, snapshots, pattern, shift);
      learned.put(ADDITIVE, additive.scorer());
      if (trees) {
        learned.put(
            TREES, BoostedTrees.learn(additive.scorer(), additive.rows(), additive.estimate()));
      }
    }
    return learned;
  }

  /** Whether the labels hold buyers and churned customers. */
  static boolean bothClasses(List<Snapshot> snapshots) {
    boolean stayed = false;
    boolean churned = false;
    for (Snapshot snapshot : snapshots) {
      for (boolean label : snapshot.churned()) {
        churned |= label;
        stayed |= !label;
      }
    }
    return stayed && churned;
  }
}
