package io.gradus.table;

import static io.gradus.table.ColumnList.BOOLEAN;
import static io.gradus.table.ColumnList.DATE;
import static io.gradus.table.ColumnList.DOUBLE;
import static io.gradus.table.ColumnList.INT;
import static io.gradus.table.ColumnList.MONEY;
import static io.gradus.table.ColumnList.TEXT;

/** Columns that come from the customer master and the optional feeds. */
final class FeedCatalog {
  private FeedCatalog() {}

  static void addTo(ColumnList columns) {
    columns.optional(
        Columns.CUSTOMER_NAME, TEXT, "Name from the customer master; NULL when not given");
    columns.optional(
        Columns.INDUSTRY, TEXT, "Industry from the customer master; NULL when not given");
    columns.optional(Columns.REGION, TEXT, "Region from the customer master; NULL when not given");
    columns.optional(
        Columns.CUSTOMER_TYPE, TEXT, "Type from the customer master, such as B2B or B2C");
    columns.optional(Columns.PARENT_GROUP, TEXT, "Group of companies the customer belongs to");
    columns.optional(Columns.OWNER, TEXT, "Who looks after the customer");
    columns.optional(Columns.CREDIT_LIMIT, MONEY, "Credit limit; NULL when not given");
    columns.optional(
        Columns.CREDIT_STOP, BOOLEAN, "Whether credit is stopped, which sets the last grade");
    columns.optional(
        Columns.CREDIT_RISK,
        DOUBLE,
        "Credit risk 0 to 100 from payments, higher is riskier; NULL without payments");
    columns.optional(
        Columns.PROFIT_365D,
        MONEY,
        "Net revenue less costs of the last 365 days; NULL without a cost in them");
    columns.optional(
        Columns.STRATEGIC_FIT, DOUBLE, "Mean rating in force, 0 to 5; NULL without one");
    columns.optional(
        Columns.WALLET_ESTIMATE, MONEY, "Yearly spend everywhere as the owner's people believe");
    columns.optional(Columns.WALLET_CONFIDENCE, DOUBLE, "How sure they are, 0 to 1");
    columns.optional(
        Columns.TICKETS_365D, INT, "Service tickets of the last 365 days; NULL without the feed");
    columns.optional(
        Columns.SERVICE_INTENSITY, DOUBLE, "Tickets per purchase of the last 365 days");
    columns.optional(
        Columns.NEED, TEXT, "What is needed above the mean: product, service, both, neither");
    columns.optional(Columns.REFERRALS, INT, "Customers this one brought; NULL without the feed");
    columns.optional(
        Columns.REFERRAL_VALUE, MONEY, "Net revenue of the last 365 days of customers it brought");
    columns.optional(
        Columns.OVERRIDE_GRADE, TEXT, "Grade set by hand; NULL without an override in force");
    columns.optional(Columns.OVERRIDE_AUTHOR, TEXT, "Who set it");
    columns.optional(Columns.OVERRIDE_REASON, TEXT, "Why");
    columns.optional(Columns.OVERRIDE_UNTIL, DATE, "The last day on which it holds");
  }
}
