package io.gradus.monitor;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.gradus.table.Columns;
import io.gradus.table.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Matured predictions against what came, rows of {@code ops.prediction_ledger}. */
public final class PredictionLedger {
  /** Days that the purchase and value predictions speak of. */
  public static final int YEAR = 365;

  private static final String EXPECTED = Columns.EXPECTED_PURCHASES;
  private static final String MARGIN = Columns.CLV_12M_UNDISCOUNTED;

  private PredictionLedger() {}

  /**
   * The churn predictions of eligible customers of one date. Error is the Brier score; the
   * baseline's is that of the base rate, p (1 − p).
   *
   * @param snapshot customers as published on the date
   * @param days every purchase day as known now
   */
  public static Dataset<Row> churn(
      Dataset<Row> snapshot, Dataset<Row> days, LocalDate predictedOn, int horizonDays) {
    Dataset<Row> predicted =
        snapshot.where(col(Columns.CHURN_PROBABILITY).isNotNull().and(col(Columns.CHURN_ELIGIBLE)));
    Column actual = when(col("_purchases").equalTo(0), 1.0).otherwise(0.0);
    Column error = col("_predicted").minus(col("_actual"));
    Dataset<Row> rows =
        outcome(predicted, days, predictedOn, horizonDays)
            .withColumn("_predicted", col(Columns.CHURN_PROBABILITY))
            .withColumn("_actual", actual);
    return summary(
            rows,
            Columns.CHURN_PROBABILITY,
            avg(error.multiply(error)),
            avg("_actual").multiply(lit(1.0).minus(avg("_actual"))))
        .withColumn("predicted_on", lit(predictedOn))
        .withColumn("horizon_days", lit(horizonDays));
  }

  /**
   * The purchases and the margin of the 365 days after one date. Error is the mean absolute error;
   * the baseline expects the 365 days before again. What came is turned into margin by the rate
   * that the prediction itself used.
   */
  public static Dataset<Row> year(Dataset<Row> snapshot, Dataset<Row> days, LocalDate predictedOn) {
    Column revenue = col(EXPECTED).multiply(col(Columns.EXPECTED_AVERAGE_VALUE));
    Column rate =
        when(revenue.gt(0), col(MARGIN).cast("double").divide(revenue)).otherwise(lit(0.0));
    Dataset<Row> rows =
        outcome(snapshot.where(col(EXPECTED).isNotNull()), days, predictedOn, YEAR)
            .withColumn("_rate", rate);
    Column purchases =
        struct(
            lit(EXPECTED).as("name"),
            col(EXPECTED).cast("double").as("predicted"),
            col("_purchases").cast("double").as("actual"),
            col(Columns.PURCHASES_365D).cast("double").as("naive"));
    Column margin =
        struct(
            lit(MARGIN).as("name"),
            col(MARGIN).cast("double").as("predicted"),
            col("_spend").multiply(col("_rate")).as("actual"),
            col(Columns.SPEND_365D).cast("double").multiply(col("_rate")).as("naive"));
    Dataset<Row> both = null;
    for (Column prediction : List.of(purchases, margin)) {
      Dataset<Row> one =
          rows.withColumn("_p", prediction)
              .withColumn("_predicted", col("_p.predicted"))
              .withColumn("_actual", col("_p.actual"))
              .withColumn("_naive", col("_p.naive"));
      Dataset<Row> told =
          summary(
              one,
              prediction == purchases ? EXPECTED : MARGIN,
              avg(abs(col("_predicted").minus(col("_actual")))),
              avg(abs(col("_naive").minus(col("_actual")))));
      both = both == null ? told : both.unionByName(told);
    }
    return java.util.Objects.requireNonNull(both)
        .withColumn("predicted_on", lit(predictedOn))
        .withColumn("horizon_days", lit(YEAR));
  }

  /** The customers with purchase days and money of the days after the date. */
  private static Dataset<Row> outcome(
      Dataset<Row> snapshot, Dataset<Row> days, LocalDate predictedOn, int horizonDays) {
    Dataset<Row> came =
        days.where(col(Columns.DAY).gt(lit(predictedOn)))
            .where(col(Columns.DAY).leq(lit(predictedOn.plusDays(horizonDays))))
            .groupBy(Columns.CUSTOMER_ID)
            .agg(
                count(when(col(Columns.NET_AMOUNT).gt(0), 1)).as("_bought"),
                sum(Money.toCents(col(Columns.NET_AMOUNT))).divide(100.0).as("_net"));
    return snapshot
        .join(came, new String[] {Columns.CUSTOMER_ID}, "left")
        .withColumn("_purchases", coalesce(col("_bought"), lit(0L)))
        .withColumn("_spend", coalesce(col("_net"), lit(0.0)));
  }

  private static Dataset<Row> summary(
      Dataset<Row> rows, String prediction, Column error, Column baseline) {
    Dataset<Row> decided = Deciles.join(rows, List.of("_predicted"), "_decile_", 0);
    List<String> groups = new ArrayList<>(List.of(Columns.GRADE, Columns.CLUSTER_KEY));
    groups.addAll(Scopes.MASTER);
    List<Column> structs = new ArrayList<>();
    structs.add(group(Scopes.ALL, lit(Scopes.ANY)));
    structs.add(group("decile", expr("lpad(CAST(_decile__predicted AS STRING), 2, '0')")));
    Scopes.present(rows, groups).forEach(name -> structs.add(group(name, col(name))));
    return decided
        .withColumn("_group", explode(array(structs.toArray(Column[]::new))))
        .select(col("_group.*"), col("_predicted"), col("_actual"), naive(decided))
        .where(col("group_value").isNotNull())
        .groupBy("group_type", "group_value")
        .agg(
            count(lit(1)).as("customers"),
            avg("_predicted").as("predicted"),
            avg("_actual").as("actual"),
            error.as("error"),
            baseline.as("baseline_error"))
        .withColumn(
            "calibration", when(col("predicted").gt(0), col("actual").divide(col("predicted"))))
        .withColumn("prediction", lit(prediction));
  }

  private static Column naive(Dataset<Row> rows) {
    return Scopes.present(rows, List.of("_naive")).isEmpty()
        ? lit(0.0).as("_naive")
        : col("_naive");
  }

  private static Column group(String type, Column value) {
    return struct(lit(type).as("group_type"), value.as("group_value"));
  }
}
