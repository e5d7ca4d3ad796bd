package io.gradus.ml.churn;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Learns trees on top of the additive model: with XGBoost, in memory on the snapshots' rows, or
 * with MLlib on a machine for which XGBoost has no native library.
 */
final class BoostedTrees {
  private static final int ROUNDS = 60;
  private static final Map<String, Object> PARAMETERS =
      Map.of(
          "objective", "binary:logistic",
          "base_score", 0.5,
          "tree_method", "hist",
          "eta", 0.05,
          "max_depth", 3,
          "lambda", 20,
          "min_child_weight", 20,
          "nthread", 1,
          "seed", 1);
  private static final ObjectMapper JSON = new ObjectMapper();

  private BoostedTrees() {}

  /**
   * The challenger.
   *
   * @param rows the additive model's training rows: its inputs, the buy-till-you-die offset
   * @param estimate its estimates on them
   */
  static TreeScorer learn(
      AdditiveScorer base, RidgeRegression.Rows rows, RidgeRegression.Estimate estimate) {
    try {
      return TreeScorer.of(base, trees(rows, margins(rows, estimate)));
    } catch (XGBoostError e) {
      throw new IllegalStateException("boosted trees failed: " + e.getMessage(), e);
    } catch (UnsatisfiedLinkError | NoClassDefFoundError | ExceptionInInitializerError e) {
      return TreeScorer.of(base, MllibTrees.learn(rows, margins(rows, estimate)));
    }
  }

  private static float[] margins(RidgeRegression.Rows rows, RidgeRegression.Estimate estimate) {
    float[] margins = new float[rows.response().length];
    for (int i = 0; i < margins.length; i++) {
      double margin = rows.offset()[i] + estimate.intercepts()[rows.group()[i]];
      for (int j = 0; j < estimate.coefficients().length; j++) {
        margin += estimate.coefficients()[j] * rows.inputs()[i][j];
      }
      margins[i] = (float) margin;
    }
    return margins;
  }

  private static List<Tree> trees(RidgeRegression.Rows rows, float[] margins) throws XGBoostError {
    Booster booster = train(rows, margins);
    try {
      List<Tree> trees = new ArrayList<>();
      for (String dump : booster.getModelDump("", true, "json")) {
        trees.add(tree(JSON.readTree(dump)));
      }
      return List.copyOf(trees);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("XGBoost wrote a tree that is no JSON", e);
    } finally {
      booster.dispose();
    }
  }

  static Booster train(RidgeRegression.Rows rows, float[] margins) throws XGBoostError {
    int n = margins.length;
    int k = rows.inputs()[0].length;
    float[] inputs = new float[n * k];
    float[] labels = new float[n];
    for (int i = 0; i < n; i++) {
      labels[i] = (float) rows.response()[i];
      for (int j = 0; j < k; j++) {
        inputs[i * k + j] = (float) rows.inputs()[i][j];
      }
    }
    DMatrix matrix = new DMatrix(inputs, n, k, Float.NaN);
    try {
      matrix.setLabel(labels);
      matrix.setBaseMargin(margins);
      return XGBoost.train(matrix, new HashMap<>(PARAMETERS), ROUNDS, new HashMap<>(), null, null);
    } finally {
      matrix.dispose();
    }
  }

  /** A tree of XGBoost's JSON dump with statistics. */
  static Tree tree(JsonNode root) {
    List<JsonNode> nodes = new ArrayList<>();
    collect(root, nodes);
    int n = nodes.size();
    Tree tree =
        new Tree(new int[n], new double[n], new int[n], new int[n], new double[n], new double[n]);
    for (int i = 0; i < n; i++) {
      JsonNode node = nodes.get(i);
      tree.cover()[i] = node.get("cover").asDouble();
      boolean leaf = node.has("leaf");
      tree.feature()[i] = leaf ? -1 : Integer.parseInt(node.get("split").asText().substring(1));
      tree.value()[i] = leaf ? node.get("leaf").asDouble() : 0;
      if (!leaf) {
        tree.threshold()[i] = node.get("split_condition").asDouble();
        tree.left()[i] = nodes.indexOf(child(node, node.get("yes").asInt()));
        tree.right()[i] = nodes.indexOf(child(node, node.get("no").asInt()));
      }
    }
    return tree;
  }

  private static void collect(JsonNode node, List<JsonNode> nodes) {
    nodes.add(node);
    for (JsonNode child : node.path("children")) {
      collect(child, nodes);
    }
  }

  private static JsonNode child(JsonNode node, int id) {
    for (JsonNode child : node.get("children")) {
      if (child.get("nodeid").asInt() == id) {
        return child;
      }
    }
    throw new IllegalStateException("XGBoost's tree lacks node " + id);
  }
}
