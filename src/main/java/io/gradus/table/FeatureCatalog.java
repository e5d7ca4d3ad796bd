package io.gradus.table;

import static io.gradus.table.ColumnList.DATE;
import static io.gradus.table.ColumnList.DOUBLE;
import static io.gradus.table.ColumnList.INT;
import static io.gradus.table.ColumnList.MONEY;

/** Columns that are computed from a customer's purchase days. */
final class FeatureCatalog {
  private FeatureCatalog() {}

  static void addTo(ColumnList columns) {
    columns.optional(
        Columns.FIRST_PURCHASE_DATE,
        DATE,
        "First day with positive net amount; NULL without purchase");
    columns.optional(
        Columns.LAST_PURCHASE_DATE,
        DATE,
        "Last day with positive net amount; NULL without purchase");
    columns.optional(Columns.FREQUENCY, INT, "Repeat purchase days (x); NULL without purchase");
    columns.optional(
        Columns.RECENCY,
        INT,
        "Days from the first to the last purchase day (t_x); NULL without purchase");
    columns.optional(
        Columns.AGE,
        INT,
        "Days from the first purchase day to the snapshot date; NULL without purchase");
    columns.optional(
        Columns.MONETARY_VALUE,
        DOUBLE,
        "Mean net amount of the repeat purchase days; NULL when frequency is 0");
    columns.required(
        Columns.PURCHASE_DAYS, INT, "Days with positive net amount over the whole history");
    columns.required(Columns.NET_TOTAL, MONEY, "Net revenue over the whole history");
    columns.required(Columns.GROSS_TOTAL, MONEY, "Sum of positive amounts over the whole history");
    columns.required(
        Columns.REFUND_TOTAL, MONEY, "Sum of negative amounts over the whole history; 0 or less");
    columns.optional(
        Columns.LARGEST_DAY_AMOUNT,
        MONEY,
        "Largest net amount of one purchase day; NULL without purchase");
    columns.optional(
        Columns.AVERAGE_DAY_AMOUNT,
        DOUBLE,
        "Mean net amount of a purchase day; NULL without purchase");
    columns.optional(
        Columns.DAYS_SINCE_LAST,
        INT,
        "Days from the last purchase to the snapshot date; NULL without purchase");
    columns.required(Columns.PURCHASES_30D, INT, "Purchase days in the last 30 days");
    columns.required(Columns.PURCHASES_90D, INT, "Purchase days in the last 90 days");
    columns.required(Columns.PURCHASES_180D, INT, "Purchase days in the last 180 days");
    columns.required(Columns.PURCHASES_365D, INT, "Purchase days in the last 365 days");
    columns.required(Columns.PURCHASES_730D, INT, "Purchase days in the last 730 days");
    columns.required(Columns.SPEND_30D, MONEY, "Net revenue of the last 30 days");
    columns.required(Columns.SPEND_90D, MONEY, "Net revenue of the last 90 days");
    columns.required(Columns.SPEND_180D, MONEY, "Net revenue of the last 180 days");
    columns.required(Columns.SPEND_365D, MONEY, "Net revenue of the last 365 days");
    columns.required(Columns.SPEND_730D, MONEY, "Net revenue of the last 730 days");
    columns.optional(
        Columns.GAP_MEAN,
        DOUBLE,
        "Mean days between purchases of the last 768 days; NULL below two purchases");
    columns.optional(
        Columns.GAP_CV,
        DOUBLE,
        "Coefficient of variation of those gaps; NULL below three purchases");
    columns.optional(
        Columns.LOG_GAP_MEAN,
        DOUBLE,
        "Mean natural logarithm of those gaps; NULL below two purchases");
    columns.optional(
        Columns.LOG_GAP_SD,
        DOUBLE,
        "Standard deviation of the logarithms; NULL below three purchases");
    columns.optional(
        Columns.CATEGORY_BREADTH,
        DOUBLE,
        "Estimated number of distinct categories (or products) bought; NULL when not mapped");
    columns.optional(
        Columns.RETURN_RATE,
        DOUBLE,
        "Refunds as a share of gross revenue, 0 and up; NULL without gross revenue");
  }
}
