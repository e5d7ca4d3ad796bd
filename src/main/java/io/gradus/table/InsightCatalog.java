package io.gradus.table;

import static io.gradus.table.ColumnList.DOUBLE;
import static io.gradus.table.ColumnList.MONEY;
import static io.gradus.table.ColumnList.TEXT;

/** Columns of what is concluded from features and models before the grade. */
final class InsightCatalog {
  private InsightCatalog() {}

  static void addTo(ColumnList columns) {
    insight(columns);
    insightDetails(columns);
  }

  private static void insight(ColumnList columns) {
    columns.optional(
        Columns.GROWTH,
        DOUBLE,
        "Change of the last 12 months against the 12 before (0.1 = 10 % more), shrunk to the peers;"
            + " NULL without two comparable years");
    columns.optional(
        Columns.WALLET,
        MONEY,
        "Estimated yearly spend the customer could give: 80th percentile of its peers");
    columns.optional(
        Columns.HEADROOM, MONEY, "Wallet less the revenue of the last 365 days, at least 0");
    columns.optional(Columns.LOYALTY, DOUBLE, "Loyalty score 0 to 100");
    columns.optional(Columns.RISK, DOUBLE, "Risk score 0 to 100, higher is riskier");
    columns.optional(
        Columns.LIFECYCLE,
        TEXT,
        "new, growing, mature, declining, at_risk, lapsed, reactivated, or prospect: known from the"
            + " customer master alone");
  }

  private static void insightDetails(ColumnList columns) {
    columns.optional(
        Columns.WHITE_SPACE,
        MONEY,
        "Yearly spend of the peers on categories the customer takes nothing of: share of buyers"
            + " times median; NULL when no category is mapped");
    columns.optional(
        Columns.TOP_PRODUCT_SHARE,
        DOUBLE,
        "Share of the last 365 days' product revenue that one product makes; NULL when no product"
            + " is mapped");
    columns.optional(
        Columns.REVENUE_CV,
        DOUBLE,
        "Coefficient of variation of revenue in the last 12 periods of 30 days; NULL when no"
            + " product or category is mapped, below 3 periods and without revenue");
    columns.optional(
        Columns.LATE_DELIVERY_RATE,
        DOUBLE,
        "Share of the deliveries promised for the last 365 days that came late, 0 to 1");
    columns.optional(
        Columns.SUPPLY_RISK,
        DOUBLE,
        "Mean of return rate and late-delivery rate, 0 to 100; higher is riskier");
    columns.optional(Columns.GROWTH_SE, DOUBLE, "Standard error of the logarithm of growth");
    columns.optional(Columns.GROWTH_METHOD, TEXT, "ratio, or none without two comparable years");
    columns.optional(Columns.WALLET_PEERS, TEXT, "The peer group that the wallet rests on");
    columns.optional(
        Columns.OVERDUE_AFTER_DAYS,
        DOUBLE,
        "Days without purchase after which the customer is overdue");
    columns.optional(
        Columns.LAPSED_AFTER_DAYS,
        DOUBLE,
        "Days without purchase after which the customer counts as lapsed");
  }
}
