package io.gradus.table;

/**
 * Every column name, once. Money is DECIMAL(18,2); probabilities and scores are DOUBLE rounded to
 * ten significant digits; scores run 0–100 unless said otherwise; NULL means unknown, 0 a known
 * zero.
 */
public final class Columns {
  private Columns() {}

  // Keys and lineage
  public static final String CUSTOMER_ID = "customer_id";
  public static final String SNAPSHOT_DATE = "snapshot_date";
  public static final String RUN_ID = "run_id";
  public static final String CURRENCY = "currency";
  public static final String SOURCE_FILE = "source_file";

  // Transactions
  public static final String TRANSACTION_ID = "transaction_id";
  public static final String LINE_ID = "line_id";
  public static final String TIMESTAMP = "timestamp";
  public static final String PRODUCT_ID = "product_id";
  public static final String CATEGORY = "category";
  public static final String QUANTITY = "quantity";
  public static final String AMOUNT = "amount";
  public static final String REASON = "reason";
  public static final String SOURCE_ROW = "source_row";
  public static final String CONTENT_HASH = "content_hash";
  public static final String DISPOSITION = "disposition";

  // Purchase days: one row per customer and business day
  public static final String DAY = "day";
  public static final String NET_AMOUNT = "net_amount";
  public static final String GROSS_AMOUNT = "gross_amount";
  public static final String REFUND_AMOUNT = "refund_amount";
  public static final String LINE_COUNT = "line_count";
  public static final String REFUND_LINE_COUNT = "refund_line_count";
  public static final String NET_BEFORE = "net_before";
  public static final String NET_AFTER = "net_after";
  public static final String GROSS_ADDED = "gross_added";
  public static final String REFUND_ADDED = "refund_added";
  public static final String CATEGORY_BITS = "category_bits";

  // BTYD sufficient statistics, in days and money of the lake's currency
  public static final String FIRST_PURCHASE_DATE = "first_purchase_date";
  public static final String LAST_PURCHASE_DATE = "last_purchase_date";
  public static final String FREQUENCY = "frequency";
  public static final String RECENCY = "recency";
  public static final String AGE = "T";
  public static final String MONETARY_VALUE = "monetary_value";

  // Features
  public static final String PURCHASE_DAYS = "purchase_days";
  public static final String NET_TOTAL = "net_total";
  public static final String GROSS_TOTAL = "gross_total";
  public static final String REFUND_TOTAL = "refund_total";
  public static final String LARGEST_DAY_AMOUNT = "largest_day_amount";
  public static final String DAYS_SINCE_LAST = "days_since_last";
  public static final String PURCHASES_30D = "purchases_30d";
  public static final String PURCHASES_90D = "purchases_90d";
  public static final String PURCHASES_180D = "purchases_180d";
  public static final String PURCHASES_365D = "purchases_365d";
  public static final String PURCHASES_730D = "purchases_730d";
  public static final String SPEND_30D = "spend_30d";
  public static final String SPEND_90D = "spend_90d";
  public static final String SPEND_180D = "spend_180d";
  public static final String SPEND_365D = "spend_365d";
  public static final String SPEND_730D = "spend_730d";
  public static final String GAP_MEAN = "gap_mean";
  public static final String GAP_CV = "gap_cv";
  public static final String LOG_GAP_MEAN = "log_gap_mean";
  public static final String LOG_GAP_SD = "log_gap_sd";
  public static final String CATEGORY_BREADTH = "category_breadth";
  public static final String RETURN_RATE = "return_rate";

  // Additive state of a customer, from which the features of a later date follow
  public static final String PURCHASE_TOTAL = "purchase_total";
  public static final String FIRST_DAY_AMOUNT = "first_day_amount";

  /** Followed by a number of two digits: word 00 is the newest. */
  public static final String CALENDAR = "calendar_";

  public static final String AVERAGE_DAY_AMOUNT = "average_day_amount";

  // RFM
  public static final String R_SCORE = "r_score";
  public static final String F_SCORE = "f_score";
  public static final String M_SCORE = "m_score";
  public static final String RFM_CELL = "rfm_cell";
  public static final String RFM_SEGMENT = "rfm_segment";
  public static final String RFM_SEGMENT_ZH = "rfm_segment_zh";

