package io.gradus.table;

import static io.gradus.table.TableSpec.ColumnSpec.optional;
import static io.gradus.table.TableSpec.ColumnSpec.required;

import io.gradus.table.TableSpec.ColumnSpec;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataTypes;

/** What moved and what the whole depends on: the gold tables of the monitoring of every night. */
public final class GoldMonitoring {
  private static final List<ColumnSpec> SCOPE =
      List.of(
          required(
              "scope_column",
              DataTypes.StringType,
              "all, or the column that cuts the customers: industry, region, customer_type, owner,"
                  + " product"),
          required("scope_value", DataTypes.StringType, "Its value; * for all"));

  private static final ColumnSpec CUSTOMERS =
      required("customers", DataTypes.LongType, "Number of customers");
  private static final ColumnSpec REVENUE =
      required("revenue_365d", TableSpec.MONEY, "Net revenue of the last 365 days");

  /** The grade of every customer at every time. */
  public static final TableSpec CUSTOMER_GRADE_HISTORY =
      new TableSpec(
          "gold",
          "customer_grade_history",
          "Official grades with the days they held; rows that a later run corrected stay, marked",
          "one row per customer, start and run that stated it",
          List.of(Columns.CUSTOMER_ID, "valid_from", Columns.RUN_ID),
          List.of(),
          List.of(
              ColumnCatalog.of(Columns.CUSTOMER_ID).get(0),
              required("valid_from", DataTypes.DateType, "First as-of date with this grade"),
              optional(
                  "valid_to", DataTypes.DateType, "Last day with this grade; NULL while it holds"),
              required(Columns.GRADE, DataTypes.StringType, "Official grade"),
              optional(
                  "previous_grade", DataTypes.StringType, "Grade before; NULL for the first one"),
              required(
                  "cause",
                  DataTypes.StringType,
                  "new, override, credit_stop, policy, ruler, correction, behaviour, peers (others"
                      + " moved past), or confirmed (moved earlier, held as long as the policy"
                      + " asks)"),
              optional(
                  "restated_on",
                  DataTypes.DateType,
                  "As-of date whose later run found another grade; NULL for rows in force"),
              required(Columns.RUN_ID, DataTypes.StringType, "The run that stated the row")),
          Map.of("ends_after_start", "valid_to IS NULL OR valid_to >= valid_from"));

  /** The structure by grade. */
  public static final TableSpec GRADE_SUMMARY =
      Gold.aggregate(
          "grade_summary",
          "Customers and money by grade, for all and within each industry, region and type",
          "one row per as-of date, scope and grade",
          List.of("scope_column", "scope_value", Columns.GRADE),
          ColumnCatalog.all(
              SCOPE,
              ColumnCatalog.of(Columns.GRADE),
              List.of(
                  CUSTOMERS,
                  optional(
                      "customer_share", DataTypes.DoubleType, "Share of the scope's customers"),
                  REVENUE,
                  optional("revenue_share", DataTypes.DoubleType, "Share of the scope's revenue"),
                  optional(
                      Columns.PROFIT_365D,
                      TableSpec.MONEY,
                      "Margin of the last 365 days, of customers with costs; NULL without any"),
                  required("clv_12m", TableSpec.MONEY, "Expected margin of the next 12 months"),
                  optional("headroom", TableSpec.MONEY, "Wallet not yet won"),
                  optional("revenue_at_risk", TableSpec.MONEY, "Revenue at risk by churn"),
                  optional(
                      "mean_churn_probability",
                      DataTypes.DoubleType,
                      "Mean churn probability of the eligible"),
                  optional(
                      "provisional_share", DataTypes.DoubleType, "Share of provisional grades"),
                  required(
                      "prospects",
                      DataTypes.LongType,
                      "Prospects of the grade, not among its customers"),
                  required(
                      "customers_before",
                      DataTypes.LongType,
                      "Customers who bought in the 365 days before the last 365"),
                  required(
                      "customers_retained",
                      DataTypes.LongType,
                      "Those of them who bought in the last 365 days as well"),
                  optional(
                      "retention", DataTypes.DoubleType, "customers_retained / customers_before"),
                  required(
                      "revenue_before",
                      TableSpec.MONEY,
                      "Net revenue of customers_before in that earlier year"),
                  required(
                      "revenue_retained",
                      TableSpec.MONEY,
                      "Their net revenue in the last 365 days"),
                  optional(
                      "net_revenue_retention",
                      DataTypes.DoubleType,
                      "revenue_retained / revenue_before; by today's grade"),
                  required("revenue_30d", TableSpec.MONEY, "Net revenue of the last 30 days"),
                  required(
                      "purchases_30d", DataTypes.LongType, "Purchase days in the last 30 days"),
                  required(
                      "purchases_90d", DataTypes.LongType, "Purchase days in the last 90 days"))));

  /** Who moved from which grade to which. */
  public static final TableSpec GRADE_MIGRATION =
      Gold.aggregate(
          "grade_migration",
          "Moves between grades since the as-of date before, in customers and money",
          "one row per as-of date, pair of grades and cause",
          List.of("from_grade", "to_grade", "cause"),
          List.of(
              required("previous_date", DataTypes.DateType, "As-of date compared with"),
              required("from_grade", DataTypes.StringType, "Grade then; none for new customers"),
              required("to_grade", DataTypes.StringType, "Grade now; none for customers gone"),
              required("direction", DataTypes.StringType, "up, down, same, new or gone"),
              required(
                  "cause",
                  DataTypes.StringType,
                  "As in customer_grade_history; none when the grade is the same"),
              CUSTOMERS,
              required("revenue_before", TableSpec.MONEY, "Revenue of 365 days as of the old date"),
              REVENUE,
              required(
                  "reversals",
                  DataTypes.LongType,
                  "Customers whose move takes back one of the last 30 days")));

