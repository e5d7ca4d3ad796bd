package io.gradus.ml.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * A company over thirty nights, retrained every ten: 3,000 customers who keep their habits, 300 who
 * stop buying and 300 who come new.
 */
class ThirtyNightsTest {
  private static final int HISTORY = 730;
  private static final int NIGHTS = 30;
  private static final int SETTLED = 3_000;
  private static final int SIZE = 3_600;

  /** Mean days between purchases and basket of each kind of customer. */
  private static final double[][] KINDS = {{7, 30}, {30, 80}, {35, 600}, {120, 50}, {400, 45}};

  private final int[][] days = new int[SIZE][];
  private final double[][] amounts = new double[SIZE][];

  ThirtyNightsTest() {
    SplittableRandom random = new SplittableRandom(30);
    for (int i = 0; i < SIZE; i++) {
      double[] kind = KINDS[i % KINDS.length];
      double gap = kind[0] * (0.7 + 0.6 * random.nextDouble());
      double basket = kind[1] * (0.6 + 0.8 * random.nextDouble());
      int first = i < 3_300 ? random.nextInt(HISTORY - 60) : HISTORY + random.nextInt(NIGHTS);
      int last = i < SETTLED || i >= 3_300 ? HISTORY + NIGHTS : HISTORY - random.nextInt(60);
      List<double[]> purchases = new ArrayList<>();
      for (double day = first;
          day <= last;
          day += Math.max(1, -gap * Math.log(1 - random.nextDouble()))) {
        purchases.add(new double[] {(int) day, basket * (0.5 + random.nextDouble())});
      }
      days[i] = purchases.stream().mapToInt(p -> (int) p[0]).toArray();
      amounts[i] = purchases.stream().mapToDouble(p -> p[1]).toArray();
    }
  }

  @Test
  void unchangedCustomersKeepTheirKey() {
    LearnedClusters first = training(night(0), 0).first();
    LearnedClusters model = first;
    String[] yesterday = keys(model, night(0));
    String[] firstNight = yesterday;
    int same = 0;
    int pairs = 0;
    for (int n = 1; n <= NIGHTS; n++) {
      CustomerSample today = night(n);
      if (n % 10 == 0) {
        String[] before = keys(model, today);
        ClusterTraining.Retrained next = training(today, n).next(model);
        assertThat(next.events()).noneMatch(e -> e.type() == ClusterEvent.Type.BORN);
        model = next.learned();
        String[] after = keys(model, today);
        assertThat(share(before, after)).as("retraining in night " + n).isGreaterThan(0.97);
      }
      String[] keys = keys(model, today);
      for (int i = 0; i < SETTLED; i++) {
        same += keys[i].equals(yesterday[i]) ? 1 : 0;
        pairs++;
      }
      yesterday = keys;
    }
    // Unchanged is who the first night's model would still place where it placed them then: others
    // have moved by what they did, which a key is there to show.
    String[] byFirst = keys(first, night(NIGHTS));
    int unchanged = 0;
    int kept = 0;
    for (int i = 0; i < SETTLED; i++) {
      if (byFirst[i].equals(firstNight[i])) {
        unchanged++;
        kept += yesterday[i].equals(firstNight[i]) ? 1 : 0;
      }
    }
    assertThat((double) kept / unchanged).isGreaterThanOrEqualTo(0.97);
    assertThat(share(firstNight, yesterday)).as("first and last night").isGreaterThan(0.9);
    assertThat((double) same / pairs).isGreaterThanOrEqualTo(0.97);
    assertThat(model.keys()).containsExactlyElementsOf(training(night(0), 0).first().keys());
  }

  private static double share(String[] before, String[] after) {
    int same = 0;
    for (int i = 0; i < SETTLED; i++) {
      same += before[i].equals(after[i]) ? 1 : 0;
    }
    return (double) same / SETTLED;
  }

  private static String[] keys(LearnedClusters model, CustomerSample sample) {
    int[] labels = model.components().assign(model.scaling().scale(sample.points()));
    String[] keys = new String[SETTLED];
    for (int i = 0; i < SETTLED; i++) {
      keys[i] = model.keys().get(labels[i]);
    }
    return keys;
  }

  private static ClusterTraining training(CustomerSample sample, int night) {
    SearchSettings settings =
        new SearchSettings(ClusterAlgorithm.KMEANS, 3, 6, 0, 10, 5, 3, 1_000L + night);
    return new ClusterTraining(
        sample, ClusterFeature.standard(), "spend_365d", 0.01, settings, null);
  }

  /** Transformed standard features of everybody who has bought by a night. */
  private CustomerSample night(int night) {
    int today = HISTORY + night;
    List<String> ids = new ArrayList<>();
    List<double[]> rows = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < SIZE; i++) {
      int purchases = 0;
      int yearly = 0;
      double total = 0;
      double spend = 0;
      for (int p = 0; p < days[i].length && days[i][p] <= today; p++) {
        purchases++;
        total += amounts[i][p];
        if (days[i][p] > today - 365) {
          yearly++;
          spend += amounts[i][p];
        }
      }
      if (purchases > 0) {
        ids.add(String.format("c%05d", i));
        values.add(spend);
        rows.add(
            new double[] {
              Math.log1p(today - days[i][purchases - 1]),
              Math.log1p(yearly),
              Math.log1p(spend),
              Math.log1p(total / purchases),
              Math.log1p(today - days[i][0])
            });
      }
    }
    return new CustomerSample(
        ids.toArray(String[]::new),
        Points.of(rows.toArray(double[][]::new)),
        values.stream().mapToDouble(Double::doubleValue).toArray(),
        ids.size());
  }
}
