package io.gradus.ml.churn;

import static io.gradus.table.Columns.AGE;
import static io.gradus.table.Columns.CHURN_BAND;
import static io.gradus.table.Columns.CHURN_ELIGIBLE;
import static io.gradus.table.Columns.CHURN_HORIZON_DAYS;
import static io.gradus.table.Columns.CHURN_METHOD;
import static io.gradus.table.Columns.CHURN_PROBABILITY;
import static io.gradus.table.Columns.CHURN_REASONS;
import static io.gradus.table.Columns.CHURN_REASONS_EN;
import static io.gradus.table.Columns.CHURN_REASONS_ZH;
import static io.gradus.table.Columns.DAYS_SINCE_LAST;
import static io.gradus.table.Columns.EXPECTED_NEXT_PURCHASE_DATE;
import static io.gradus.table.Columns.EXPECTED_SPEND;
import static io.gradus.table.Columns.EXPECTED_SPEND_BTYD;
import static io.gradus.table.Columns.EXPECTED_SPEND_METHOD;
import static io.gradus.table.Columns.FREQUENCY;
import static io.gradus.table.Columns.LAST_PURCHASE_DATE;
import static io.gradus.table.Columns.OVERDUE_RATIO;
import static io.gradus.table.Columns.REVENUE_AT_RISK;
import static io.gradus.table.Columns.SPEND_365D;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.gradus.evaluate.ModelMetric;
import io.gradus.table.TableSpec;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;

/** A learned churn risk; adds its columns to the features of any as-of date. */
public final class ChurnRiskModel {
  /** Method of customers without a purchase: they have no probability. */
  public static final String NO_PURCHASE = "no_purchase";

  /** Method where the history is too short for any forecast. */
  public static final String NO_HISTORY = "history_too_short";

  /** Method where the training labels hold one class only: their rate. */
  public static final String BASE_RATE = "base_rate";

  private static final String RISK = "_risk";
  private static final int SHORTEST_ELIGIBILITY_DAYS = 365;

  private final LearnedChurn learned;
  private final List<ModelMetric> metrics;

  ChurnRiskModel(LearnedChurn learned, List<ModelMetric> metrics) {
    this.learned = learned;
    this.metrics = List.copyOf(metrics);
  }

  /** What gives the probability: {@code additive}, {@code trees}, or the baseline that won. */
  public String method() {
    return learned.method();
  }

  /** Why that method, in one sentence. */
  public String reason() {
    return learned.reason();
  }

  /** Whether something simpler than the standard model is published; worth an alert. */
  public boolean fallback() {
    return !method().equals(Candidates.ADDITIVE) && !method().equals(Candidates.TREES);
  }

  /** Days that the probability speaks of. */
  public int horizonDays() {
    return learned.horizonDays();
  }

  /** The last day that the model knew. */
  public LocalDate asOf() {
    return LocalDate.parse(learned.asOf());
  }

  /** Every candidate's figures on the validation fold; empty for a model read back. */
  public List<ModelMetric> metrics() {
    return metrics;
  }

  /** The model as data. */
  public String toJson() {
    return learned.toJson();
  }

  /**
   * The model of {@link #toJson}.
   *
   * @throws IllegalArgumentException when the text is not one
   */
  public static ChurnRiskModel fromJson(String json) {
    return new ChurnRiskModel(LearnedChurn.fromJson(json), List.of());
  }

  /**
   * Adds churn_probability (0..1), churn_band, churn_horizon_days, churn_eligible (bought within
   * the last max(365, 2 × horizon) days), churn_method, churn_reasons (codes) and their texts,
   * expected_next_purchase_date (NULL when lapsed), overdue_ratio, revenue_at_risk (probability ×
   * horizon's revenue at the last year's pace), expected_spend within the horizon, its BTYD
   * alternative and its method. Customers without a purchase have NULL probabilities.
   *
   * @param features rows of {@code CustomerFeatures}
   */
  public Dataset<Row> transform(Dataset<Row> features) {
    LearnedChurn captured = learned;
    // Marked so, the planner evaluates it once per row and not once per column read from it.
    UserDefinedFunction score =
        udf((UDF1<Row, Row>) row -> CustomerRisk.of(captured, row), CustomerRisk.SCHEMA)
            .asNondeterministic();
    Column purchased = col(FREQUENCY).isNotNull();
    Dataset<Row> scored =
        features.withColumn(RISK, when(purchased, score.apply(CustomerState.columns())));
    return scored.withColumns(columns(purchased)).drop(RISK);
  }

  private Map<String, Column> columns(Column purchased) {
    int horizon = learned.horizonDays();
    int eligibleDays = Math.max(SHORTEST_ELIGIBILITY_DAYS, 2 * horizon);
    Column pace =
        greatest(col(SPEND_365D).cast("double"), lit(0.0))
            .multiply(horizon)
            .divide(least(lit(365), greatest(col(AGE).plus(1), lit(horizon))));
    Map<String, Column> columns = new LinkedHashMap<>();
    columns.put(CHURN_PROBABILITY, risk(CustomerRisk.PROBABILITY));
    columns.put(CHURN_BAND, risk(CustomerRisk.BAND));
    columns.put(CHURN_HORIZON_DAYS, lit(horizon));
    columns.put(
        CHURN_ELIGIBLE,
        purchased.and(coalesce(col(DAYS_SINCE_LAST).leq(eligibleDays), lit(false))));
    columns.put(CHURN_METHOD, when(purchased, learned.method()).otherwise(NO_PURCHASE));
    columns.put(CHURN_REASONS, risk(CustomerRisk.CODES));
    columns.put(CHURN_REASONS_EN, risk(CustomerRisk.ENGLISH));
    columns.put(CHURN_REASONS_ZH, risk(CustomerRisk.CHINESE));
    columns.put(
        EXPECTED_NEXT_PURCHASE_DATE,
        date_add(col(LAST_PURCHASE_DATE), risk(CustomerRisk.NEXT_DAYS)));
    columns.put(OVERDUE_RATIO, risk(CustomerRisk.OVERDUE));
    columns.put(
        REVENUE_AT_RISK, risk(CustomerRisk.PROBABILITY).multiply(pace).cast(TableSpec.MONEY));
    columns.put(EXPECTED_SPEND, risk(CustomerRisk.SPEND).cast(TableSpec.MONEY));
    columns.put(EXPECTED_SPEND_BTYD, risk(CustomerRisk.SPEND_BTYD).cast(TableSpec.MONEY));
    columns.put(
        EXPECTED_SPEND_METHOD, when(risk(CustomerRisk.SPEND).isNotNull(), learned.spendMethod()));
    return columns;
  }

  private static Column risk(String field) {
    return col(RISK).getField(field);
  }
}
