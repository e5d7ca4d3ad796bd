package io.gradus.table;

import io.gradus.table.TableSpec.ColumnSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Type and meaning of every column that occurs in more than one table, once. */
final class ColumnCatalog {
  private static final DataType TEXT = DataTypes.StringType;
  private static final DataType TEXTS = DataTypes.createArrayType(DataTypes.StringType);
  private static final DataType DATE = DataTypes.DateType;
  private static final DataType TIME = DataTypes.TimestampType;
  private static final DataType LONG = DataTypes.LongType;
  private static final DataType INT = DataTypes.IntegerType;
  private static final DataType DOUBLE = DataTypes.DoubleType;
  private static final DataType BOOLEAN = DataTypes.BooleanType;
  private static final DataType MONEY = TableSpec.MONEY;
  private static final Map<String, ColumnSpec> COLUMNS = new LinkedHashMap<>();

  static {
    lineage();
    features();
    rfm();
    clv();
    clusters();
    churn();
    insight();
    grades();
    feeds();
    insightDetails();
    gradeDetails();
    shadow();
  }

  private ColumnCatalog() {}

  private static void lineage() {
    required(
        Columns.CUSTOMER_ID,
        TEXT,
        "Customer id as the source gives it, normalised (NFC, no blanks around it)");
    required(
        Columns.SNAPSHOT_DATE, DATE, "As-of date: the last business day that the row knows of");
    required(
        Columns.RUN_ID,
        TEXT,
        "The run that wrote the row: hash of as-of date, inputs, settings, policy and code");
    required(Columns.CURRENCY, TEXT, "ISO 4217 code of every amount in the row");
    required(Columns.SOURCE_FILE, TEXT, "Name of the source file the row was read from");
    required(Columns.SOURCE_ROW, LONG, "Position of the row in its source file, counted from 0");
    required(
        Columns.CONTENT_HASH,
        LONG,
        "64-bit hash of all mapped columns, by which repeated rows are found");
    optional(
        Columns.TRANSACTION_ID,
        TEXT,
        "Order, invoice or receipt number; NULL when the feed maps none");
    optional(Columns.LINE_ID, TEXT, "Line within the order; NULL when the feed maps none");
    optional(
        Columns.TIMESTAMP,
        TIME,
        "Instant of the transaction; times without zone are local to the business zone");
    optional(Columns.DAY, DATE, "Business day in the configured time zone");
    optional(Columns.PRODUCT_ID, TEXT, "Product or stock code; NULL when the feed maps none");
    optional(Columns.CATEGORY, TEXT, "Product category; NULL when the feed maps none");
    optional(
        Columns.QUANTITY,
        DOUBLE,
        "Units; negative for returns and cancellations; NULL when not mapped");
    optional(
        Columns.AMOUNT,
        MONEY,
        "Net amount of the line, rounded half up to the cent; negative for refunds");
    required(
        Columns.REASON,
        TEXT,
        "Code of the first rule the row fails, excluded:<name>, or duplicate");
    required(
        Columns.NET_AMOUNT,
        MONEY,
        "Sum of all amounts of the customer on the day, refunds included");
    required(Columns.GROSS_AMOUNT, MONEY, "Sum of the positive amounts of the day");
    required(Columns.REFUND_AMOUNT, MONEY, "Sum of the negative amounts of the day; 0 or less");
    required(Columns.LINE_COUNT, INT, "Number of order lines of the day");
    required(Columns.REFUND_LINE_COUNT, INT, "Number of lines with a negative amount");
    required(
        Columns.CATEGORY_BITS,
        LONG,
        "Linear-counting bitmap of the categories (or products) bought, 64 bits");
  }

