package io.gradus.math;

import java.util.Arrays;

/**
 * The linear assignment problem by the Hungarian method with potentials (Kuhn 1955; the O(n³)
 * shortest augmenting path form of Jonker and Volgenant 1987).
 */
public final class Assignment {
  /** What {@link #minimise} gives a row that gets no column. */
  public static final int UNASSIGNED = -1;

  private Assignment() {}

  /**
   * Gives each row at most one column and each column at most one row, as many as possible, at the
   * least total cost. Of equally cheap assignments always the same one is found.
   *
   * @param cost rows × columns, finite, rectangular; may be empty
   * @return the column of each row, or {@link #UNASSIGNED} for rows beyond the number of columns
   * @throws IllegalArgumentException when the rows differ in length or a cost is not finite
   */
  public static int[] minimise(double[][] cost) {
    int rows = cost.length;
    int columns = rows == 0 ? 0 : cost[0].length;
    check(cost, columns);
    if (rows <= columns) {
      return solve(cost, rows, columns);
    }
    double[][] transposed = new double[columns][rows];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        transposed[j][i] = cost[i][j];
      }
    }
    int[] rowOfColumn = solve(transposed, columns, rows);
    int[] columnOfRow = new int[rows];
    Arrays.fill(columnOfRow, UNASSIGNED);
    for (int j = 0; j < columns; j++) {
      columnOfRow[rowOfColumn[j]] = j;
    }
    return columnOfRow;
  }

  private static void check(double[][] cost, int columns) {
    for (double[] row : cost) {
      if (row.length != columns) {
        throw new IllegalArgumentException(
            "cost matrix is not rectangular: rows of " + columns + " and " + row.length);
      }
      for (double value : row) {
        if (!Double.isFinite(value)) {
          throw new IllegalArgumentException("cost is not finite: " + value);
        }
      }
    }
  }

  /** Adds one row after the other by a shortest augmenting path; index 0 is a sentinel. */
  private static int[] solve(double[][] cost, int rows, int columns) {
    double[] rowPotential = new double[rows + 1];
    double[] columnPotential = new double[columns + 1];
    int[] rowOfColumn = new int[columns + 1];
    int[] previous = new int[columns + 1];
    for (int row = 1; row <= rows; row++) {
      rowOfColumn[0] = row;
      int column = 0;
      double[] slack = new double[columns + 1];
      Arrays.fill(slack, Double.POSITIVE_INFINITY);
      boolean[] used = new boolean[columns + 1];
      do {
        used[column] = true;
        int current = rowOfColumn[column];
        double least = Double.POSITIVE_INFINITY;
        int nearest = 0;
        for (int j = 1; j <= columns; j++) {
          if (used[j]) {
            continue;
          }
          double reduced =
              cost[current - 1][j - 1] - rowPotential[current] - columnPotential[j];
          if (reduced < slack[j]) {
            slack[j] = reduced;
            previous[j] = column;
          }
          if (slack[j] < least) {
            least = slack[j];
            nearest = j;
          }
        }
        for (int j = 0; j <= columns; j++) {
          if (used[j]) {
            rowPotential[rowOfColumn[j]] += least;
            columnPotential[j] -= least;
          } else {
            slack[j] -= least;
          }
        }
        column = nearest;
      } while (rowOfColumn[column] != 0);
      while (column != 0) {
        int before = previous[column];
        rowOfColumn[column] = rowOfColumn[before];
        column = before;
      }
    }
    int[] columnOfRow = new int[rows];
    for (int j = 1; j <= columns; j++) {
      if (rowOfColumn[j] != 0) {
        columnOfRow[rowOfColumn[j] - 1] = j - 1;
      }
    }
    return columnOfRow;
  }
}
