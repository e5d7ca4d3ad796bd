package io.gradus.notebook;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import io.gradus.feature.ChurnLabels;
import io.gradus.feature.CustomerFeatures;
import io.gradus.feature.LabelWindow;
import io.gradus.grade.Grader;
import io.gradus.grade.Policy;
import io.gradus.grade.RulerLearner;
import io.gradus.insight.CustomerInsight;
import io.gradus.ml.churn.ChurnRisk;
import io.gradus.ml.cluster.CustomerClusters;
import io.gradus.ml.clv.LifetimeValue;
import io.gradus.table.Columns;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A past day: the customers with everything that a night on that day would have known of them
 * (features, lifetime value, clusters, churn risk, insight, all learned from rows up to the day),
 * and two columns of what they did in the days after it, {@code actual_purchases} and {@code
 * actual_spend}.
 *
 * @param cutOff the last day known
 * @param horizonDays the days after it that are looked at
 * @param customers one row per customer, kept in memory
 */
public record Hindsight(LocalDate cutOff, int horizonDays, Dataset<Row> customers) {
  /** Purchase days after the cut-off. */
  public static final String ACTUAL_PURCHASES = "actual_purchases";

  /** Net revenue after the cut-off, at least 0. */
  public static final String ACTUAL_SPEND = "actual_spend";

  private static final int MOST_RANKED = 200_000;

  static Hindsight of(Dataset<Row> purchaseDays, LocalDate cutOff, int horizonDays) {
    Dataset<Row> days = purchaseDays.where(col(Columns.DAY).leq(lit(cutOff)));
    Dataset<Row> features = CustomerFeatures.at(days, cutOff).cache();
    Dataset<Row> valued =
        new LifetimeValue().setAsOf(cutOff.toString()).fit(features).transform(features);
    Dataset<Row> clustered = new CustomerClusters().fit(features).transform(valued);
    Dataset<Row> scored = new ChurnRisk(horizonDays).fit(days, cutOff).transform(clustered).cache();
    Dataset<Row> outcome =
        ChurnLabels.of(purchaseDays, List.of(new LabelWindow(cutOff, horizonDays)));
    Dataset<Row> known =
        CustomerInsight.of(scored)
            .join(outcome, new String[] {Columns.CUSTOMER_ID}, "left")
            .withColumn(ACTUAL_PURCHASES, coalesce(col(ChurnLabels.purchases(0)), lit(0)))
            .withColumn(
                ACTUAL_SPEND, coalesce(col(ChurnLabels.value(0)), lit(0)).cast("decimal(18,2)"))
            .drop(ChurnLabels.purchases(0), ChurnLabels.value(0))
            .cache();
    known.count();
    scored.unpersist();
    features.unpersist();
    return new Hindsight(cutOff, horizonDays, known);
  }

  /** The customers graded by a policy whose ruler is cut on that day. */
  public Dataset<Row> grade(Policy policy) {
    return new Grader(policy, RulerLearner.learn(customers, policy), cutOff).grade(customers);
  }

  /** The customers in the order of a policy's total score. */
  public Ranking rank(String name, Policy policy) {
    return ranking(name, grade(policy), Columns.TOTAL_SCORE);
  }

  /** The customers in the order of a column, largest first. */
  public Ranking rank(String name, String column) {
    return ranking(name, customers, column);
  }

  /** At most 200,000 customers, those with the smallest hashes of their ids, reach the driver. */
  private static Ranking ranking(String name, Dataset<Row> rows, String column) {
    List<Row> pairs =
        rows.orderBy(xxhash64(col(Columns.CUSTOMER_ID)), col(Columns.CUSTOMER_ID))
            .limit(MOST_RANKED)
            .select(
                coalesce(col(column).cast("double"), lit(0.0)), col(ACTUAL_SPEND).cast("double"))
            .collectAsList();
    double[] score = pairs.stream().mapToDouble(row -> row.getDouble(0)).toArray();
    double[] value = pairs.stream().mapToDouble(row -> row.getDouble(1)).toArray();
    return new Ranking(name, score, value);
  }
}
