package io.gradus.grade;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.corr;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.stddev_pop;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.gradus.grade.Weighting.Method;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/** CRITIC and entropy weights of the scores of all customers, in one aggregation. */
final class LearnedWeights {
  /** Decimals kept, so that the order of summation changes nothing. */
  private static final double GRID = 1e6;

  private LearnedWeights() {}

  static double[] of(Dataset<Row> customers, Inputs inputs, Policy policy, Scorecard card) {
    List<Indicator> indicators = policy.indicators();
    Column[] scores = new Column[indicators.size()];
    for (int j = 0; j < scores.length; j++) {
      int position = j;
      UDF1<Double, Double> score =
          value -> {
            double s = card.score(position, value == null ? Double.NaN : value);
            return Double.isNaN(s) ? null : s;
          };
      scores[j] =
          udf(score, DataTypes.DoubleType).apply(inputs.number(indicators.get(j))).as("s" + j);
    }
    Dataset<Row> scored = customers.select(scores);
    double[] weights =
        policy.weighting().method() == Method.ENTROPY
            ? entropy(scored, scores.length)
            : critic(scored, scores.length);
    return onGrid(weights);
  }

  private static double[] critic(Dataset<Row> scored, int n) {
    List<Column> moments = new ArrayList<>();
    for (int j = 0; j < n; j++) {
      moments.add(coalesce(stddev_pop(col("s" + j)), lit(0.0)));
    }
    for (int j = 0; j < n; j++) {
      for (int k = 0; k < j; k++) {
        moments.add(coalesce(corr(col("s" + j), col("s" + k)), lit(0.0)));
      }
    }
    Row row = aggregate(scored, moments);
    double[] deviations = new double[n];
    double[][] correlations = new double[n][n];
    int next = n;
    for (int j = 0; j < n; j++) {
      deviations[j] = row.getDouble(j);
      correlations[j][j] = 1;
      for (int k = 0; k < j; k++) {
        double r = row.getDouble(next++);
        correlations[j][k] = Double.isNaN(r) ? 0 : r;
        correlations[k][j] = correlations[j][k];
      }
    }
    return ObjectiveWeights.critic(deviations, correlations);
  }

  private static double[] entropy(Dataset<Row> scored, int n) {
    List<Column> sums = new ArrayList<>();
    for (int j = 0; j < n; j++) {
      Column s = col("s" + j);
      sums.add(coalesce(sum(s), lit(0.0)));
      sums.add(coalesce(sum(when(s.gt(0), s.multiply(log(s)))), lit(0.0)));
      sums.add(count(s));
    }
    Row row = aggregate(scored, sums);
    double[] totals = new double[n];
    double[] logs = new double[n];
    long[] counts = new long[n];
    for (int j = 0; j < n; j++) {
      totals[j] = row.getDouble(3 * j);
      logs[j] = row.getDouble(3 * j + 1);
      counts[j] = row.getLong(3 * j + 2);
    }
    return ObjectiveWeights.entropy(totals, logs, counts);
  }

  private static Row aggregate(Dataset<Row> scored, List<Column> columns) {
    return scored
        .agg(columns.get(0), columns.subList(1, columns.size()).toArray(Column[]::new))
        .head();
  }

  private static double[] onGrid(double[] weights) {
    double[] rounded = new double[weights.length];
    int largest = 0;
    double sum = 0;
    for (int j = 0; j < weights.length; j++) {
      rounded[j] = Math.round(weights[j] * GRID) / GRID;
      largest = rounded[j] > rounded[largest] ? j : largest;
      sum += rounded[j];
    }
    rounded[largest] += 1 - sum;
    return rounded;
  }
}