  // CLV
  public static final String PROBABILITY_ALIVE = "probability_alive";
  public static final String EXPECTED_PURCHASES = "expected_purchases";
  public static final String EXPECTED_AVERAGE_VALUE = "expected_average_value";
  public static final String CLV_12M = "clv_12m";
  public static final String CLV_36M = "clv_36m";
  public static final String CLV_12M_UNDISCOUNTED = "clv_12m_undiscounted";
  public static final String CLV_12M_P10 = "clv_12m_p10";
  public static final String CLV_12M_P90 = "clv_12m_p90";
  public static final String CLV_RESIDUAL = "clv_residual";
  public static final String CLV_METHOD = "clv_method";
  public static final String GAMMA_GAMMA_PRIOR_USED = "gamma_gamma_prior_used";

  // Clusters
  public static final String CLUSTER_KEY = "cluster_key";
  public static final String CLUSTER_NAME = "cluster_name";
  public static final String CLUSTER_NAME_ZH = "cluster_name_zh";
  public static final String CLUSTER_DISTANCE = "cluster_distance";
  public static final String CLUSTER_SECOND_KEY = "cluster_second_key";
  public static final String CLUSTER_MARGIN = "cluster_margin";

  // Churn
  public static final String CHURN_PROBABILITY = "churn_probability";
  public static final String CHURN_BAND = "churn_band";
  public static final String CHURN_HORIZON_DAYS = "churn_horizon_days";
  public static final String CHURN_ELIGIBLE = "churn_eligible";
  public static final String CHURN_METHOD = "churn_method";
  public static final String CHURN_REASONS = "churn_reasons";
  public static final String CHURN_REASONS_EN = "churn_reasons_en";
  public static final String CHURN_REASONS_ZH = "churn_reasons_zh";
  public static final String EXPECTED_NEXT_PURCHASE_DATE = "expected_next_purchase_date";
  public static final String OVERDUE_RATIO = "overdue_ratio";
  public static final String REVENUE_AT_RISK = "revenue_at_risk";
  public static final String EXPECTED_SPEND = "expected_spend";
  public static final String EXPECTED_SPEND_BTYD = "expected_spend_btyd";
  public static final String EXPECTED_SPEND_METHOD = "expected_spend_method";

  // Insight
  public static final String GROWTH = "growth";
  public static final String WALLET = "wallet";
  public static final String HEADROOM = "headroom";
  public static final String LOYALTY = "loyalty";
  public static final String RISK = "risk";
  public static final String LIFECYCLE = "lifecycle";
  public static final String GROWTH_SE = "growth_se";
  public static final String GROWTH_METHOD = "growth_method";
  public static final String WALLET_PEERS = "wallet_peers";
  public static final String CREDIT_RISK = "credit_risk";
  public static final String OVERDUE_AFTER_DAYS = "overdue_after_days";
  public static final String LAPSED_AFTER_DAYS = "lapsed_after_days";

  // Optional feeds joined to the customer
  public static final String CUSTOMER_NAME = "customer_name";
  public static final String OWNER = "owner";
  public static final String INDUSTRY = "industry";
  public static final String REGION = "region";
  public static final String CUSTOMER_TYPE = "customer_type";
  public static final String PARENT_GROUP = "parent_group";
  public static final String MARGIN_RATE = "margin_rate";
  public static final String STRATEGIC_FIT = "strategic_fit";
  public static final String PROFIT_365D = "profit_365d";
  public static final String WALLET_ESTIMATE = "wallet_estimate";
  public static final String WALLET_CONFIDENCE = "wallet_confidence";
  public static final String CREDIT_LIMIT = "credit_limit";
  public static final String TICKETS_365D = "tickets_365d";
  public static final String SERVICE_INTENSITY = "service_intensity";
  public static final String NEED = "need";
  public static final String REFERRALS = "referrals";
  public static final String REFERRAL_VALUE = "referral_value";
  public static final String CREDIT_STOP = "credit_stop";
  public static final String OVERRIDE_GRADE = "override_grade";
  public static final String OVERRIDE_AUTHOR = "override_author";
  public static final String OVERRIDE_REASON = "override_reason";
  public static final String OVERRIDE_UNTIL = "override_until";

