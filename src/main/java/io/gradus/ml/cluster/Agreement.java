package io.gradus.ml.cluster;

/** How far two partitions of the same points agree. */
final class Agreement {
  private final long[][] table;
  private final long[] rows;
  private final long[] columns;
  private final long points;

  private Agreement(long[][] table, long[] rows, long[] columns, long points) {
    this.table = table;
    this.rows = rows;
    this.columns = columns;
    this.points = points;
  }

  /** Cross-tabulates labels 0..k−1; a negative label leaves the point out. */
  static Agreement of(int[] first, int firstCount, int[] second, int secondCount) {
    long[][] table = new long[firstCount][secondCount];
    long[] rows = new long[firstCount];
    long[] columns = new long[secondCount];
    long points = 0;
    for (int i = 0; i < first.length; i++) {
      if (first[i] >= 0 && second[i] >= 0) {
        table[first[i]][second[i]]++;
        rows[first[i]]++;
        columns[second[i]]++;
        points++;
      }
    }
    return new Agreement(table, rows, columns, points);
  }

  /**
   * The Rand index adjusted for chance (Hubert and Arabie 1985): 1 for equal partitions, about 0
   * for independent ones.
   */
  double adjustedRand() {
    double together = 0;
    for (long[] row : table) {
      together += pairs(row);
    }
    double inFirst = pairs(rows);
    double inSecond = pairs(columns);
    double expected = points < 2 ? 0 : inFirst * inSecond / (points * (points - 1) / 2.0);
    double most = (inFirst + inSecond) / 2;
    return most == expected ? 1 : (together - expected) / (most - expected);
  }

  /** |A ∩ B| / |A ∪ B| of a cluster of each partition; 0 when both are empty. */
  double jaccard(int first, int second) {
    long both = table[first][second];
    long either = rows[first] + columns[second] - both;
    return either == 0 ? 0 : (double) both / either;
  }

  /** The Jaccard index of a cluster of the first partition with its best match in the second. */
  double bestJaccard(int first) {
    double best = 0;
    for (int c = 0; c < columns.length; c++) {
      best = Math.max(best, jaccard(first, c));
    }
    return best;
  }

  /** The share of a cluster of the first partition that lies in one of the second. */
  double shareOfFirst(int first, int second) {
    return rows[first] == 0 ? 0 : (double) table[first][second] / rows[first];
  }

  /** The share of a cluster of the second partition that comes from one of the first. */
  double shareOfSecond(int first, int second) {
    return columns[second] == 0 ? 0 : (double) table[first][second] / columns[second];
  }

  private static double pairs(long[] counts) {
    double sum = 0;
    for (long n : counts) {
      sum += n * (n - 1) / 2.0;
    }
    return sum;
  }
}
