package io.gradus.ml.churn;

import io.gradus.evaluate.Metrics;
import io.gradus.evaluate.RollingOrigins;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * How much is left to learn: the forecasts of the models, which know nothing after the cut-off,
 * beside the same inputs fitted to the outcomes themselves, each customer by the four fifths of the
 * others. Where the former are as good, no way of learning from the past finds more in these
 * inputs. Argument: the folder of the public data sets.
 */
public final class OutcomeFitBenchmark {
  private static final int HORIZON = 90;
  private static final int FOLDS = 5;
  private static final double PENALTY = 10;
  private static final double SPEND_PENALTY = 1000;

  private static final String DAYS =
      "SELECT c AS customer_id, d AS day, sum(a) AS net_amount,"
          + " sum(greatest(a, 0)) AS gross_amount, sum(least(a, 0)) AS refund_amount,"
          + " bit_or(shiftleft(1L, cast(pmod(xxhash64(p), 64) AS INT))) AS category_bits"
          + " FROM (%s) GROUP BY c, d";

  private OutcomeFitBenchmark() {}

  public static void main(String[] args) throws java.io.IOException {
    String data = args[0];
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[1]")
            .appName("outcome-fit")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "1")
            .getOrCreate()) {
      print(
          "cdnow",
          spark.sql(
              DAYS.formatted(
                  "SELECT customer_id AS c, to_date(date, 'yyyyMMdd') AS d,"
                      + " cast(dollar_value AS DECIMAL(18,2)) AS a, '' AS p FROM parquet.`"
                      + data
                      + "/cdnow/transactions.parquet`")),
          LocalDate.parse("1998-06-30"));
      print(
          "retail",
          spark.sql(
              DAYS.formatted(
                  "SELECT CustomerID AS c, to_date(InvoiceDate) AS d,"
                      + " cast(Quantity * UnitPrice AS DECIMAL(18,2)) AS a, StockCode AS p"
                      + " FROM parquet.`"
                      + data
                      + "/online_retail/landing` WHERE CustomerID IS NOT NULL")),
          LocalDate.parse("2011-08-31"));
    }
  }

  private static void print(String name, Dataset<Row> days, LocalDate lastDay) {
    Snapshots snapshots = Snapshots.read(days, lastDay);
    List<LocalDate> cutOffs = RollingOrigins.of(snapshots.firstDay(), lastDay, HORIZON, 4);
    double[] sums = new double[6];
    for (LocalDate cutOff : cutOffs) {
      double[] figures =
          figures(new TrainingPlan(cutOff, HORIZON, snapshots.firstDay()), snapshots);
      for (int j = 0; j < sums.length; j++) {
        sums[j] += figures[j] / cutOffs.size();
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%-8s AUC %.4f, fitted to outcomes %.4f; Gini of spend %.4f, %.4f; MAE %.2f, %.2f%n",
        name,
        sums[0],
        sums[1],
        sums[2],
        sums[3],
        sums[4],
        sums[5]);
  }

  /** AUC, Gini and MAE, each of the models and then of the fit to the outcomes. */
  private static double[] figures(TrainingPlan plan, Snapshots snapshots) {
    Snapshot test = snapshots.labelled(plan.target());
    List<Snapshot> training = plan.windows().stream().map(snapshots::labelled).toList();
    Map<String, ChurnScorer> learned = Candidates.learn(plan, snapshots, training, false);
    SpendModel spend = snapshots.spend(plan.asOf());
    AdditiveScorer additive = (AdditiveScorer) learned.get(Candidates.ADDITIVE);
    HurdleSpend hurdle = HurdleSpend.learn(test.customers(), training, additive, spend);
    double[] model = SpendFold.each(test, hurdle::expected);
    double[] logits = outcomeLogits(test, additive);
    double[] fitted = outcomeSpend(test, additive, spend, logits);
    return new double[] {
      Metrics.rocAuc(test.churned(), Selection.logits(additive, test.customers())),
      Metrics.rocAuc(test.churned(), logits),
      Metrics.normalisedGini(test.value(), model),
      Metrics.normalisedGini(test.value(), fitted),
      Metrics.meanAbsoluteError(test.value(), model),
      Metrics.meanAbsoluteError(test.value(), fitted)
    };
  }

  /** Log-odds of churn by the others' outcomes. */
  private static double[] outcomeLogits(Snapshot test, AdditiveScorer additive) {
    double[] labels = TrainingRows.churned(test);
    double[][] inputs = new double[test.size()][];
    double[] offset = new double[test.size()];
    for (int i = 0; i < inputs.length; i++) {
      AdditiveScorer.View view = additive.view(test.customers().get(i));
      inputs[i] = additive.scaled(view);
      offset[i] = view.pattern();
    }
    int[] all = IntStream.range(0, inputs.length).toArray();
    return crossFitted(RidgeRegression.Family.LOGISTIC, PENALTY, inputs, offset, labels, all);
  }

  /** P(buy) × spend given a purchase, both by the others' outcomes. */
  private static double[] outcomeSpend(
      Snapshot test, AdditiveScorer additive, SpendModel spend, double[] logits) {
    int n = test.size();
    double[][] inputs = new double[n][];
    double[] given = new double[n];
    double[] ratio = new double[n];
    List<Integer> buyers = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      CustomerState customer = test.customers().get(i);
      given[i] = spend.outlook(customer, HORIZON).givenPurchase();
      inputs[i] = additive.scaled(additive.view(customer));
      ratio[i] = test.value()[i] / given[i];
      if (test.value()[i] > 0) {
        buyers.add(i);
      }
    }
    int[] learnedFrom = buyers.stream().mapToInt(Integer::intValue).toArray();
    double[] correction =
        crossFitted(
            RidgeRegression.Family.AMOUNT,
            SPEND_PENALTY,
            inputs,
            new double[n],
            ratio,
            learnedFrom);
    double[] expected = new double[n];
    for (int i = 0; i < n; i++) {
      expected[i] = (1 - Logit.probability(logits[i])) * given[i] * Math.exp(correction[i]);
    }
    return expected;
  }

  /** The linear predictor of every row by a fit to the rows of the other folds. */
  private static double[] crossFitted(
      RidgeRegression.Family family,
      double penalty,
      double[][] inputs,
      double[] offset,
      double[] response,
      int[] learnedFrom) {
    double[] predicted = new double[inputs.length];
    for (int fold = 0; fold < FOLDS; fold++) {
      int held = fold;
      int[] rows = IntStream.of(learnedFrom).filter(i -> i % FOLDS != held).toArray();
      RidgeRegression.Estimate fit =
          new RidgeRegression(family, penalty)
              .fit(
                  new RidgeRegression.Rows(
                      IntStream.of(rows).mapToObj(i -> inputs[i]).toArray(double[][]::new),
                      IntStream.of(rows).mapToDouble(i -> offset[i]).toArray(),
                      IntStream.of(rows).mapToDouble(i -> response[i]).toArray(),
                      new int[rows.length],
                      1));
      for (int i = fold; i < inputs.length; i += FOLDS) {
        predicted[i] = offset[i] + fit.intercepts()[0];
        for (int j = 0; j < inputs[i].length; j++) {
          predicted[i] += fit.coefficients()[j] * inputs[i][j];
        }
      }
    }
    return predicted;
  }
}