  // Grade
  public static final String VALUE_SCORE = "value_score";
  public static final String POTENTIAL_SCORE = "potential_score";
  public static final String TOTAL_SCORE = "total_score";
  public static final String SCORE_COVERAGE = "score_coverage";
  public static final String RANK = "rank";
  public static final String CUMULATIVE_SHARE = "cumulative_share";
  public static final String ABC_CLASS = "abc_class";
  public static final String MATRIX_CELL = "matrix_cell";
  public static final String MATRIX_CELL_ZH = "matrix_cell_zh";
  public static final String GRADE = "grade";
  public static final String GRADE_SHADOW = "grade_shadow";
  public static final String GRADE_SHADOW_RAW = "grade_shadow_raw";
  public static final String GRADE_SHADOW_SYSTEM = "grade_shadow_system";
  public static final String GRADE_SHADOW_CANDIDATE = "grade_shadow_candidate";
  public static final String GRADE_SHADOW_RUNS = "grade_shadow_runs";
  public static final String GRADE_SHADOW_SINCE = "grade_shadow_since";
  public static final String SCORE_SHADOW = "score_shadow";
  public static final String SHADOW_POLICY = "shadow_policy";
  public static final String WHITE_SPACE = "white_space";
  public static final String TOP_PRODUCT_SHARE = "top_product_share";
  public static final String REVENUE_CV = "revenue_cv";
  public static final String LATE_DELIVERY_RATE = "late_delivery_rate";
  public static final String SUPPLY_RISK = "supply_risk";
  public static final String GRADE_RAW = "grade_raw";
  public static final String GRADE_CANDIDATE = "grade_candidate";
  public static final String PROVISIONAL = "provisional";
  public static final String REASONS = "reasons";
  public static final String REASONS_EN = "reasons_en";
  public static final String REASONS_ZH = "reasons_zh";
  public static final String POINTS_TO_NEXT_GRADE = "points_to_next_grade";
  public static final String NEXT_GRADE = "next_grade";
  public static final String NEXT_STEP_EN = "next_step_en";
  public static final String NEXT_STEP_ZH = "next_step_zh";
  public static final String LOYALTY_SCORE = "loyalty_score";
  public static final String RISK_SCORE = "risk_score";
  public static final String FIT_SCORE = "fit_score";
  public static final String LIFECYCLE_SCORE = "lifecycle_score";
  public static final String REFERENCE_SCORE = "reference_score";
  public static final String GRADE_SCOPE = "grade_scope";
  public static final String GRADE_SYSTEM = "grade_system";
  public static final String GRADE_SINCE = "grade_since";
  public static final String CANDIDATE_RUNS = "candidate_runs";
  public static final String ROBUSTNESS = "robustness";
  public static final String STRATEGY_EN = "strategy_en";
  public static final String STRATEGY_ZH = "strategy_zh";
  public static final String INDICATOR_POINTS = "indicator_points";
  public static final String INDICATOR = "indicator";
  public static final String DIMENSION = "dimension";
  public static final String INDICATOR_VALUE = "indicator_value";
  public static final String INDICATOR_SCORE = "indicator_score";
  public static final String CONTRIBUTION = "contribution";
  public static final String ACCOUNT_ID = "account_id";
  public static final String ACCOUNT_TIER = "account_tier";
  public static final String ACCOUNT_GATES = "account_gates";
  public static final String GATE = "gate";
  public static final String GATE_VALUE = "gate_value";
  public static final String GATE_LIMIT = "gate_limit";
  public static final String GATE_PASSED = "gate_passed";
  public static final String GRADE_BEFORE = "grade_before";
  public static final String SCORE_BEFORE = "score_before";
  public static final String SCORE_AFTER = "score_after";
  public static final String CHANGE_BY_CORRECTION = "change_by_correction";
  public static final String CHANGE_BY_BEHAVIOUR = "change_by_behaviour";
  public static final String CHANGE_BY_RULER = "change_by_ruler";
  public static final String CHANGE_BY_POLICY = "change_by_policy";

  // Publication
  public static final String SEQUENCE = "sequence";
  public static final String STATE = "state";
  public static final String EPOCH = "epoch";
  public static final String TABLE_VERSIONS = "table_versions";
  public static final String ROW_COUNTS = "row_counts";
  public static final String CONTENT_HASHES = "content_hashes";
  public static final String ATTRIBUTES = "attributes";
  public static final String TOMBSTONE = "tombstone";
  public static final String BUCKET = "bucket";
}
