package io.gradus.ml.churn;

import java.util.stream.IntStream;

/**
 * The SHAP values of one tree, worked out once for every combination of what its splits can decide:
 * a row costs one comparison per split and one look-up. Trees of more than {@value #MOST_SPLITS}
 * splits are worked out row by row.
 */
final class ContributionTable {
  /** A tree of depth 3 has 7 splits, which make 128 combinations. */
  private static final int MOST_SPLITS = 8;

  private final Tree tree;
  private final int[] splits;
  private final int[] inputs;
  private final double[][] values;

  ContributionTable(Tree tree) {
    this.tree = tree;
    this.splits =
        IntStream.range(0, tree.feature().length).filter(i -> tree.feature()[i] >= 0).toArray();
    this.inputs = IntStream.of(splits).map(i -> tree.feature()[i]).distinct().sorted().toArray();
    this.values = new double[splits.length > MOST_SPLITS ? 0 : 1 << splits.length][];
    for (int pattern = 0; pattern < values.length; pattern++) {
      values[pattern] = values(pattern);
    }
  }

  private double[] values(int pattern) {
    boolean[] left = new boolean[tree.feature().length];
    for (int s = 0; s < splits.length; s++) {
      left[splits[s]] = (pattern >> s & 1) == 1;
    }
    int width = inputs.length == 0 ? 0 : inputs[inputs.length - 1] + 1;
    double[] byInput = new double[width];
    TreeContributions.add(tree, left, byInput);
    return IntStream.of(inputs).mapToDouble(input -> byInput[input]).toArray();
  }

  /** Adds the tree's SHAP values for a row. */
  void add(double[] row, double[] contributions) {
    if (values.length == 0) {
      TreeContributions.add(tree, row, contributions);
      return;
    }
    int pattern = 0;
    for (int s = 0; s < splits.length; s++) {
      pattern |= tree.goesLeft(splits[s], row) ? 1 << s : 0;
    }
    double[] found = values[pattern];
    for (int i = 0; i < inputs.length; i++) {
      contributions[inputs[i]] += found[i];
    }
  }
}
