package io.gradus.grade;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Growing lists of numbers, one per column. Its arrays travel as Java serializes them, in one piece
 * each; public, as Spark wants it.
 */
public final class IndicatorValues implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[][] numbers;
  private final int[] sizes;

  IndicatorValues(int columns) {
    this.numbers = new double[columns][16];
    this.sizes = new int[columns];
  }

  void add(int column, double value) {
    reserve(column, sizes[column] + 1);
    numbers[column][sizes[column]++] = value;
  }

  void addAll(int column, IndicatorValues other) {
    int more = other.sizes[column];
    reserve(column, sizes[column] + more);
    System.arraycopy(other.numbers[column], 0, numbers[column], sizes[column], more);
    sizes[column] += more;
  }

  double[] sorted(int column) {
    double[] sorted = Arrays.copyOf(numbers[column], sizes[column]);
    Arrays.sort(sorted);
    return sorted;
  }

  private void reserve(int column, int size) {
    if (size > numbers[column].length) {
      numbers[column] = Arrays.copyOf(numbers[column], size + size / 2);
    }
  }
}