  private static void features() {
    optional(
        Columns.FIRST_PURCHASE_DATE,
        DATE,
        "First day with positive net amount; NULL without purchase");
    optional(
        Columns.LAST_PURCHASE_DATE,
        DATE,
        "Last day with positive net amount; NULL without purchase");
    optional(Columns.FREQUENCY, INT, "Repeat purchase days (x); NULL without purchase");
    optional(
        Columns.RECENCY,
        INT,
        "Days from the first to the last purchase day (t_x); NULL without purchase");
    optional(
        Columns.AGE,
        INT,
        "Days from the first purchase day to the snapshot date; NULL without purchase");
    optional(
        Columns.MONETARY_VALUE,
        DOUBLE,
        "Mean net amount of the repeat purchase days; NULL when frequency is 0");
    required(Columns.PURCHASE_DAYS, INT, "Days with positive net amount over the whole history");
    required(Columns.NET_TOTAL, MONEY, "Net revenue over the whole history");
    required(Columns.GROSS_TOTAL, MONEY, "Sum of positive amounts over the whole history");
    required(
        Columns.REFUND_TOTAL, MONEY, "Sum of negative amounts over the whole history; 0 or less");
    optional(
        Columns.LARGEST_DAY_AMOUNT,
        MONEY,
        "Largest net amount of one purchase day; NULL without purchase");
    optional(
        Columns.AVERAGE_DAY_AMOUNT,
        DOUBLE,
        "Mean net amount of a purchase day; NULL without purchase");
    optional(
        Columns.DAYS_SINCE_LAST,
        INT,
        "Days from the last purchase to the snapshot date; NULL without purchase");
    required(Columns.PURCHASES_30D, INT, "Purchase days in the last 30 days");
    required(Columns.PURCHASES_90D, INT, "Purchase days in the last 90 days");
    required(Columns.PURCHASES_180D, INT, "Purchase days in the last 180 days");
    required(Columns.PURCHASES_365D, INT, "Purchase days in the last 365 days");
    required(Columns.PURCHASES_730D, INT, "Purchase days in the last 730 days");
    required(Columns.SPEND_30D, MONEY, "Net revenue of the last 30 days");
    required(Columns.SPEND_90D, MONEY, "Net revenue of the last 90 days");
    required(Columns.SPEND_180D, MONEY, "Net revenue of the last 180 days");
    required(Columns.SPEND_365D, MONEY, "Net revenue of the last 365 days");
    required(Columns.SPEND_730D, MONEY, "Net revenue of the last 730 days");
    optional(
        Columns.GAP_MEAN,
        DOUBLE,
        "Mean days between purchases of the last 768 days; NULL below two purchases");
    optional(
        Columns.GAP_CV,
        DOUBLE,
        "Coefficient of variation of those gaps; NULL below three purchases");
    optional(
        Columns.LOG_GAP_MEAN,
        DOUBLE,
        "Mean natural logarithm of those gaps; NULL below two purchases");
    optional(
        Columns.LOG_GAP_SD,
        DOUBLE,
        "Standard deviation of the logarithms; NULL below three purchases");
    optional(
        Columns.CATEGORY_BREADTH,
        DOUBLE,
        "Estimated number of distinct categories (or products) bought; NULL when not mapped");
    optional(
        Columns.RETURN_RATE,
        DOUBLE,
        "Refunds as a share of gross revenue, 0 and up; NULL without gross revenue");
  }

  private static void rfm() {
    optional(Columns.R_SCORE, INT, "Recency score 1 (long ago) to 5 (recent); NULL for prospects");
    optional(Columns.F_SCORE, INT, "Frequency score 1 to 5; NULL for prospects");
    optional(Columns.M_SCORE, INT, "Monetary score 1 to 5; NULL for prospects");
    optional(
        Columns.RFM_CELL, TEXT, "The three scores side by side, such as 545; NULL for prospects");
    optional(Columns.RFM_SEGMENT, TEXT, "Segment of the RFM rule table; NULL for prospects");
    optional(Columns.RFM_SEGMENT_ZH, TEXT, "The segment in Chinese; NULL for prospects");
  }

