package io.gradus.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AssignmentTest {
  @Test
  void textbookExampleCostsThirteen() {
    double[][] cost = {{4, 1, 3}, {2, 0, 5}, {3, 2, 2}};
    assertThat(Assignment.minimise(cost)).containsExactly(1, 0, 2);
  }

  @Test
  void equalsTheBestOfAllPermutationsAlsoWhenRectangularOrNegative() {
    Random random = new Random(7);
    for (int trial = 0; trial < 300; trial++) {
      int rows = 1 + random.nextInt(6);
      int columns = 1 + random.nextInt(6);
      double[][] cost = new double[rows][columns];
      for (double[] row : cost) {
        Arrays.setAll(row, j -> Math.rint(random.nextDouble() * 20 - 6));
      }
      int[] assignment = Assignment.minimise(cost);
      assertThat(total(cost, assignment)).isCloseTo(best(cost, 0, new boolean[columns]), within(1e-9));
      long assigned = Arrays.stream(assignment).filter(j -> j >= 0).count();
      assertThat(assigned).isEqualTo(Math.min(rows, columns));
      assertThat(Arrays.stream(assignment).filter(j -> j >= 0).distinct().count())
          .isEqualTo(assigned);
    }
  }

  @Test
  void emptyAndInvalidMatrices() {
    assertThat(Assignment.minimise(new double[0][0])).isEmpty();
    assertThat(Assignment.minimise(new double[2][0])).containsOnly(Assignment.UNASSIGNED);
    assertThatThrownBy(() -> Assignment.minimise(new double[][] {{1, 2}, {3}}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Assignment.minimise(new double[][] {{Double.NaN}}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double total(double[][] cost, int[] assignment) {
    double sum = 0;
    for (int i = 0; i < cost.length; i++) {
      sum += assignment[i] < 0 ? 0 : cost[i][assignment[i]];
    }
    return sum;
  }

  /** Tries every way; rows may stay free only as far as columns are short. */
  private static double best(double[][] cost, int row, boolean[] used) {
    if (row == cost.length) {
      return 0;
    }
    int free = 0;
    for (boolean taken : used) {
      free += taken ? 0 : 1;
    }
    double best = cost.length - row > free ? best(cost, row + 1, used) : Double.POSITIVE_INFINITY;
    for (int j = 0; j < used.length; j++) {
      if (!used[j]) {
        used[j] = true;
        best = Math.min(best, cost[row][j] + best(cost, row + 1, used));
        used[j] = false;
      }
    }
    return best;
  }
}
