package io.gradus.ml.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The bounded iteration against the textbook's: every point to its nearest centre, centres to the
 * means.
 */
class LloydTest {

  @Test
  void boundsChangeNothing() {
    SplittableRandom random = new SplittableRandom(3);
    for (int k = 1; k <= 9; k++) {
      double[][] rows = new double[500][4];
      double[] weights = new double[rows.length];
      for (int i = 0; i < rows.length; i++) {
        weights[i] = random.nextInt(4);
        for (int j = 0; j < rows[i].length; j++) {
          rows[i][j] = random.nextDouble() + (j == 0 ? i % 3 : 0);
        }
      }
      double[][] start = Arrays.copyOf(rows, k);

      KMeans.Fit fit = KMeans.lloyd(Points.of(rows), weights, start);

      double[][] centres = textbook(rows, weights, start);
      for (int c = 0; c < k; c++) {
        assertThat(fit.centres()[c]).containsExactly(centres[c], within(1e-12));
      }
      double cost = 0;
      for (int i = 0; i < rows.length; i++) {
        int nearest = nearest(rows[i], centres);
        assertThat(fit.labels()[i]).isEqualTo(nearest);
        cost += weights[i] * squared(rows[i], centres[nearest]);
      }
      assertThat(fit.cost()).isCloseTo(cost, within(1e-9));
    }
  }

  private static double[][] textbook(double[][] rows, double[] weights, double[][] start) {
    double[][] centres = Arrays.stream(start).map(double[]::clone).toArray(double[][]::new);
    boolean moved = true;
    while (moved) {
      double[][] sums = new double[centres.length][rows[0].length];
      double[] mass = new double[centres.length];
      for (int i = 0; i < rows.length; i++) {
        int c = nearest(rows[i], centres);
        mass[c] += weights[i];
        for (int j = 0; j < rows[i].length; j++) {
          sums[c][j] += weights[i] * rows[i][j];
        }
      }
      for (int c = 0; c < centres.length; c++) {
        for (int j = 0; j < sums[c].length; j++) {
          sums[c][j] /= mass[c];
        }
      }
      moved = !Arrays.deepEquals(sums, centres);
      centres = sums;
    }
    return centres;
  }

  private static int nearest(double[] row, double[][] centres) {
    int best = 0;
    for (int c = 1; c < centres.length; c++) {
      best = squared(row, centres[c]) < squared(row, centres[best]) ? c : best;
    }
    return best;
  }

  private static double squared(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += (a[j] - b[j]) * (a[j] - b[j]);
    }
    return sum;
  }
}
