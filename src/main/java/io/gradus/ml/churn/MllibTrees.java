package io.gradus.ml.churn;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.regression.DecisionTreeRegressionModel;
import org.apache.spark.ml.regression.GBTRegressionModel;
import org.apache.spark.ml.regression.GBTRegressor;
import org.apache.spark.ml.tree.ContinuousSplit;
import org.apache.spark.ml.tree.InternalNode;
import org.apache.spark.ml.tree.Node;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Boosted trees by Spark MLlib. MLlib knows no starting log-odds, so its trees are fitted to the
 * working response (y − p) ÷ p(1 − p) of the additive model with weights p(1 − p): one Newton step
 * of logistic regression (Friedman 2001, "Greedy Function Approximation", section 4.4), which adds
 * to the model's log-odds.
 */
final class MllibTrees {
  private static final int ROUNDS = 20;
  private static final double RATE = 0.1;
  private static final int DEPTH = 3;
  private static final int LEAST_ROWS = 50;
  private static final double LEAST_WEIGHT = 0.01;

  private static final StructType SCHEMA =
      new StructType()
          .add("features", new VectorUDT())
          .add("response", DataTypes.DoubleType)
          .add("weight", DataTypes.DoubleType);

  private MllibTrees() {}

  /**
   * The trees.
   *
   * @param rows the additive model's training rows
   * @param margins its log-odds on them
   */
  static List<Tree> learn(RidgeRegression.Rows rows, float[] margins) {
    GBTRegressionModel model = fit(frame(rows, margins));
    List<Tree> trees = new ArrayList<>();
    DecisionTreeRegressionModel[] fitted = model.trees();
    for (int t = 0; t < fitted.length; t++) {
      trees.add(tree(fitted[t].rootNode(), model.treeWeights()[t]));
    }
    return List.copyOf(trees);
  }

  static GBTRegressionModel fit(Dataset<Row> frame) {
    return new GBTRegressor()
        .setFeaturesCol("features")
        .setLabelCol("response")
        .setWeightCol("weight")
        .setMaxIter(ROUNDS)
        .setStepSize(RATE)
        .setMaxDepth(DEPTH)
        .setMinInstancesPerNode(LEAST_ROWS)
        .setSeed(1)
        .fit(frame);
  }

  static Dataset<Row> frame(RidgeRegression.Rows rows, float[] margins) {
    List<Row> frame = new ArrayList<>();
    for (int i = 0; i < margins.length; i++) {
      double p = Logit.probability(margins[i]);
      double weight = Math.max(LEAST_WEIGHT, p * (1 - p));
      double[] inputs = new double[rows.inputs()[i].length];
      for (int j = 0; j < inputs.length; j++) {
        inputs[j] = (float) rows.inputs()[i][j];
      }
      frame.add(
          RowFactory.create(Vectors.dense(inputs), (rows.response()[i] - p) / weight, weight));
    }
    return SparkSession.active().createDataFrame(frame, SCHEMA);
  }

  /** A tree of MLlib as one of ours, its leaves times its weight. */
  static Tree tree(Node root, double weight) {
    List<Node> nodes = new ArrayList<>();
    collect(root, nodes);
    int n = nodes.size();
    Tree tree =
        new Tree(new int[n], new double[n], new int[n], new int[n], new double[n], new double[n]);
    for (int i = 0; i < n; i++) {
      Node node = nodes.get(i);
      tree.cover()[i] = node.impurityStats().count();
      tree.feature()[i] = -1;
      if (node instanceof InternalNode inner && inner.split() instanceof ContinuousSplit split) {
        tree.feature()[i] = split.featureIndex();
        tree.threshold()[i] = firstRight(split.threshold());
        tree.left()[i] = nodes.indexOf(inner.leftChild());
        tree.right()[i] = nodes.indexOf(inner.rightChild());
      } else {
        tree.value()[i] = weight * node.prediction();
      }
    }
    return tree;
  }

  /** MLlib sends x ≤ t left, a {@link Tree} sends floats below its threshold left. */
  private static float firstRight(double threshold) {
    float nearest = (float) threshold;
    return nearest <= threshold ? Math.nextUp(nearest) : nearest;
  }

  private static void collect(Node node, List<Node> nodes) {
    nodes.add(node);
    if (node instanceof InternalNode inner) {
      collect(inner.leftChild(), nodes);
      collect(inner.rightChild(), nodes);
    }
  }
}