  private static void clv() {
    optional(
        Columns.PROBABILITY_ALIVE,
        DOUBLE,
        "Probability of still being a customer; not a churn probability; NULL without purchase");
    optional(
        Columns.EXPECTED_PURCHASES,
        DOUBLE,
        "Expected purchase days in the next 12 months; NULL without purchase");
    optional(
        Columns.EXPECTED_AVERAGE_VALUE,
        DOUBLE,
        "Expected net amount of a purchase day; NULL without purchase");
    required(Columns.CLV_12M, MONEY, "Expected margin of the next 12 months, discounted");
    required(Columns.CLV_36M, MONEY, "Expected margin of the next 36 months, discounted");
    required(
        Columns.CLV_12M_UNDISCOUNTED,
        MONEY,
        "Expected margin of the next 12 months, not discounted");
    optional(Columns.CLV_12M_P10, MONEY, "Tenth percentile of the 12-month margin");
    optional(Columns.CLV_12M_P90, MONEY, "Ninetieth percentile of the 12-month margin");
    optional(
        Columns.CLV_RESIDUAL, MONEY, "Expected discounted margin over the whole remaining life");
    required(Columns.CLV_METHOD, TEXT, "Model that gave the value, or the fallback that stood in");
    optional(
        Columns.GAMMA_GAMMA_PRIOR_USED,
        BOOLEAN,
        "True when the average value rests on the population alone (no repeat purchase)");
  }

  private static void clusters() {
    optional(
        Columns.CLUSTER_KEY,
        TEXT,
        "Persistent key of the cluster; means the same group from month to month");
    optional(Columns.CLUSTER_NAME, TEXT, "The cluster in words");
    optional(Columns.CLUSTER_NAME_ZH, TEXT, "The cluster in words, Chinese");
    optional(Columns.CLUSTER_DISTANCE, DOUBLE, "Distance to the cluster centre in scaled units");
    optional(Columns.CLUSTER_SECOND_KEY, TEXT, "Second nearest cluster");
    optional(Columns.CLUSTER_MARGIN, DOUBLE, "How much farther the second centre lies, 0 and up");
  }

  private static void churn() {
    optional(
        Columns.CHURN_PROBABILITY,
        DOUBLE,
        "Calibrated probability of no purchase within the horizon, 0 to 1");
    optional(Columns.CHURN_BAND, TEXT, "Band of the probability: low, medium, high, very_high");
    optional(Columns.CHURN_HORIZON_DAYS, INT, "Days ahead that the churn probability speaks of");
    optional(
        Columns.CHURN_ELIGIBLE,
        BOOLEAN,
        "Whether the customer belongs to the population the model is judged on");
    optional(Columns.CHURN_METHOD, TEXT, "Model or baseline that gave the probability");
    optional(Columns.CHURN_REASONS, TEXTS, "Codes of the strongest reasons, strongest first");
    optional(Columns.CHURN_REASONS_EN, TEXT, "The reasons in English");
    optional(Columns.CHURN_REASONS_ZH, TEXT, "The reasons in Chinese");
    optional(
        Columns.EXPECTED_NEXT_PURCHASE_DATE,
        DATE,
        "Last purchase plus the typical personal gap; NULL when unknown");
    optional(
        Columns.OVERDUE_RATIO,
        DOUBLE,
        "Days since the last purchase over the personal overdue threshold; above 1 is overdue");
    optional(
        Columns.REVENUE_AT_RISK,
        MONEY,
        "Churn probability times the revenue expected within the horizon");
    optional(
        Columns.EXPECTED_SPEND,
        MONEY,
        "Expected net revenue within the churn horizon, by the forecast that won");
    optional(Columns.EXPECTED_SPEND_BTYD, MONEY, "The same by purchase model times average value");
    optional(Columns.EXPECTED_SPEND_METHOD, TEXT, "Which of the two expected_spend is");
  }

