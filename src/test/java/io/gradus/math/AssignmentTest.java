package io.gradus.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AssignmentTest {

  /** The cases of SciPy's own test of linear_sum_assignment, with its answers. */
  @Test
  void solvesPublishedCases() {
    assertCost(new double[][] {{400, 150, 400}, {400, 450, 600}, {300, 225, 300}}, 850);
    assertCost(new double[][] {{400, 150, 400, 1}, {400, 450, 600, 2}, {300, 225, 300, 3}}, 452);
    assertCost(new double[][] {{10, 10, 8}, {9, 8, 1}, {9, 7, 4}}, 18);
    assertCost(new double[][] {{10, 10, 8, 11}, {9, 8, 1, 1}, {9, 7, 4, 10}}, 15);
    assertThat(Assignment.solve(new double[][] {{4, 1, 3}, {2, 0, 5}, {3, 2, 2}}))
        .containsExactly(1, 0, 2);
  }

  /** Munkres' example C(i,j) = i·j: the products of opposite ends. */
  @Test
  void solvesTheMultiplicationTable() {
    double[][] cost = {{1, 2, 3}, {2, 4, 6}, {3, 6, 9}};
    assertThat(Assignment.solve(cost)).containsExactly(2, 1, 0);
    assertCost(cost, 10);
  }

  @Test
  void leavesRowsWithoutColumnWhenThereAreTooMany() {
    int[] columns = Assignment.solve(new double[][] {{5}, {1}, {3}});
    assertThat(columns).containsExactly(-1, 0, -1);
    assertThat(Assignment.solve(new double[0][])).isEmpty();
    assertThat(Assignment.solve(new double[2][0])).containsExactly(-1, -1);
  }

  @Test
  void refusesCostsThatAreNotNumbers() {
    assertThatThrownBy(() -> Assignment.solve(new double[][] {{Double.NaN}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> Assignment.solve(new double[][] {{1, 2}, {3}}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property(tries = 300)
  void isAsCheapAsTheBestPermutation(
      @ForAll @IntRange(min = 1, max = 6) int rows,
      @ForAll @IntRange(min = 1, max = 6) int columns,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] cost = new double[rows][columns];
    for (double[] row : cost) {
      Arrays.setAll(row, j -> random.nextInt(-20, 20));
    }
    int[] solved = Assignment.solve(cost);
    assertThat(Arrays.stream(solved).filter(j -> j >= 0).distinct().count())
        .isEqualTo(Math.min(rows, columns));
    assertThat(Assignment.cost(cost, solved))
        .isCloseTo(
            bruteForce(cost, 0, new boolean[columns], Math.max(0, rows - columns)), within(1e-9));
  }

  private static void assertCost(double[][] cost, double expected) {
    assertThat(Assignment.cost(cost, Assignment.solve(cost))).isEqualTo(expected);
  }

  private static double bruteForce(double[][] cost, int row, boolean[] used, int skips) {
    if (row == cost.length) {
      return 0;
    }
    double best = skips > 0 ? bruteForce(cost, row + 1, used, skips - 1) : Double.MAX_VALUE;
    for (int j = 0; j < used.length; j++) {
      if (!used[j]) {
        used[j] = true;
        best = Math.min(best, cost[row][j] + bruteForce(cost, row + 1, used, skips));
        used[j] = false;
      }
    }
    return best;
  }
}
