package io.gradus.ml.churn;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Learns for one cut-off from snapshots in memory: candidates, their comparison, the choice. */
final class Learning {
  /** Customers whose outcome is seen, from which one cut-off is enough to choose on. */
  private static final int ENOUGH_OUTCOMES = 5_000;

  private final TrainingPlan plan;
  private final Snapshots snapshots;
  private final List<CustomerState> population;
  private final Map<String, ChurnScorer> candidates;
  private final Selection selection;
  private final LearnedChurn learned;

  /**
   * @param trees whether boosted trees are learned though they were not chosen
   */
  Learning(TrainingPlan plan, Snapshots snapshots, boolean trees) {
    this.plan = plan;
    this.snapshots = snapshots;
    this.population = snapshots.population(plan.asOf());
    this.selection = select();
    List<Snapshot> training = training(plan);
    this.candidates =
        Candidates.learn(
            plan, snapshots, training, trees || selection.method().equals(Candidates.TREES));
    this.learned = learned(training);
  }

  private List<Snapshot> training(TrainingPlan of) {
    return of.windows().stream().map(snapshots::labelled).toList();
  }

  private boolean usable(TrainingPlan earlier) {
    return !snapshots.population(earlier.asOf()).isEmpty()
        && Candidates.bothClasses(training(earlier))
        && Candidates.bothClasses(List.of(snapshots.labelled(earlier.target())));
  }

  /** Judges on as many earlier cut-offs as it takes to see enough customers. */
  private Selection select() {
    Selection.Evidence evidence = new Selection.Evidence();
    for (TrainingPlan earlier : plan.validations()) {
      if (evidence.customers() < ENOUGH_OUTCOMES && usable(earlier)) {
        List<CustomerState> then = snapshots.population(earlier.asOf());
        List<Snapshot> training = training(earlier);
        Map<String, ChurnScorer> learned = Candidates.learn(earlier, snapshots, training, true);
        SpendModel spend = snapshots.spend(earlier.asOf());
        Snapshot test = snapshots.labelled(earlier.target());
        SpendFold fold = SpendFold.of(test, spend, hurdle(learned, then, training, spend));
        evidence.add(test, snapshots.ids(earlier.asOf()), learned, fold);
      }
    }
    return Selection.on(evidence);
  }

  private static @Nullable HurdleSpend hurdle(
      Map<String, ChurnScorer> learned,
      List<CustomerState> population,
      List<Snapshot> training,
      SpendModel spend) {
    boolean spent =
        training.stream().flatMapToDouble(s -> Arrays.stream(s.value())).anyMatch(v -> v > 0);
    return spent && learned.get(Candidates.ADDITIVE) instanceof AdditiveScorer additive
        ? HurdleSpend.learn(population, training, additive, spend)
        : null;
  }

  /** Every candidate learned for the cut-off. */
  Map<String, ChurnScorer> candidates() {
    return candidates;
  }

  /** What others would have forecast. */
  PeerForecasts peers() {
    if (!(candidates.get(Candidates.PATTERN) instanceof PatternScorer scorer)) {
      throw new IllegalStateException("the purchase model is always a candidate");
    }
    return new PeerForecasts(plan, population, training(plan), scorer.pattern());
  }

  /** The published model. */
  ChurnRiskModel model() {
    return new ChurnRiskModel(learned, selection.metrics());
  }

  /** What the published model learned. */
  LearnedChurn learned() {
    return learned;
  }

  private LearnedChurn learned(List<Snapshot> training) {
    boolean oneClass =
        training.stream().anyMatch(s -> s.size() > 0) && !Candidates.bothClasses(training);
    SpendModel spend = snapshots.spend(plan.asOf());
    String method = method(oneClass);
    ChurnScorer scorer =
        oneClass ? LinearScorer.constant(Baselines.rate(training)) : candidates.get(method);
    return new LearnedChurn(
        method,
        oneClass ? "the training labels hold one class only" : reason(method),
        plan.horizonDays(),
        plan.asOf().toString(),
        scorer,
        Rhythm.of(population),
        spend,
        hurdle(candidates, population, training, spend),
        selection.hurdleSpend());
  }

  /** The forecasts of spend beside what came in the plan's own window. */
  SpendFold spend(Snapshot test) {
    SpendModel spend = Objects.requireNonNull(learned.spend());
    return SpendFold.of(test, spend, learned.hurdle());
  }

  private String method(boolean oneClass) {
    if (oneClass) {
      return ChurnRiskModel.BASE_RATE;
    }
    if (candidates.containsKey(selection.method())) {
      return selection.method();
    }
    return candidates.containsKey(Candidates.ADDITIVE) ? Candidates.ADDITIVE : Candidates.PATTERN;
  }

  private String reason(String method) {
    return method.equals(selection.method())
        ? selection.reason()
        : "history is too short to compare models on an earlier cut-off";
  }
}