  private static void insight() {
    optional(
        Columns.GROWTH,
        DOUBLE,
        "Change of the last 12 months against the 12 before (0.1 = 10 % more), shrunk to the peers;"
            + " NULL without two comparable years");
    optional(
        Columns.WALLET,
        MONEY,
        "Estimated yearly spend the customer could give: 80th percentile of its peers");
    optional(Columns.HEADROOM, MONEY, "Wallet less the revenue of the last 365 days, at least 0");
    optional(Columns.LOYALTY, DOUBLE, "Loyalty score 0 to 100");
    optional(Columns.RISK, DOUBLE, "Risk score 0 to 100, higher is riskier");
    optional(
        Columns.LIFECYCLE,
        TEXT,
        "new, growing, mature, declining, at_risk, lapsed, reactivated, or prospect: known from the"
            + " customer master alone");
  }

  private static void grades() {
    optional(Columns.VALUE_SCORE, DOUBLE, "Value dimension, 0 to 100");
    optional(Columns.POTENTIAL_SCORE, DOUBLE, "Potential dimension, 0 to 100");
    optional(Columns.TOTAL_SCORE, DOUBLE, "Weighted total of the dimensions, 0 to 100");
    optional(
        Columns.SCORE_COVERAGE,
        DOUBLE,
        "Share of the policy's weight for which inputs were present, 0 to 1");
    optional(
        Columns.RANK,
        LONG,
        "1 for the highest value; equal values share a rank; NULL for prospects");
    optional(
        Columns.CUMULATIVE_SHARE,
        DOUBLE,
        "Share of the total value held by customers ranked before this one; NULL for prospects");
    optional(
        Columns.ABC_CLASS, TEXT, "ABC class by the policy's cumulative shares; NULL for prospects");
    optional(Columns.MATRIX_CELL, TEXT, "Cell of the value–potential matrix; NULL for prospects");
    optional(Columns.MATRIX_CELL_ZH, TEXT, "The cell in Chinese");
    required(Columns.GRADE, TEXT, "Official grade");
    optional(Columns.GRADE_RAW, TEXT, "Grade of tonight's figures alone");
    optional(Columns.GRADE_CANDIDATE, TEXT, "Grade waiting for confirmation");
    required(
        Columns.PROVISIONAL,
        BOOLEAN,
        "True when the customer is too new or too little is known for a firm grade");
    optional(Columns.REASONS, TEXTS, "Codes of the reasons of the grade, strongest first");
    optional(Columns.REASONS_EN, TEXT, "The reasons in English");
    optional(Columns.REASONS_ZH, TEXT, "The reasons in Chinese");
    optional(
        Columns.POINTS_TO_NEXT_GRADE,
        DOUBLE,
        "Points missing to the next better grade; NULL at the top");
  }

  private static void feeds() {
    optional(Columns.CUSTOMER_NAME, TEXT, "Name from the customer master; NULL when not given");
    optional(Columns.INDUSTRY, TEXT, "Industry from the customer master; NULL when not given");
    optional(Columns.REGION, TEXT, "Region from the customer master; NULL when not given");
    optional(Columns.CUSTOMER_TYPE, TEXT, "Type from the customer master, such as B2B or B2C");
    optional(Columns.PARENT_GROUP, TEXT, "Group of companies the customer belongs to");
    optional(Columns.OWNER, TEXT, "Who looks after the customer");
    optional(Columns.CREDIT_LIMIT, MONEY, "Credit limit; NULL when not given");
    optional(Columns.CREDIT_STOP, BOOLEAN, "Whether credit is stopped, which sets the last grade");
    optional(
        Columns.CREDIT_RISK,
        DOUBLE,
        "Credit risk 0 to 100 from payments, higher is riskier; NULL without payments");
    optional(
        Columns.PROFIT_365D,
        MONEY,
        "Net revenue less costs of the last 365 days; NULL without a cost in them");
    optional(Columns.STRATEGIC_FIT, DOUBLE, "Mean rating in force, 0 to 5; NULL without one");
    optional(
        Columns.WALLET_ESTIMATE, MONEY, "Yearly spend everywhere as the owner's people believe");
    optional(Columns.WALLET_CONFIDENCE, DOUBLE, "How sure they are, 0 to 1");
    optional(
        Columns.TICKETS_365D, INT, "Service tickets of the last 365 days; NULL without the feed");
    optional(Columns.SERVICE_INTENSITY, DOUBLE, "Tickets per purchase of the last 365 days");
    optional(Columns.NEED, TEXT, "What is needed above the mean: product, service, both, neither");
    optional(Columns.REFERRALS, INT, "Customers this one brought; NULL without the feed");
    optional(
        Columns.REFERRAL_VALUE, MONEY, "Net revenue of the last 365 days of customers it brought");
    optional(Columns.OVERRIDE_GRADE, TEXT, "Grade set by hand; NULL without an override in force");
    optional(Columns.OVERRIDE_AUTHOR, TEXT, "Who set it");
    optional(Columns.OVERRIDE_REASON, TEXT, "Why");
    optional(Columns.OVERRIDE_UNTIL, DATE, "The last day on which it holds");
  }

