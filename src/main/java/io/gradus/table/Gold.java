package io.gradus.table;

import static io.gradus.table.TableSpec.ColumnSpec.optional;
import static io.gradus.table.TableSpec.ColumnSpec.required;

import io.gradus.table.TableSpec.ColumnSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataTypes;

/** What people and BI tools read: customers with their grades, and the structure of the whole. */
public final class Gold {
  private static final String LAYER = "gold";

  private static final Map<String, String> CUSTOMER_CHECKS =
      Map.of(
          "churn_is_a_probability",
              "churn_probability IS NULL OR churn_probability BETWEEN 0 AND 1",
          "alive_is_a_probability",
              "probability_alive IS NULL OR probability_alive BETWEEN 0 AND 1",
          "clv_is_not_negative", "clv_12m >= 0 AND clv_36m >= 0",
          "scores_are_1_to_5",
              "lifecycle = 'prospect' OR (r_score BETWEEN 1 AND 5 AND f_score BETWEEN 1 AND 5 AND"
                  + " m_score BETWEEN 1 AND 5)");

  private static final List<ColumnSpec> COUNTS =
      List.of(
          required("customers", DataTypes.LongType, "Number of customers"),
          optional("customer_share", DataTypes.DoubleType, "Share of all customers, 0 to 1"));

  /** The current customers: where BI starts. */
  public static final TableSpec CUSTOMER_360 =
      new TableSpec(
          LAYER,
          "customer_360",
          "Every graded customer of the newest as-of date with all that is known",
          "one row per customer",
          List.of(Columns.CUSTOMER_ID),
          List.of(),
          CustomerColumns.all(),
          CUSTOMER_CHECKS);

  /** The customers of every kept as-of date. */
  public static final TableSpec CUSTOMER_SNAPSHOT =
      new TableSpec(
          LAYER,
          "customer_snapshot",
          "Every graded customer by as-of date",
          "one row per customer and as-of date",
          List.of(Columns.SNAPSHOT_DATE, Columns.CUSTOMER_ID),
          List.of(Columns.SNAPSHOT_DATE),
          CustomerColumns.all(),
          CUSTOMER_CHECKS);

  /** Why a score is what it is. */
  public static final TableSpec SCORE_CONTRIBUTION =
      new TableSpec(
          LAYER,
          "score_contribution",
          "What each indicator adds to a customer's score, newest as-of date",
          "one row per customer and indicator",
          List.of(Columns.CUSTOMER_ID, Columns.INDICATOR),
          List.of(),
          ColumnCatalog.of(
              Columns.CUSTOMER_ID,
              Columns.INDICATOR,
              Columns.DIMENSION,
              Columns.INDICATOR_VALUE,
              Columns.INDICATOR_SCORE,
              Columns.CONTRIBUTION,
              Columns.SNAPSHOT_DATE,
              Columns.RUN_ID),
          Map.of());

  /** The official grades against those of the coming policy. */
  public static final TableSpec SHADOW_SUMMARY =
      aggregate(
          "shadow_summary",
          "Customers and revenue by official grade and by the grade that the coming policy gives",
          "one row per as-of date, shadow policy, grade and shadow grade",
          List.of(Columns.SHADOW_POLICY, Columns.GRADE, Columns.GRADE_SHADOW),
          ColumnCatalog.all(
              ColumnCatalog.of(Columns.SHADOW_POLICY, Columns.GRADE, Columns.GRADE_SHADOW),
              List.of(
                  COUNTS.get(0),
                  required("revenue_365d", TableSpec.MONEY, "Net revenue of the last 365 days"))));

  /** The structure by matrix cell. */
  public static final TableSpec MATRIX_SUMMARY =
      aggregate(
          "matrix_summary",
          "Customers and revenue by cell of the value–potential matrix",
          "one row per as-of date and cell",
          List.of(Columns.MATRIX_CELL),
          ColumnCatalog.all(
              ColumnCatalog.of(Columns.MATRIX_CELL, Columns.MATRIX_CELL_ZH),
              List.of(
                  COUNTS.get(0),
                  required("revenue_365d", TableSpec.MONEY, "Net revenue of the last 365 days"))));

