package io.gradus.table;

import static io.gradus.table.TableSpec.ColumnSpec.optional;
import static io.gradus.table.TableSpec.ColumnSpec.required;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Whether models hold and what a person should know. */
public final class OpsMonitoring {
  private static final DataType SHARES = DataTypes.createArrayType(DataTypes.DoubleType);

  /** What was predicted against what came. */
  public static final TableSpec PREDICTION_LEDGER =
      ops(
          "prediction_ledger",
          "Matured predictions against what came, by decile, grade, cluster and group",
          "one row per run, prediction, date of prediction and group",
          List.of(Columns.RUN_ID, "prediction", "predicted_on", "group_type", "group_value"),
          List.of(
              required(
                  "prediction",
                  DataTypes.StringType,
                  "churn_probability, expected_purchases or clv_12m_undiscounted"),
              required("predicted_on", DataTypes.DateType, "As-of date of the prediction"),
              required("horizon_days", DataTypes.IntegerType, "Days that it speaks of"),
              required(
                  "group_type",
                  DataTypes.StringType,
                  "all, decile (of the prediction), grade, cluster_key, industry, region or"
                      + " customer_type; as they were then"),
              required("group_value", DataTypes.StringType, "The group; * for all"),
              required("customers", DataTypes.LongType, "Customers predicted"),
              required("predicted", DataTypes.DoubleType, "Mean prediction"),
              required("actual", DataTypes.DoubleType, "Mean of what came"),
              optional("calibration", DataTypes.DoubleType, "actual / predicted; 1 is right"),
              required(
                  "error",
                  DataTypes.DoubleType,
                  "Brier score for churn, mean absolute error for the others"),
              required(
                  "baseline_error",
                  DataTypes.DoubleType,
                  "The same for the baseline: the base rate for churn, the last 365 days again"
                      + " for the others")));

  /** Whether figures are spread as they were. */
  public static final TableSpec DRIFT =
      ops(
          "drift",
          "Spread of model inputs and scores over ten frozen bins against a reference date",
          "one row per run, feature and reference date",
          List.of(Columns.RUN_ID, "feature", "reference_date"),
          List.of(
              required("feature", DataTypes.StringType, "Column, or recent_order_value"),
              required(
                  "reference_date",
                  DataTypes.DateType,
                  "As-of date the bins were cut on; the snapshot date for a new reference"),
              required("bin_limits", SHARES, "Upper limits of the bins but the last, inclusive"),
              required("reference_customers", DataTypes.LongType, "Customers on that date"),
              required(
                  "reference_shares", SHARES, "Share of each bin then; the last one is missing"),
              required("customers", DataTypes.LongType, "Customers now"),
              required("shares", SHARES, "Share of each bin now; the last one is missing"),
              required("psi", DataTypes.DoubleType, "Population stability index, 0 and up"),
              required(
                  "critical",
                  DataTypes.DoubleType,
                  "What chance alone exceeds once in a thousand times at these sizes"),
              required(
                  "drifted", DataTypes.BooleanType, "Whether psi exceeds that and the limit 0.1"),
              optional(
                  "driver_from", DataTypes.DoubleType, "Customers above this value drive it most"),
              optional("driver_to", DataTypes.DoubleType, "and up to this one; NULL for no bound"),
              optional("driver_change", DataTypes.DoubleType, "Change of their share, −1 to 1")));

  /** What a person should know, and what became of it. */
  public static final TableSpec ALERT =
      new TableSpec(
          "ops",
          "alert",
          "Alerts with their state; one row per cause until it is closed or expires",
          "one row per alert",
          List.of("alert_id"),
          List.of(),
          List.of(
              required(
                  "alert_id",
                  DataTypes.StringType,
                  "Short name: hash of type, subject and opening"),
              required("source", DataTypes.StringType, "What raised it, such as grades or churn"),
              required(
                  "type",
                  DataTypes.StringType,
                  "What happened, such as key_account_downgraded; the page monitoring lists them"),
              required("severity", DataTypes.StringType, "info, warning or critical"),
              required(
                  "subject", DataTypes.StringType, "Customer, scope, table, feature or cluster"),
              optional(
                  Columns.CUSTOMER_ID,
                  DataTypes.StringType,
                  "The customer; NULL for other subjects"),
              optional(Columns.OWNER, DataTypes.StringType, "Who looks after the customer"),
              required("state", DataTypes.StringType, "open, acknowledged, closed or expired"),
              required("opened_on", DataTypes.DateType, "As-of date that raised it"),
              required("last_seen_on", DataTypes.DateType, "Newest as-of date that found it true"),
              optional("ended_on", DataTypes.DateType, "As-of date it was closed or expired"),
              optional("acknowledged_by", DataTypes.StringType, "Who took it up"),
              optional("closed_by", DataTypes.StringType, "Who closed it"),
              optional("note", DataTypes.StringType, "What they wrote"),
              optional("value", DataTypes.DoubleType, "The figure behind it"),
              optional("bound", DataTypes.DoubleType, "What it is held against"),
              required("message_en", DataTypes.StringType, "One sentence, English"),
              required("message_zh", DataTypes.StringType, "One sentence, Chinese"),
              required(Columns.RUN_ID, DataTypes.StringType, "The run that raised it")),
          Map.of(
              "known_severity", "severity IN ('info', 'warning', 'critical')",
              "known_state", "state IN ('open', 'acknowledged', 'closed', 'expired')"));

  private OpsMonitoring() {}

  static List<TableSpec> tables() {
    return List.of(PREDICTION_LEDGER, DRIFT, ALERT);
  }

  private static TableSpec ops(
      String name,
      String comment,
      String grain,
      List<String> keys,
      List<TableSpec.ColumnSpec> columns) {
    return new TableSpec(
        "ops",
        name,
        comment,
        grain,
        keys,
        List.of(Columns.RUN_ID),
        ColumnCatalog.all(ColumnCatalog.of(Columns.RUN_ID, Columns.SNAPSHOT_DATE), columns),
        Map.of());
  }
}
