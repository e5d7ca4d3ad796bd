package io.gradus.table;

import static io.gradus.table.ColumnList.BOOLEAN;
import static io.gradus.table.ColumnList.DATE;
import static io.gradus.table.ColumnList.DOUBLE;
import static io.gradus.table.ColumnList.INT;
import static io.gradus.table.ColumnList.MONEY;
import static io.gradus.table.ColumnList.TEXT;
import static io.gradus.table.ColumnList.TEXTS;

/** Columns that models give a customer: RFM, lifetime value, cluster and churn. */
final class ModelCatalog {
  private ModelCatalog() {}

  static void addTo(ColumnList columns) {
    rfm(columns);
    clv(columns);
    clusters(columns);
    churn(columns);
  }

  private static void rfm(ColumnList columns) {
    columns.optional(
        Columns.R_SCORE, INT, "Recency score 1 (long ago) to 5 (recent); NULL for prospects");
    columns.optional(Columns.F_SCORE, INT, "Frequency score 1 to 5; NULL for prospects");
    columns.optional(Columns.M_SCORE, INT, "Monetary score 1 to 5; NULL for prospects");
    columns.optional(
        Columns.RFM_CELL, TEXT, "The three scores side by side, such as 545; NULL for prospects");
    columns.optional(
        Columns.RFM_SEGMENT, TEXT, "Segment of the RFM rule table; NULL for prospects");
    columns.optional(Columns.RFM_SEGMENT_ZH, TEXT, "The segment in Chinese; NULL for prospects");
  }

  private static void clv(ColumnList columns) {
    columns.optional(
        Columns.PROBABILITY_ALIVE,
        DOUBLE,
        "Probability of still being a customer; not a churn probability; NULL without purchase");
    columns.optional(
        Columns.EXPECTED_PURCHASES,
        DOUBLE,
        "Expected purchase days in the next 12 months; NULL without purchase");
    columns.optional(
        Columns.EXPECTED_AVERAGE_VALUE,
        DOUBLE,
        "Expected net amount of a purchase day; NULL without purchase");
    columns.required(Columns.CLV_12M, MONEY, "Expected margin of the next 12 months, discounted");
    columns.required(Columns.CLV_36M, MONEY, "Expected margin of the next 36 months, discounted");
    columns.required(
        Columns.CLV_12M_UNDISCOUNTED,
        MONEY,
        "Expected margin of the next 12 months, not discounted");
    columns.optional(Columns.CLV_12M_P10, MONEY, "Tenth percentile of the 12-month margin");
    columns.optional(Columns.CLV_12M_P90, MONEY, "Ninetieth percentile of the 12-month margin");
    columns.optional(
        Columns.CLV_RESIDUAL, MONEY, "Expected discounted margin over the whole remaining life");
    columns.required(
        Columns.CLV_METHOD, TEXT, "Model that gave the value, or the fallback that stood in");
    columns.optional(
        Columns.GAMMA_GAMMA_PRIOR_USED,
        BOOLEAN,
        "True when the average value rests on the population alone (no repeat purchase)");
  }

  private static void clusters(ColumnList columns) {
    columns.optional(
        Columns.CLUSTER_KEY,
        TEXT,
        "Persistent key of the cluster; means the same group from month to month");
    columns.optional(Columns.CLUSTER_NAME, TEXT, "The cluster in words");
    columns.optional(Columns.CLUSTER_NAME_ZH, TEXT, "The cluster in words, Chinese");
    columns.optional(
        Columns.CLUSTER_DISTANCE, DOUBLE, "Distance to the cluster centre in scaled units");
    columns.optional(Columns.CLUSTER_SECOND_KEY, TEXT, "Second nearest cluster");
    columns.optional(
        Columns.CLUSTER_MARGIN, DOUBLE, "How much farther the second centre lies, 0 and up");
  }

  private static void churn(ColumnList columns) {
    columns.optional(
        Columns.CHURN_PROBABILITY,
        DOUBLE,
        "Calibrated probability of no purchase within the horizon, 0 to 1");
    columns.optional(
        Columns.CHURN_BAND, TEXT, "Band of the probability: low, medium, high, very_high");
    columns.optional(
        Columns.CHURN_HORIZON_DAYS, INT, "Days ahead that the churn probability speaks of");
    columns.optional(
        Columns.CHURN_ELIGIBLE,
        BOOLEAN,
        "Whether the customer belongs to the population the model is judged on");
    columns.optional(Columns.CHURN_METHOD, TEXT, "Model or baseline that gave the probability");
    columns.optional(
        Columns.CHURN_REASONS, TEXTS, "Codes of the strongest reasons, strongest first");
    columns.optional(Columns.CHURN_REASONS_EN, TEXT, "The reasons in English");
    columns.optional(Columns.CHURN_REASONS_ZH, TEXT, "The reasons in Chinese");
    columns.optional(
        Columns.EXPECTED_NEXT_PURCHASE_DATE,
        DATE,
        "Last purchase plus the typical personal gap; NULL when unknown");
    columns.optional(
        Columns.OVERDUE_RATIO,
        DOUBLE,
        "Days since the last purchase over the personal overdue threshold; above 1 is overdue");
    columns.optional(
        Columns.REVENUE_AT_RISK,
        MONEY,
        "Churn probability times the revenue expected within the horizon");
    columns.optional(
        Columns.EXPECTED_SPEND,
        MONEY,
        "Expected net revenue within the churn horizon, by the forecast that won");
    columns.optional(
        Columns.EXPECTED_SPEND_BTYD, MONEY, "The same by purchase model times average value");
    columns.optional(Columns.EXPECTED_SPEND_METHOD, TEXT, "Which of the two expected_spend is");
  }
}