  /** The structure by RFM segment. */
  public static final TableSpec RFM_SEGMENT_SUMMARY =
      aggregate(
          "rfm_segment_summary",
          "Customers and revenue by RFM segment",
          "one row per as-of date and segment",
          List.of(Columns.RFM_SEGMENT),
          ColumnCatalog.all(
              List.of(required("segment_rank", DataTypes.IntegerType, "Order of the segments")),
              ColumnCatalog.of(Columns.RFM_SEGMENT, Columns.RFM_SEGMENT_ZH),
              COUNTS,
              List.of(
                  required("revenue", TableSpec.MONEY, "Net revenue in the scorer's window"),
                  optional("revenue_share", DataTypes.DoubleType, "Share of all revenue"),
                  optional("mean_days_since_last", DataTypes.DoubleType, "Mean recency in days"),
                  optional("mean_purchases", DataTypes.DoubleType, "Mean purchase days"),
                  optional("mean_revenue", TableSpec.MONEY, "Mean net revenue"))));

  /** The cut-points of the scores. */
  public static final TableSpec RFM_CUTPOINT =
      aggregate(
          "rfm_cutpoint",
          "Cut-points of the RFM scores",
          "one row per as-of date, scope, measure and score",
          List.of("scope", "measure", "score"),
          List.of(
              required("scope", DataTypes.StringType, "Scope; * is everybody"),
              required("measure", DataTypes.StringType, "recency, frequency or monetary"),
              required("score", DataTypes.IntegerType, "Score that begins here, 2 to 5"),
              optional("threshold", DataTypes.DoubleType, "Value from which the score is given"),
              required("customers", DataTypes.LongType, "Customers the cut was learned from"),
              required("window_days", DataTypes.IntegerType, "Days back that the figures look"),
              optional(
                  "scope_column",
                  DataTypes.StringType,
                  "Column whose values are the scopes; NULL without scopes")));

  /** What the clusters are like. */
  public static final TableSpec CLUSTER_PROFILE =
      aggregate(
          "cluster_profile",
          "Size, revenue and features of each cluster",
          "one row per as-of date, cluster and feature",
          List.of(Columns.CLUSTER_KEY, "feature"),
          ColumnCatalog.all(
              ColumnCatalog.of(Columns.CLUSTER_KEY, Columns.CLUSTER_NAME, Columns.CLUSTER_NAME_ZH),
              COUNTS,
              List.of(
                  required("revenue", TableSpec.MONEY, "Net revenue of the last 365 days"),
                  optional("revenue_share", DataTypes.DoubleType, "Share of all revenue"),
                  optional("mean_distance", DataTypes.DoubleType, "Mean distance to the centre"),
                  required("feature", DataTypes.StringType, "Feature"),
                  optional("feature_mean", DataTypes.DoubleType, "Mean of the cluster"),
                  optional("population_mean", DataTypes.DoubleType, "Mean of all customers"),
                  optional("z_score", DataTypes.DoubleType, "Distance from the population mean"))));

  /** Why there are that many clusters. */
  public static final TableSpec CLUSTER_SEARCH =
      aggregate(
          "cluster_search",
          "How good and how repeatable each number of clusters is",
          "one row per as-of date and k",
          List.of("k"),
          List.of(
              required("k", DataTypes.IntegerType, "Number of clusters"),
              optional("within_squares", DataTypes.DoubleType, "Squared distances to the centres"),
              optional("silhouette", DataTypes.DoubleType, "Mean silhouette, −1 to 1"),
              optional("davies_bouldin", DataTypes.DoubleType, "Smaller is better"),
              optional("calinski_harabasz", DataTypes.DoubleType, "Larger is better"),
              optional("gap", DataTypes.DoubleType, "Gap statistic"),
              optional("gap_standard_error", DataTypes.DoubleType, "Its standard error"),
              optional("adjusted_rand", DataTypes.DoubleType, "Mean agreement with bootstraps"),
              optional("smallest_jaccard", DataTypes.DoubleType, "Least repeatable cluster"),
              optional("smallest_share", DataTypes.DoubleType, "Share of the smallest cluster"),
              required("eligible", DataTypes.BooleanType, "Whether all limits hold"),
              required("chosen", DataTypes.BooleanType, "Whether the model has this k")));

  /** The scale of the scores. */
  public static final TableSpec POLICY_RULER =
      aggregate(
          "policy_ruler",
          "The frozen scale of each indicator of the policy",
          "one row per as-of date, scope and indicator",
          List.of("policy", "version", "scope", "indicator"),
          List.of(
              required("position", DataTypes.IntegerType, "Order of the rows"),
              required("policy", DataTypes.StringType, "Name of the policy"),
              required("version", DataTypes.IntegerType, "Version of the policy"),
              required("scope", DataTypes.StringType, "Scope; * is everybody"),
              required("indicator", DataTypes.StringType, "Column of the indicator"),
              required("lower", DataTypes.DoubleType, "Value at which the score begins"),
              required("upper", DataTypes.DoubleType, "Value at which the score ends"),
              required("unit", DataTypes.DoubleType, "Scale of the log transform"),
              required("median", DataTypes.DoubleType, "Value of the typical customer"),
              optional("weight", DataTypes.DoubleType, "Share of the total, 0 to 1")));

