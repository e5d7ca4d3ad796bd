package io.gradus.ml.churn;

import java.io.Serializable;

/**
 * A regression tree in arrays indexed by node, the root first. A row goes left where its input, as
 * a float, is below the threshold.
 *
 * @param feature input of a split; −1 at a leaf
 * @param threshold of a split
 * @param left node below the threshold
 * @param right node otherwise
 * @param value of a leaf, in log-odds
 * @param cover training weight that reached the node, &gt; 0
 */
record Tree(
    int[] feature, double[] threshold, int[] left, int[] right, double[] value, double[] cover)
    implements Serializable {

  /** The value of the leaf that a row falls into. */
  double value(double[] row) {
    int node = 0;
    while (feature[node] >= 0) {
      node = goesLeft(node, row) ? left[node] : right[node];
    }
    return value[node];
  }

  /** Whether a split sends a row to its left child. */
  boolean goesLeft(int node, double[] row) {
    return (float) row[feature[node]] < (float) threshold[node];
  }

  /** The mean leaf value over the training rows. */
  double expectation() {
    return expectation(0);
  }

  private double expectation(int node) {
    if (feature[node] < 0) {
      return value[node];
    }
    double l = cover[left[node]];
    double r = cover[right[node]];
    return (l * expectation(left[node]) + r * expectation(right[node])) / (l + r);
  }
}
