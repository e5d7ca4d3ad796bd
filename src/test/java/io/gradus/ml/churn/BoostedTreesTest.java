package io.gradus.ml.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import org.junit.jupiter.api.Test;

/** Our scoring and SHAP values against XGBoost's own. */
class BoostedTreesTest {
  @Test
  void scoresAndExplainsLikeXgboost() throws Exception {
    int n = 3000;
    int k = 4;
    SplittableRandom random = new SplittableRandom(3);
    double[][] inputs = new double[n][k];
    double[] response = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < k; j++) {
        inputs[i][j] = random.nextDouble() * 2 - 1;
      }
      double logit = 3 * inputs[i][0] * inputs[i][1] + inputs[i][2];
      response[i] = random.nextDouble() < Logit.probability(logit) ? 1 : 0;
    }
    RidgeRegression.Rows rows =
        new RidgeRegression.Rows(inputs, new double[n], response, new int[n], 1);
    Booster booster = BoostedTrees.train(rows, new float[n]);
    List<Tree> trees = new ArrayList<>();
    for (String dump : booster.getModelDump("", true, "json")) {
      trees.add(BoostedTrees.tree(new ObjectMapper().readTree(dump)));
    }
    float[] flat = new float[100 * k];
    for (int i = 0; i < 100; i++) {
      for (int j = 0; j < k; j++) {
        flat[i * k + j] = (float) inputs[i][j];
      }
    }
    DMatrix some = new DMatrix(flat, 100, k, Float.NaN);
    some.setBaseMargin(new float[100]);
    float[][] margins = booster.predict(some, true);
    float[][] shap = booster.predictContrib(some, 0);

    assertThat(trees).hasSizeGreaterThan(20);
    for (int i = 0; i < 100; i++) {
      double[] contributions = new double[k];
      double sum = 0;
      double expectation = 0;
      for (Tree tree : trees) {
        sum += tree.value(inputs[i]);
        expectation += tree.expectation();
        TreeContributions.add(tree, inputs[i], contributions);
      }
      assertThat(sum).isCloseTo(margins[i][0], within(1e-4));
      double total = expectation;
      for (int j = 0; j < k; j++) {
        assertThat(contributions[j]).isCloseTo(shap[i][j], within(1e-3));
        total += contributions[j];
      }
      assertThat(total).isCloseTo(sum, within(1e-9));
    }
    booster.dispose();
    some.dispose();
  }
}