  /** Why an account has its tier. */
  public static final TableSpec KEY_ACCOUNT =
      aggregate(
          "key_account",
          "Accounts of the key-account gates with the evidence of each gate",
          "one row per as-of date, account and gate",
          List.of(Columns.ACCOUNT_ID, Columns.GATE),
          ColumnCatalog.all(
              List.of(required(Columns.ACCOUNT_ID, DataTypes.StringType, "Account")),
              List.of(COUNTS.get(0)),
              ColumnCatalog.of(
                  Columns.ACCOUNT_TIER,
                  Columns.GATE,
                  Columns.GATE_VALUE,
                  Columns.GATE_LIMIT,
                  Columns.GATE_PASSED)));

  /** Why scores moved since the date before. */
  public static final TableSpec GRADE_CHANGE =
      new TableSpec(
          LAYER,
          "grade_change",
          "Each score's change since the date before, split into four causes that add up exactly",
          "one row per customer, newest as-of date",
          List.of(Columns.CUSTOMER_ID),
          List.of(),
          ColumnCatalog.all(
              ColumnCatalog.of(Columns.CUSTOMER_ID),
              List.of(
                  required("previous_date", DataTypes.DateType, "As-of date compared with"),
                  required("policy_before", DataTypes.StringType, "Policy and version then"),
                  required("policy_after", DataTypes.StringType, "Policy and version now")),
              ColumnCatalog.of(
                  Columns.GRADE_BEFORE,
                  Columns.GRADE,
                  Columns.SCORE_BEFORE,
                  Columns.SCORE_AFTER,
                  Columns.CHANGE_BY_CORRECTION,
                  Columns.CHANGE_BY_BEHAVIOUR,
                  Columns.CHANGE_BY_RULER,
                  Columns.CHANGE_BY_POLICY,
                  Columns.SNAPSHOT_DATE,
                  Columns.RUN_ID)),
          Map.of(
              "causes_add_up",
              "score_after - score_before = change_by_correction + change_by_behaviour +"
                  + " change_by_ruler + change_by_policy"));

  /** The policies that graded. */
  public static final TableSpec POLICY =
      aggregate(
          "policy",
          "Every policy version that graded, with its text",
          "one row per policy and version, at the first as-of date it graded",
          List.of("policy", "version"),
          List.of(
              required("policy", DataTypes.StringType, "Name of the policy"),
              required("version", DataTypes.IntegerType, "Version of the policy"),
              required("title_en", DataTypes.StringType, "What people call it"),
              required("title_zh", DataTypes.StringType, "The same in Chinese"),
              required("sentences", DataTypes.StringType, "The policy in plain sentences"),
              required("text", DataTypes.StringType, "The policy as YAML, all defaults in place")));

  private Gold() {}

  /** Every table of the layer. */
  public static List<TableSpec> tables() {
    List<TableSpec> own =
        List.of(
            CUSTOMER_360,
            CUSTOMER_SNAPSHOT,
            SCORE_CONTRIBUTION,
            MATRIX_SUMMARY,
            SHADOW_SUMMARY,
            RFM_SEGMENT_SUMMARY,
            RFM_CUTPOINT,
            CLUSTER_PROFILE,
            CLUSTER_SEARCH,
            POLICY_RULER,
            POLICY,
            KEY_ACCOUNT,
            GRADE_CHANGE);
    return Stream.concat(own.stream(), GoldMonitoring.tables().stream()).toList();
  }

  /** A table that keeps every as-of date in a few rows. */
  static TableSpec aggregate(
      String name, String comment, String grain, List<String> keys, List<ColumnSpec> columns) {
    return new TableSpec(
        LAYER,
        name,
        comment,
        grain,
        Stream.concat(Stream.of(Columns.SNAPSHOT_DATE), keys.stream()).toList(),
        List.of(),
        ColumnCatalog.all(columns, ColumnCatalog.of(Columns.SNAPSHOT_DATE, Columns.RUN_ID)),
        Map.of());
  }
}