  /** Where the buyers of a month came from and where those of the month before went. */
  public static final TableSpec LIFECYCLE_BRIDGE =
      Gold.aggregate(
          "lifecycle_bridge",
          "Buyers of each complete month: new, returning, resurrected; and the dormant",
          "one row per month, movement and grade; written by the first run after the month",
          List.of("month", "movement", Columns.GRADE),
          List.of(
              required("month", DataTypes.DateType, "First day of the month"),
              required(
                  "movement",
                  DataTypes.StringType,
                  "new (first purchase ever), returning (bought the month before too), resurrected"
                      + " (bought before that), dormant (bought the month before, not in this)"),
              required(Columns.GRADE, DataTypes.StringType, "Grade on the as-of date of the run"),
              CUSTOMERS,
              required(
                  "revenue",
                  TableSpec.MONEY,
                  "Net revenue of the purchase days of the month; of the month before for the"
                      + " dormant")));

  /** How much depends on how few. */
  public static final TableSpec CONCENTRATION =
      Gold.aggregate(
          "concentration",
          "How revenue is spread: over customers, and over groups, regions, industries, products",
          "one row per as-of date, scope and unit",
          List.of("scope_column", "scope_value", "unit"),
          ColumnCatalog.all(
              SCOPE,
              List.of(
                  required(
                      "unit",
                      DataTypes.StringType,
                      "What holds the shares: customer, parent_group, region, industry, product"),
                  required("units", DataTypes.LongType, "Units with revenue above 0"),
                  required("revenue_365d", TableSpec.MONEY, "Their net revenue of 365 days"),
                  optional("hhi", DataTypes.DoubleType, "Herfindahl–Hirschman index, 0 to 1"),
                  optional("effective_number", DataTypes.DoubleType, "1 / hhi: as many equal ones"),
                  optional("cr1", DataTypes.DoubleType, "Share of the largest, 0 to 1"),
                  optional("cr5", DataTypes.DoubleType, "Share of the five largest"),
                  optional("cr10", DataTypes.DoubleType, "Share of the ten largest"),
                  optional("cr20", DataTypes.DoubleType, "Share of the twenty largest"),
                  optional("gini", DataTypes.DoubleType, "Gini coefficient, 0 equal to 1"),
                  required(
                      "above_10_percent", DataTypes.IntegerType, "Units above 10 % of revenue"),
                  required("loss_of_1", TableSpec.MONEY, "Revenue lost with the largest"),
                  required("loss_of_3", TableSpec.MONEY, "Revenue lost with the three largest"),
                  required("loss_of_5", TableSpec.MONEY, "Revenue lost with the five largest"),
                  optional(
                      "expected_loss",
                      TableSpec.MONEY,
                      "Revenue times churn probability, over customers; NULL for other units"),
                  optional(
                      "hhi_year_before",
                      DataTypes.DoubleType,
                      "hhi of the 365 days before those; NULL without revenue in them"),
                  optional(
                      "cr5_year_before", DataTypes.DoubleType, "cr5 of the 365 days before"))));

  /** The curve behind the Gini coefficient. */
  public static final TableSpec LORENZ_CURVE =
      Gold.aggregate(
          "lorenz_curve",
          "Lorenz curve of revenue over customers with revenue, smallest first",
          "one row per as-of date, scope and point",
          List.of("scope_column", "scope_value", "point"),
          ColumnCatalog.all(
              SCOPE,
              List.of(
                  required("point", DataTypes.IntegerType, "0 to 100"),
                  required("customer_share", DataTypes.DoubleType, "Share of customers, 0 to 1"),
                  required("revenue_share", DataTypes.DoubleType, "Share of revenue they hold"))));

  /** Whether groups are graded alike. */
  public static final TableSpec FAIRNESS =
      Gold.aggregate(
          "fairness",
          "Share of each grade per group, also among customers of like realised value",
          "one row per as-of date, group, value decile and grade; monthly",
          List.of("scope_column", "scope_value", "value_decile", Columns.GRADE),
          ColumnCatalog.all(
              SCOPE,
              List.of(
                  required(
                      "value_decile",
                      DataTypes.IntegerType,
                      "Decile of the revenue of 365 days, 1 lowest to 10; 0 for all"),
                  required(Columns.GRADE, DataTypes.StringType, "Grade"),
                  required("customers", DataTypes.LongType, "Customers of the group and decile"),
                  required("graded", DataTypes.LongType, "Those with the grade"),
                  optional("share", DataTypes.DoubleType, "graded / customers"),
                  optional("lower", DataTypes.DoubleType, "Lower end of its 95 % Wilson interval"),
                  optional("upper", DataTypes.DoubleType, "Upper end of its 95 % Wilson interval"),
                  optional(
                      "expected_share",
                      DataTypes.DoubleType,
                      "Share if the group were graded as everybody of its deciles is"),
                  required(
                      "verdict",
                      DataTypes.StringType,
                      "alike (expected_share inside the interval), above, below or too_few"))));

  private GoldMonitoring() {}

  static List<TableSpec> tables() {
    return List.of(
        CUSTOMER_GRADE_HISTORY,
        GRADE_SUMMARY,
        GRADE_MIGRATION,
        LIFECYCLE_BRIDGE,
        CONCENTRATION,
        LORENZ_CURVE,
        FAIRNESS);
  }
}
