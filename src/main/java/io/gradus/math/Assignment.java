package io.gradus.math;

import java.util.Arrays;

/**
 * The linear assignment problem: rows to columns, each used at most once, at least total cost.
 * Shortest augmenting paths with potentials (Jonker and Volgenant 1987), O(rows² · columns).
 */
public final class Assignment {
  private Assignment() {}

  /**
   * The column of each row, or −1 for a row without one (only when there are more rows than
   * columns; then every column is used).
   *
   * @param cost rectangular, finite
   * @throws IllegalArgumentException when rows differ in length or a cost is not finite
   */
  public static int[] solve(double[][] cost) {
    int rows = cost.length;
    int columns = rows == 0 ? 0 : cost[0].length;
    validate(cost, columns);
    if (rows == 0 || columns == 0) {
      int[] none = new int[rows];
      Arrays.fill(none, -1);
      return none;
    }
    if (rows <= columns) {
      return inverse(rowOfColumn(cost), rows);
    }
    return rowOfColumn(transpose(cost));
  }

  /** The total cost of an assignment as {@link #solve} returns it. */
  public static double cost(double[][] cost, int[] columnOfRow) {
    double total = 0;
    for (int i = 0; i < columnOfRow.length; i++) {
      total += columnOfRow[i] < 0 ? 0 : cost[i][columnOfRow[i]];
    }
    return total;
  }

  /** For each column the row assigned to it or −1; needs rows ≤ columns. */
  private static int[] rowOfColumn(double[][] cost) {
    int columns = cost[0].length;
    double[] rowPotential = new double[cost.length];
    double[] columnPotential = new double[columns + 1];
    int[] rowOf = new int[columns + 1];
    Arrays.fill(rowOf, -1);
    for (int row = 0; row < cost.length; row++) {
      augment(cost, row, rowPotential, columnPotential, rowOf);
    }
    return Arrays.copyOf(rowOf, columns);
  }

  /** Adds one row by the shortest augmenting path; index {@code columns} is the path's source. */
  private static void augment(
      double[][] cost, int row, double[] rowPotential, double[] columnPotential, int[] rowOf) {
    int source = rowOf.length - 1;
    double[] slack = new double[source];
    int[] previous = new int[source];
    boolean[] done = new boolean[source + 1];
    Arrays.fill(slack, Double.POSITIVE_INFINITY);
    rowOf[source] = row;
    int current = source;
    while (rowOf[current] >= 0) {
      done[current] = true;
      int from = rowOf[current];
      int next = -1;
      for (int j = 0; j < source; j++) {
        if (!done[j]) {
          double reduced = cost[from][j] - rowPotential[from] - columnPotential[j];
          if (reduced < slack[j]) {
            slack[j] = reduced;
            previous[j] = current;
          }
          next = next < 0 || slack[j] < slack[next] ? j : next;
        }
      }
      double delta = slack[next];
      for (int j = 0; j <= source; j++) {
        if (done[j]) {
          rowPotential[rowOf[j]] += delta;
          columnPotential[j] -= delta;
        } else {
          slack[j] -= delta;
        }
      }
      current = next;
    }
    while (current != source) {
      rowOf[current] = rowOf[previous[current]];
      current = previous[current];
    }
    rowOf[source] = -1;
  }

  private static int[] inverse(int[] rowOfColumn, int rows) {
    int[] columnOfRow = new int[rows];
    Arrays.fill(columnOfRow, -1);
    for (int j = 0; j < rowOfColumn.length; j++) {
      if (rowOfColumn[j] >= 0) {
        columnOfRow[rowOfColumn[j]] = j;
      }
    }
    return columnOfRow;
  }

  private static double[][] transpose(double[][] cost) {
    double[][] transposed = new double[cost[0].length][cost.length];
    for (int i = 0; i < cost.length; i++) {
      for (int j = 0; j < cost[0].length; j++) {
        transposed[j][i] = cost[i][j];
      }
    }
    return transposed;
  }

  private static void validate(double[][] cost, int columns) {
    for (double[] row : cost) {
      if (row.length != columns) {
        throw new IllegalArgumentException(
            "cost rows must have equal length, found " + columns + " and " + row.length);
      }
      for (double value : row) {
        if (!Double.isFinite(value)) {
          throw new IllegalArgumentException("assignment cost must be finite, found " + value);
        }
      }
    }
  }
}