  private static void insightDetails() {
    optional(
        Columns.WHITE_SPACE,
        MONEY,
        "Yearly spend of the peers on categories the customer takes nothing of: share of buyers"
            + " times median; NULL when no category is mapped");
    optional(
        Columns.TOP_PRODUCT_SHARE,
        DOUBLE,
        "Share of the last 365 days' product revenue that one product makes; NULL when no product"
            + " is mapped");
    optional(
        Columns.REVENUE_CV,
        DOUBLE,
        "Coefficient of variation of revenue in the last 12 periods of 30 days; NULL when no"
            + " product or category is mapped, below 3 periods and without revenue");
    optional(
        Columns.LATE_DELIVERY_RATE,
        DOUBLE,
        "Share of the deliveries promised for the last 365 days that came late, 0 to 1");
    optional(
        Columns.SUPPLY_RISK,
        DOUBLE,
        "Mean of return rate and late-delivery rate, 0 to 100; higher is riskier");
    optional(Columns.GROWTH_SE, DOUBLE, "Standard error of the logarithm of growth");
    optional(Columns.GROWTH_METHOD, TEXT, "ratio, or none without two comparable years");
    optional(Columns.WALLET_PEERS, TEXT, "The peer group that the wallet rests on");
    optional(
        Columns.OVERDUE_AFTER_DAYS,
        DOUBLE,
        "Days without purchase after which the customer is overdue");
    optional(
        Columns.LAPSED_AFTER_DAYS,
        DOUBLE,
        "Days without purchase after which the customer counts as lapsed");
  }

  private static void shadow() {
    optional(
        Columns.GRADE_SHADOW,
        TEXT,
        "Grade that the coming policy would give; NULL without a shadow policy");
    optional(Columns.GRADE_SHADOW_RAW, TEXT, "Its grade of tonight's figures alone");
    optional(Columns.GRADE_SHADOW_SYSTEM, TEXT, "Its grade before overrides and credit stop");
    optional(Columns.GRADE_SHADOW_CANDIDATE, TEXT, "Its grade waiting for confirmation");
    optional(Columns.GRADE_SHADOW_RUNS, INT, "Runs in a row that this candidate has held");
    optional(Columns.GRADE_SHADOW_SINCE, DATE, "Date since which its system grade holds");
    optional(Columns.SCORE_SHADOW, DOUBLE, "Total score by the coming policy, 0 to 100");
    optional(Columns.SHADOW_POLICY, TEXT, "Name and version of the coming policy");
  }

