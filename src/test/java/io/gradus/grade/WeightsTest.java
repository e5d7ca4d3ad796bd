package io.gradus.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightsTest {
  /** Diakoulaki et al. (1995), table 1: eight Greek pharmaceutical firms. */
  private static final double[][] FIRMS = {
    {61, 1.08, 4.33}, {20.7, .26, 4.34}, {16.3, 1.98, 2.53}, {9, 3.29, 1.65},
    {5.4, 2.77, 2.33}, {4, 4.12, 1.21}, {-6.1, 3.52, 2.10}, {-34.6, 3.31, .98}
  };

  @Test
  void criticGivesThePublishedWeights() {
    double[][] scaled = scaled(FIRMS);

    double[] weights = ObjectiveWeights.critic(deviations(scaled), correlations(scaled));

    assertThat(weights)
        .containsExactly(new double[] {.20222554, .48090173, .31687273}, within(1e-8));
  }

  @Test
  void entropyOfAConstantIsWorthNothing() {
    // p = (1/2, 1/2) has the full entropy; p = (1/4, 3/4) does not.
    double[] weights =
        ObjectiveWeights.entropy(
            new double[] {2, 4}, new double[] {0, 3 * Math.log(3)}, new long[] {2, 2});

    assertThat(weights[0]).isCloseTo(0, within(1e-15));
    assertThat(weights[1]).isCloseTo(1, within(1e-15));
  }

  @Test
  void entropyOfTwoColumnsAsByHand() {
    // Columns (1, 3) and (1, 7): e = .811278 and .543564 bits, so the weights are .188722 and
    // .456436 over their sum.
    double[] weights =
        ObjectiveWeights.entropy(
            new double[] {4, 8},
            new double[] {3 * Math.log(3), 7 * Math.log(7)},
            new long[] {2, 2});

    assertThat(weights[0]).isCloseTo(.188721876 / (.188721876 + .456435556), within(1e-8));
  }

  /** Saaty (1977): distances of six cities from Philadelphia; real shares .278 to .019. */
  @Test
  void ahpGivesSaatysCityWeights() {
    double[][] a = {
      {1, 1 / 3.0, 8, 3, 3, 7},
      {3, 1, 9, 3, 3, 9},
      {1 / 8.0, 1 / 9.0, 1, 1 / 6.0, 1 / 5.0, 2},
      {1 / 3.0, 1 / 3.0, 6, 1, 1 / 3.0, 6},
      {1 / 3.0, 1 / 3.0, 5, 3, 1, 6},
      {1 / 7.0, 1 / 9.0, .5, 1 / 6.0, 1 / 6.0, 1}
    };

    Ahp ahp =
        Ahp.solve(List.of("Cairo", "Tokyo", "Chicago", "San Francisco", "London", "Montreal"), a);

    // Published by the eigenvector; the geometric mean differs in the third decimal.
    assertThat(ahp.weights())
        .containsExactly(new double[] {.262, .397, .033, .116, .164, .027}, within(.003));
    assertThat(ahp.lambdaMax()).isCloseTo(6.45, within(.01));
    assertThat(ahp.consistencyRatio()).isCloseTo(.45 / 5 / 1.24, within(.002));
  }

  @Test
  void consistentComparisonsGiveTheirOwnWeights() {
    double[] truth = {.5, .3, .2};
    double[][] a = new double[3][3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        a[i][j] = truth[i] / truth[j];
      }
    }

    Ahp ahp = Ahp.solve(List.of("a", "b", "c"), a);

    assertThat(ahp.weights()).containsExactly(truth, within(1e-12));
    assertThat(ahp.lambdaMax()).isCloseTo(3, within(1e-12));
    assertThat(ahp.consistencyRatio()).isCloseTo(0, within(1e-12));
  }

  @Test
  void boundsKeepTheProportionsOfTheRest() {
    double[] fitted = new WeightBounds(.05, .45).fit(new double[] {.80, .12, .06, .02});

    assertThat(Arrays.stream(fitted).sum()).isCloseTo(1, within(1e-12));
    assertThat(fitted[0]).isCloseTo(.45, within(1e-9));
    assertThat(fitted[3]).isBetween(.05, .45);
    assertThat(fitted[1] / fitted[2]).isCloseTo(2, within(1e-9));
  }

  private static double[][] scaled(double[][] rows) {
    double[][] columns = new double[rows[0].length][rows.length];
    for (int j = 0; j < columns.length; j++) {
      int column = j;
      double[] values = Arrays.stream(rows).mapToDouble(row -> row[column]).toArray();
      double low = Arrays.stream(values).min().orElseThrow();
      double high = Arrays.stream(values).max().orElseThrow();
      columns[j] = Arrays.stream(values).map(v -> (v - low) / (high - low)).toArray();
    }
    return columns;
  }

  private static double[] deviations(double[][] columns) {
    return Arrays.stream(columns).mapToDouble(c -> Math.sqrt(covariance(c, c))).toArray();
  }

  private static double[][] correlations(double[][] columns) {
    double[] sd = deviations(columns);
    double[][] r = new double[sd.length][sd.length];
    for (int j = 0; j < sd.length; j++) {
      for (int k = 0; k < sd.length; k++) {
        r[j][k] = covariance(columns[j], columns[k]) / sd[j] / sd[k];
      }
    }
    return r;
  }

  private static double covariance(double[] a, double[] b) {
    double ma = Arrays.stream(a).average().orElseThrow();
    double mb = Arrays.stream(b).average().orElseThrow();
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - ma) * (b[i] - mb);
    }
    return sum / a.length;
  }
}
