package io.gradus.grade;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The analytic hierarchy process (Saaty 1977, Journal of Mathematical Psychology 15): weights from
 * pairwise comparisons by the geometric mean of the rows, and how far the comparisons contradict
 * each other.
 *
 * @param weights in the order of the items, adding up to 1
 * @param lambdaMax the mean of (A·w)ᵢ/wᵢ, which is n for comparisons without contradiction
 * @param consistencyRatio (λmax − n)/(n − 1) over Saaty's mean of random matrices; 0 below 3 items
 * @param worst the items i, j, k whose comparisons contradict most: |ln(a_ij·a_jk/a_ik)|; empty
 *     below 3 items
 */
record Ahp(double[] weights, double lambdaMax, double consistencyRatio, List<String> worst) {
  private static final double LIMIT = .10;

  /** Mean consistency index of random reciprocal matrices of size 1..15 (Saaty 1980). */
  private static final double[] RANDOM_INDEX = {
    0, 0, .58, .90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59
  };

  /**
   * Reads the comparisons, each pair once, and derives the weights.
   *
   * @param comparisons {@code item → item → how many times more the first matters}, 1/9..9
   * @throws IllegalArgumentException when a pair is missing, doubled or out of range, or when the
   *     consistency ratio is .10 or more
   */
  static Ahp of(List<String> items, Map<String, Map<String, Double>> comparisons) {
    Ahp ahp = solve(items, matrix(items, comparisons));
    if (ahp.consistencyRatio >= LIMIT) {
      throw new IllegalArgumentException(
          String.format(
              java.util.Locale.ROOT,
              "weighting.comparisons contradict each other: consistency ratio %.3f, must be below"
                  + " 0.10; look at %s first",
              ahp.consistencyRatio,
              String.join(", ", ahp.worst)));
    }
    return ahp;
  }

  /** The weights and consistency of a full reciprocal matrix. */
  static Ahp solve(List<String> items, double[][] a) {
    int n = items.size();
    double[] weights = new double[n];
    for (int i = 0; i < n; i++) {
      weights[i] = Math.exp(Arrays.stream(a[i]).map(Math::log).sum() / n);
    }
    double sum = Arrays.stream(weights).sum();
    double lambda = 0;
    for (int i = 0; i < n; i++) {
      weights[i] /= sum;
    }
    for (int i = 0; i < n; i++) {
      double row = 0;
      for (int j = 0; j < n; j++) {
        row += a[i][j] * weights[j];
      }
      lambda += row / weights[i] / n;
    }
    double ratio =
        n < 3 ? 0 : (lambda - n) / (n - 1) / RANDOM_INDEX[Math.min(n, RANDOM_INDEX.length) - 1];
    return new Ahp(weights, lambda, Math.max(0, ratio), worst(items, a));
  }

  private static double[][] matrix(
      List<String> items, Map<String, Map<String, Double>> comparisons) {
    int n = items.size();
    double[][] a = new double[n][n];
    for (int i = 0; i < n; i++) {
      a[i][i] = 1;
    }
    comparisons.forEach(
        (row, others) -> others.forEach((column, times) -> put(items, a, row, column, times)));
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (a[i][j] == 0) {
          throw new IllegalArgumentException(
              "weighting.comparisons: "
                  + items.get(i)
                  + " and "
                  + items.get(j)
                  + " are not compared, add "
                  + items.get(i)
                  + ": {"
                  + items.get(j)
                  + ": …}");
        }
      }
    }
    return a;
  }

  private static void put(
      List<String> items, double[][] a, String row, String column, double times) {
    int i = items.indexOf(row);
    int j = items.indexOf(column);
    if (i < 0 || j < 0 || i == j) {
      throw new IllegalArgumentException(
          "weighting.comparisons: cannot compare '"
              + row
              + "' with '"
              + column
              + "'; the dimensions are "
              + items);
    }
    if (!(times >= 1 / 9.0 - 1e-3 && times <= 9)) {
      throw new IllegalArgumentException(
          "weighting.comparisons." + row + "." + column + " must be within 1/9..9, found " + times);
    }
    if (a[i][j] != 0) {
      throw new IllegalArgumentException(
          "weighting.comparisons: "
              + items.get(Math.min(i, j))
              + " and "
              + items.get(Math.max(i, j))
              + " are compared twice, keep one");
    }
    a[i][j] = times;
    a[j][i] = 1 / times;
  }

  private static List<String> worst(List<String> items, double[][] a) {
    double largest = -1;
    List<String> worst = List.of();
    for (int i = 0; i < items.size(); i++) {
      for (int j = i + 1; j < items.size(); j++) {
        for (int k = j + 1; k < items.size(); k++) {
          double contradiction = Math.abs(Math.log(a[i][j] * a[j][k] / a[i][k]));
          if (contradiction > largest) {
            largest = contradiction;
            worst = List.of(items.get(i), items.get(j), items.get(k));
          }
        }
      }
    }
    return worst;
  }
}