  private static void gradeDetails() {
    optional(
        Columns.LOYALTY_SCORE,
        DOUBLE,
        "Loyalty dimension, 0 to 100; NULL when the policy has none");
    optional(
        Columns.RISK_SCORE,
        DOUBLE,
        "Risk dimension, 0 to 100, higher is better; NULL when the policy has none");
    optional(
        Columns.FIT_SCORE,
        DOUBLE,
        "Strategic fit dimension, 0 to 100; NULL when the policy has none");
    optional(
        Columns.LIFECYCLE_SCORE,
        DOUBLE,
        "Lifecycle dimension, 0 to 100; NULL when the policy has none");
    optional(
        Columns.REFERENCE_SCORE,
        DOUBLE,
        "Total of the customer with median values in the same scope");
    optional(
        Columns.ROBUSTNESS, DOUBLE, "Share of perturbed weights that give the same grade, 0 to 1");
    optional(Columns.GRADE_SCOPE, TEXT, "Scope the customer is ranked within");
    optional(Columns.GRADE_SYSTEM, TEXT, "Official grade before overrides and credit stop");
    optional(Columns.GRADE_SINCE, DATE, "Date since which the system grade holds");
    optional(Columns.CANDIDATE_RUNS, INT, "Runs in a row that the candidate grade has held");
    optional(Columns.STRATEGY_EN, TEXT, "What to do with the customer");
    optional(Columns.STRATEGY_ZH, TEXT, "What to do with the customer, Chinese");
    optional(Columns.NEXT_GRADE, TEXT, "Next better grade; NULL at the top");
    optional(Columns.NEXT_STEP_EN, TEXT, "Smallest single change that reaches the next grade");
    optional(Columns.NEXT_STEP_ZH, TEXT, "The same in Chinese");
    optional(
        Columns.ACCOUNT_ID,
        TEXT,
        "Account of the key-account gates: group:<parent group> or customer:<id>");
    optional(Columns.ACCOUNT_TIER, TEXT, "strategic, key or ordinary by the gates of the policy");
    required(Columns.GATE, TEXT, "Name of the gate");
    optional(Columns.GATE_VALUE, DOUBLE, "The account's value; NULL when it is not known");
    required(Columns.GATE_LIMIT, DOUBLE, "Least value that passes");
    required(Columns.GATE_PASSED, BOOLEAN, "Whether the account passes the gate");
    optional(Columns.GRADE_BEFORE, TEXT, "Official grade of the date before");
    changes();
    required(Columns.INDICATOR, TEXT, "Indicator of the policy");
    required(Columns.DIMENSION, TEXT, "Dimension the indicator belongs to");
    optional(Columns.INDICATOR_VALUE, DOUBLE, "The customer's value; NULL when missing");
    optional(Columns.INDICATOR_SCORE, DOUBLE, "Value on the policy's ruler, 0 to 1");
    required(
        Columns.CONTRIBUTION,
        DataTypes.createDecimalType(18, 6),
        "Points above or below the median customer; a customer's contributions sum to total less"
            + " reference");
  }

  private static void changes() {
    DataType points = DataTypes.createDecimalType(18, 6);
    required(Columns.SCORE_BEFORE, points, "Total score of the date before, as published then");
    required(Columns.SCORE_AFTER, points, "Total score of the snapshot date");
    required(
        Columns.CHANGE_BY_CORRECTION,
        points,
        "Points from corrections: figures of the date before as they are known now");
    required(Columns.CHANGE_BY_BEHAVIOUR, points, "Points from what the customer did since");
    required(Columns.CHANGE_BY_RULER, points, "Points from a new scale of the indicators");
    required(Columns.CHANGE_BY_POLICY, points, "Points from a new policy");
  }

  /** The named columns in the given order. */
  static List<ColumnSpec> of(String... names) {
    return Arrays.stream(names).map(ColumnCatalog::column).toList();
  }

  /** Lists of columns, one after the other. */
  @SafeVarargs
  static List<ColumnSpec> all(List<ColumnSpec>... lists) {
    List<ColumnSpec> all = new ArrayList<>();
    Arrays.stream(lists).forEach(all::addAll);
    return all;
  }

  private static ColumnSpec column(String name) {
    ColumnSpec column = COLUMNS.get(name);
    if (column == null) {
      throw new IllegalArgumentException("no column " + name);
    }
    return column;
  }

  private static void required(String name, DataType type, String comment) {
    COLUMNS.put(name, ColumnSpec.required(name, type, comment));
  }

  private static void optional(String name, DataType type, String comment) {
    COLUMNS.put(name, ColumnSpec.optional(name, type, comment));
  }
}
