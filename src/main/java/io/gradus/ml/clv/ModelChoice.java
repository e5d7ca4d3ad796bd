package io.gradus.ml.clv;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import io.gradus.clv.ForecastAccuracy;
import io.gradus.clv.PurchaseModelKind;
import io.gradus.clv.Regularity;
import io.gradus.table.Columns;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Chooses the purchase model by rolling hold-out: each candidate is fitted to the features of
 * earlier cut-offs and judged by the purchases and the spend that came after. The model with the
 * lowest mean absolute error of purchases wins; a simpler one within half a percent is preferred.
 *
 * <p>At most {@link #SAMPLE} customers per cut-off, chosen by a hash of their id, are judged on the
 * driver.
 */
public final class ModelChoice {
  /** Customers judged per cut-off. */
  public static final int SAMPLE = 200_000;

  /** Column of {@link Holdout#customers()}: purchase days after the cut-off. */
  public static final String ACTUAL_PURCHASES = "actual_purchases";

  /** Column of {@link Holdout#customers()}: net spend after the cut-off. */
  public static final String ACTUAL_SPEND = "actual_spend";

  private static final double TIE = 1.005;
  private static final String FORECAST = "forecast_purchases";

  private final LifetimeValue estimator;
  private final List<String> candidates;

  /**
   * @param estimator settings that all candidates share; its model is not used
   * @param candidates short names, simplest first
   * @throws IllegalArgumentException when a name is not known or there is none
   */
  public ModelChoice(LifetimeValue estimator, List<String> candidates) {
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException("no candidate models");
    }
    candidates.forEach(PurchaseModelKind::of);
    this.estimator = estimator;
    this.candidates = List.copyOf(candidates);
  }

  /**
   * One cut-off.
   *
   * @param name the cut-off's name in the metrics, usually its date
   * @param customers features at the cut-off with {@link #ACTUAL_PURCHASES} and {@link
   *     #ACTUAL_SPEND} of the days after it
   * @param horizonDays number of those days
   */
  public record Holdout(String name, Dataset<Row> customers, int horizonDays) {}

  /**
   * The outcome.
   *
   * @param best short name of the chosen model
   * @param metrics accuracy of candidates and naive baselines per cut-off; the metric's note is the
   *     cut-off's name
   */
  public record Result(String best, List<ModelMetric> metrics) {}

  /**
   * The models worth judging: BG/NBD, MBG/NBD and Pareto/NBD, and MBG/CNBD-k where customers' waits
   * are more regular than {@link Regularity#REGULAR}.
   *
   * @param customers features with frequency, log_gap_mean and log_gap_sd
   */
  public static List<String> candidates(Dataset<Row> customers) {
    List<String> names = new ArrayList<>(List.of("bg_nbd", "mbg_nbd", "pareto_nbd"));
    if (regularity(customers) > Regularity.REGULAR) {
      names.add("mbg_cnbd_k");
    }
    return names;
  }

  /**
   * The regularity of waits, {@link Regularity#ofLogGapVariance} of the variance pooled over
   * customers with two gaps or more; NaN when there is none.
   */
  public static double regularity(Dataset<Row> customers) {
    Column freedom = col(Columns.FREQUENCY).minus(1).cast("double");
    Column deviation = col(Columns.LOG_GAP_SD).cast("double");
    Row sums =
        customers
            .where(col(Columns.FREQUENCY).gt(1).and(deviation.isNotNull()))
            .agg(sum(freedom.multiply(deviation).multiply(deviation)), sum(freedom))
            .head();
    return sums.isNullAt(1)
        ? Double.NaN
        : Regularity.ofLogGapVariance(sums.getDouble(0) / sums.getDouble(1));
  }

  /** Judges all candidates on all cut-offs. */
  public Result choose(List<Holdout> holdouts) {
    List<ModelMetric> metrics = new ArrayList<>();
    double[] errors = new double[candidates.size()];
    for (Holdout holdout : holdouts) {
      Dataset<Row> customers =
          holdout
              .customers()
              .where(col(estimator.getOrDefault(estimator.ageCol())).isNotNull())
              .cache();
      try {
        Dataset<Row> judged = sample(customers);
        for (int i = 0; i < candidates.size(); i++) {
          LifetimeValueModel model =
              estimator.copy(ParamMap.empty()).setModel(candidates.get(i)).fit(customers);
          errors[i] += judge(candidates.get(i), model, holdout, judged, metrics);
        }
        judgeBaselines(holdout, judged, metrics);
      } finally {
        customers.unpersist();
      }
    }
    return new Result(best(errors), metrics);
  }

  private String best(double[] errors) {
    double least = Double.POSITIVE_INFINITY;
    for (double error : errors) {
      least = Math.min(least, error);
    }
    for (int i = 0; i < errors.length; i++) {
      if (errors[i] <= TIE * least) {
        return candidates.get(i);
      }
    }
    return candidates.get(0);
  }

  private static Dataset<Row> sample(Dataset<Row> customers) {
    long buckets = Math.max(1, (customers.count() + SAMPLE - 1) / SAMPLE);
    return customers.where(pmod(xxhash64(col(Columns.CUSTOMER_ID)), lit(buckets)).equalTo(0));
  }

  private double judge(
      String name,
      LifetimeValueModel model,
      Holdout holdout,
      Dataset<Row> judged,
      List<ModelMetric> metrics) {
    List<Row> rows =
        model
            .withExpectedPurchases(model.transform(judged), holdout.horizonDays(), FORECAST)
            .select(
                col(FORECAST),
                col(FORECAST)
                    .multiply(col(Columns.EXPECTED_AVERAGE_VALUE))
                    .multiply(model.getMarginRate()),
                col(ACTUAL_PURCHASES).cast("double"),
                col(ACTUAL_SPEND).cast("double"))
            .collectAsList();
    ForecastAccuracy purchases = accuracy(rows, 0, 2);
    add(metrics, "clv." + name, "holdout_purchases", holdout, purchases);
    add(metrics, "clv." + name, "holdout_spend", holdout, accuracy(rows, 1, 3));
    return purchases.mae();
  }

  /** Zero, the customer's own purchase rate, and spend at the rate of the past. */
  private void judgeBaselines(Holdout holdout, Dataset<Row> judged, List<ModelMetric> metrics) {
    String x = estimator.getOrDefault(estimator.frequencyCol());
    String age = estimator.getOrDefault(estimator.ageCol());
    List<Row> rows =
        judged
            .select(
                lit(0.0),
                col(x).cast("double").multiply(holdout.horizonDays()).divide(atLeastOne(age)),
                LifetimeColumns.pastSpend(estimator)
                    .multiply(holdout.horizonDays())
                    .divide(atLeastOne(age)),
                col(ACTUAL_PURCHASES).cast("double"),
                col(ACTUAL_SPEND).cast("double"))
            .collectAsList();
    add(metrics, "baseline.zero", "holdout_purchases", holdout, accuracy(rows, 0, 3));
    add(metrics, "baseline.rate", "holdout_purchases", holdout, accuracy(rows, 1, 3));
    add(metrics, "baseline.zero", "holdout_spend", holdout, accuracy(rows, 0, 4));
    add(metrics, "baseline.past_spend", "holdout_spend", holdout, accuracy(rows, 2, 4));
  }

  private static Column atLeastOne(String column) {
    return greatest(col(column).cast("double"), lit(1.0));
  }

  private static ForecastAccuracy accuracy(List<Row> rows, int forecast, int actual) {
    double[] predicted = rows.stream().mapToDouble(row -> row.getDouble(forecast)).toArray();
    double[] came = rows.stream().mapToDouble(row -> Math.max(0, row.getDouble(actual))).toArray();
    return ForecastAccuracy.of(predicted, came);
  }

  private static void add(
      List<ModelMetric> metrics,
      String model,
      String prefix,
      Holdout holdout,
      ForecastAccuracy accuracy) {
    metrics.add(new ModelMetric(model, prefix + "_mae", accuracy.mae(), holdout.name()));
    metrics.add(new ModelMetric(model, prefix + "_rmse", accuracy.rmse(), holdout.name()));
    metrics.add(new ModelMetric(model, prefix + "_bias", accuracy.bias(), holdout.name()));
    metrics.add(new ModelMetric(model, prefix + "_gini", accuracy.gini(), holdout.name()));
    metrics.add(new ModelMetric(model, prefix + "_spearman", accuracy.spearman(), holdout.name()));
    metrics.add(
        new ModelMetric(
            model, prefix + "_top_decile", accuracy.topDecileCapture(), holdout.name()));
  }
}
