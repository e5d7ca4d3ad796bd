package io.gradus.ml.churn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What any churn model has to beat, learned from the same windows: the base rate for everybody, one
 * input at a time, the hiatus rule, and logistic regression on recency, frequency and age.
 */
final class Baselines {
  static final String MAJORITY = "majority";
  static final String RECENCY = "recency";
  static final String FREQUENCY = "frequency";
  static final String HIATUS = "hiatus";
  static final String LOGISTIC_RFT = "logistic_rft";

  private static final double PENALTY = 1;
  private static final int LONGEST_HIATUS_DAYS = 720;

  private Baselines() {}

  /** Every baseline by its name, learned from the windows with the longest horizon among them. */
  static Map<String, ChurnScorer> learn(List<Snapshot> snapshots) {
    int longest = snapshots.stream().mapToInt(s -> s.window().days()).max().orElseThrow();
    List<Snapshot> full = snapshots.stream().filter(s -> s.window().days() == longest).toList();
    Map<String, ChurnScorer> learned = new LinkedHashMap<>();
    learned.put(MAJORITY, linear(full, false, false, false));
    learned.put(RECENCY, linear(full, true, false, false));
    learned.put(FREQUENCY, linear(full, false, true, false));
    learned.put(HIATUS, hiatus(full));
    learned.put(LOGISTIC_RFT, linear(full, true, true, true));
    return learned;
  }

  /** The base rate of the labels, with half a customer added to either class (Jeffreys). */
  static double rate(List<Snapshot> snapshots) {
    double churned = 0.5;
    double all = 1;
    for (Snapshot snapshot : snapshots) {
      for (boolean label : snapshot.churned()) {
        churned += label ? 1 : 0;
      }
      all += snapshot.size();
    }
    return churned / all;
  }

  private static LinearScorer linear(
      List<Snapshot> snapshots, boolean recency, boolean frequency, boolean tenure) {
    List<double[]> inputs = new ArrayList<>();
    for (Snapshot snapshot : snapshots) {
      for (CustomerState customer : snapshot.customers()) {
        double[] all = LinearScorer.inputs(customer);
        inputs.add(
            new double[] {recency ? all[0] : 0, frequency ? all[1] : 0, tenure ? all[2] : 0});
      }
    }
    double[][] rows = inputs.toArray(double[][]::new);
    Scaling scaling = Scaling.of(rows);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = scaling.apply(rows[i]);
    }
    RidgeRegression.Rows stacked =
        TrainingRows.of(
            snapshots, rows, snapshots.stream().map(s -> new double[s.size()]).toList());
    RidgeRegression.Rows pooled =
        new RidgeRegression.Rows(
            rows, stacked.offset(), stacked.response(), new int[rows.length], 1);
    RidgeRegression.Estimate estimate =
        new RidgeRegression(RidgeRegression.Family.LOGISTIC, PENALTY).fit(pooled);
    double[] slopes = new double[3];
    for (int j = 0; j < 3; j++) {
      slopes[j] = estimate.coefficients()[j] / scaling.deviations()[j];
    }
    return new LinearScorer(
        slopes[0], slopes[1], slopes[2], scaling.means(), estimate.intercepts()[0]);
  }

  /** The limit that classifies most training customers rightly; the smallest among equals. */
  private static HiatusScorer hiatus(List<Snapshot> snapshots) {
    int[][] seen = new int[LONGEST_HIATUS_DAYS + 2][2];
    for (Snapshot snapshot : snapshots) {
      for (int i = 0; i < snapshot.size(); i++) {
        int days = Math.min(LONGEST_HIATUS_DAYS + 1, snapshot.customers().get(i).daysSinceLast());
        seen[days][snapshot.churned()[i] ? 1 : 0]++;
      }
    }
    int stay = 0;
    int churn = 0;
    for (int[] day : seen) {
      stay += day[0];
      churn += day[1];
    }
    List<HiatusScorer> rules = new ArrayList<>();
    List<Integer> right = new ArrayList<>();
    int activeStay = 0;
    int activeChurn = 0;
    for (int limit = 0; limit <= LONGEST_HIATUS_DAYS; limit++) {
      activeStay += seen[limit][0];
      activeChurn += seen[limit][1];
      right.add(activeStay + churn - activeChurn);
      rules.add(
          new HiatusScorer(
              limit,
              odds(activeChurn, activeStay),
              odds(churn - activeChurn, stay - activeStay),
              odds(churn, stay)));
    }
    int best = right.stream().max(Comparator.naturalOrder()).orElseThrow();
    return rules.get(right.indexOf(best));
  }

  private static double odds(int churn, int stay) {
    return Math.log((churn + 0.5) / (stay + 0.5));
  }
}
