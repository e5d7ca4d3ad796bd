package io.gradus.ml.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gradus.evaluate.Metrics;
import io.gradus.testing.SparkExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Our scoring and SHAP values against XGBoost's own. */
@ExtendWith(SparkExtension.class)
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
      double[] lookedUp = new double[k];
      double sum = 0;
      double expectation = 0;
      for (Tree tree : trees) {
        sum += tree.value(inputs[i]);
        expectation += tree.expectation();
        TreeContributions.add(tree, inputs[i], contributions);
        new ContributionTable(tree).add(inputs[i], lookedUp);
      }
      assertThat(lookedUp).containsExactly(contributions, within(1e-12));
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

  @Test
  void treesOfMllibAddUpToItsOwnPrediction(SparkSession spark) {
    int n = 2000;
    SplittableRandom random = new SplittableRandom(4);
    double[][] inputs = new double[n][3];
    double[] response = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < 3; j++) {
        inputs[i][j] = random.nextInt(40) / 10.0 - 2;
      }
      double logit = 2 * Math.signum(inputs[i][0] * inputs[i][1]);
      response[i] = random.nextDouble() < Logit.probability(logit) ? 1 : 0;
    }
    RidgeRegression.Rows rows =
        new RidgeRegression.Rows(inputs, new double[n], response, new int[n], 1);

    List<Tree> trees = MllibTrees.learn(rows, new float[n]);

    Dataset<Row> frame = MllibTrees.frame(rows, new float[n]);
    List<Row> theirs =
        MllibTrees.fit(frame).transform(frame).select("prediction").limit(300).collectAsList();
    boolean[] labels = new boolean[n];
    double[] sums = new double[n];
    for (int i = 0; i < n; i++) {
      double[] row = inputs[i];
      labels[i] = response[i] > 0;
      sums[i] = trees.stream().mapToDouble(tree -> tree.value(row)).sum();
      if (i < theirs.size()) {
        assertThat(sums[i]).isCloseTo(theirs.get(i).getDouble(0), within(1e-9));
      }
      double[] contributions = new double[3];
      trees.forEach(tree -> TreeContributions.add(tree, row, contributions));
      double total = trees.stream().mapToDouble(Tree::expectation).sum();
      for (double contribution : contributions) {
        total += contribution;
      }
      assertThat(total).isCloseTo(sums[i], within(1e-9));
    }
    // No input tells anything alone; the best rule has an AUC of σ(2) = .88.
    assertThat(Metrics.rocAuc(labels, sums)).isGreaterThan(0.8);
  }
}
