package io.gradus.ml.churn;

/**
 * Exact SHAP values of one tree by the path-dependent TreeSHAP algorithm (Lundberg, Erion and Lee
 * 2018, "Consistent Individualized Feature Attribution for Tree Ensembles", algorithm 2). Values
 * and the tree's expectation sum to the tree's value.
 */
final class TreeContributions {
  private final Tree tree;
  private final boolean[] left;
  private final double[] contributions;

  /** The inputs met on the way to a node, with the weights of the subsets they can be part of. */
  private static final class Path {
    final int[] feature;
    final double[] zero;
    final double[] one;
    final double[] weight;
    int length;

    Path(int capacity) {
      feature = new int[capacity];
      zero = new double[capacity];
      one = new double[capacity];
      weight = new double[capacity];
    }

    Path copy() {
      Path copy = new Path(feature.length + 1);
      System.arraycopy(feature, 0, copy.feature, 0, length);
      System.arraycopy(zero, 0, copy.zero, 0, length);
      System.arraycopy(one, 0, copy.one, 0, length);
      System.arraycopy(weight, 0, copy.weight, 0, length);
      copy.length = length;
      return copy;
    }

    void extend(double zeroFraction, double oneFraction, int input) {
      int depth = length++;
      feature[depth] = input;
      zero[depth] = zeroFraction;
      one[depth] = oneFraction;
      weight[depth] = depth == 0 ? 1 : 0;
      for (int i = depth - 1; i >= 0; i--) {
        weight[i + 1] += oneFraction * weight[i] * (i + 1) / (depth + 1);
        weight[i] = zeroFraction * weight[i] * (depth - i) / (depth + 1);
      }
    }

    void unwind(int at) {
      int depth = --length;
      double next = weight[depth];
      for (int i = depth - 1; i >= 0; i--) {
        if (one[at] != 0) {
          double before = weight[i];
          weight[i] = next * (depth + 1) / ((i + 1) * one[at]);
          next = before - weight[i] * zero[at] * (depth - i) / (depth + 1);
        } else {
          weight[i] = weight[i] * (depth + 1) / (zero[at] * (depth - i));
        }
      }
      for (int i = at; i < depth; i++) {
        feature[i] = feature[i + 1];
        zero[i] = zero[i + 1];
        one[i] = one[i + 1];
      }
    }

    double unwoundSum(int at) {
      int depth = length - 1;
      double next = weight[depth];
      double total = 0;
      for (int i = depth - 1; i >= 0; i--) {
        if (one[at] != 0) {
          double part = next * (depth + 1) / ((i + 1) * one[at]);
          total += part;
          next = weight[i] - part * zero[at] * (depth - i) / (depth + 1);
        } else {
          total += weight[i] * (depth + 1) / (zero[at] * (depth - i));
        }
      }
      return total;
    }

    int find(int input) {
      for (int i = 1; i < length; i++) {
        if (feature[i] == input) {
          return i;
        }
      }
      return -1;
    }
  }

  private TreeContributions(Tree tree, boolean[] left, double[] contributions) {
    this.tree = tree;
    this.left = left;
    this.contributions = contributions;
  }

  /** Adds the SHAP values of the tree's inputs for a row. */
  static void add(Tree tree, double[] row, double[] contributions) {
    boolean[] left = new boolean[tree.feature().length];
    for (int node = 0; node < left.length; node++) {
      left[node] = tree.feature()[node] >= 0 && tree.goesLeft(node, row);
    }
    add(tree, left, contributions);
  }

  /**
   * Adds the SHAP values of the tree's inputs for the rows that every split sends one way.
   *
   * @param left per node, whether a split sends the row to its left child
   */
  static void add(Tree tree, boolean[] left, double[] contributions) {
    new TreeContributions(tree, left, contributions).visit(0, new Path(2), 1, 1, -1);
  }

  private void visit(int node, Path parent, double zero, double one, int input) {
    Path path = parent.copy();
    path.extend(zero, one, input);
    if (tree.feature()[node] < 0) {
      for (int i = 1; i < path.length; i++) {
        contributions[path.feature[i]] +=
            path.unwoundSum(i) * (path.one[i] - path.zero[i]) * tree.value()[node];
      }
      return;
    }
    int split = tree.feature()[node];
    int hot = left[node] ? tree.left()[node] : tree.right()[node];
    int cold = left[node] ? tree.right()[node] : tree.left()[node];
    double zeroBefore = 1;
    double oneBefore = 1;
    int met = path.find(split);
    if (met >= 0) {
      zeroBefore = path.zero[met];
      oneBefore = path.one[met];
      path.unwind(met);
    }
    double all = tree.cover()[hot] + tree.cover()[cold];
    visit(hot, path, zeroBefore * tree.cover()[hot] / all, oneBefore, split);
    visit(cold, path, zeroBefore * tree.cover()[cold] / all, 0, split);
  }
}
