package io.gradus.report;

import io.gradus.table.Columns;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** One customer on one page of text: grade, reasons, figures, score, history, next step. */
public final class CustomerPage {
  private static final int LABEL = 30;

  private final StringBuilder text = new StringBuilder();
  private final Row row;

  private CustomerPage(Row row) {
    this.row = row;
  }

  /**
   * The page, ending with a newline.
   *
   * @param customer a row of {@code customer_360}
   * @param contributions the customer's rows of {@code score_contribution}, largest first
   * @param changes the customer's row of {@code grade_change}, if there is one
   * @param history the customer's rows of {@code customer_snapshot}, oldest first
   */
  public static String of(
      Row customer, List<Row> contributions, List<Row> changes, List<Row> history) {
    CustomerPage page = new CustomerPage(customer);
    page.head();
    page.figures();
    page.score(contributions);
    changes.forEach(page::change);
    page.history(history);
    return page.text.toString();
  }

  private void head() {
    String name = value(Columns.CUSTOMER_NAME);
    line(
        "Customer %s%s, as of %s",
        value(Columns.CUSTOMER_ID),
        name.isEmpty() ? "" : " (" + name + ")",
        value(Columns.SNAPSHOT_DATE));
    line("");
    boolean provisional = Boolean.TRUE.equals(row.<Object>getAs(Columns.PROVISIONAL));
    line(
        "Grade %s%s since %s",
        value(Columns.GRADE), provisional ? " (provisional)" : "", value(Columns.GRADE_SINCE));
    entry("why", value(Columns.REASONS_EN));
    entry("原因", value(Columns.REASONS_ZH));
    String override = value(Columns.OVERRIDE_GRADE);
    if (!override.isEmpty()) {
      entry(
          "set by hand / 人工设定",
          override
              + " by "
              + value(Columns.OVERRIDE_AUTHOR)
              + " until "
              + value(Columns.OVERRIDE_UNTIL)
              + ": "
              + value(Columns.OVERRIDE_REASON)
              + "; by the system "
              + value(Columns.GRADE_SYSTEM));
    }
    entry("account", (value(Columns.ACCOUNT_TIER) + " " + value(Columns.ACCOUNT_ID)).strip());
    entry(
        "value and potential", value(Columns.MATRIX_CELL) + " / " + value(Columns.MATRIX_CELL_ZH));
    entry("what to do", value(Columns.STRATEGY_EN));
    entry("策略", value(Columns.STRATEGY_ZH));
    next();
    shadow();
    line("");
  }

  /** The distance, and the smallest change of one indicator that covers it. */
  private void next() {
    String grade = value(Columns.NEXT_GRADE);
    if (grade.isEmpty()) {
      entry("next grade", "none, this is the best");
      return;
    }
    Double points = row.getAs(Columns.POINTS_TO_NEXT_GRADE);
    entry(
        "points to grade " + grade,
        points == null ? "" : String.format(Locale.ROOT, "%.1f", points));
    entry("to grade " + grade, value(Columns.NEXT_STEP_EN));
    entry("下一级", value(Columns.NEXT_STEP_ZH));
  }

  private void shadow() {
    String policy = value(Columns.SHADOW_POLICY);
    if (!policy.isEmpty()) {
      entry(
          "by policy " + policy + ", in its shadow",
          value(Columns.GRADE_SHADOW) + ", score " + value(Columns.SCORE_SHADOW));
    }
  }

  private void figures() {
    if (value(Columns.RFM_CELL).isEmpty()) {
      prospect();
      return;
    }
    String currency = value(Columns.CURRENCY);
    entry("revenue, last 365 days", value(Columns.SPEND_365D) + " " + currency);
    entry("rank", value(Columns.RANK) + ", ABC class " + value(Columns.ABC_CLASS));
    entry("CLV, next 12 months", value(Columns.CLV_12M) + " " + currency + " (" + interval() + ")");
    entry("CLV, next 36 months", value(Columns.CLV_36M) + " " + currency);
    entry(
        "RFM",
        value(Columns.RFM_CELL)
            + " "
            + value(Columns.RFM_SEGMENT)
            + " / "
            + value(Columns.RFM_SEGMENT_ZH));
    entry("cluster", value(Columns.CLUSTER_NAME) + " / " + value(Columns.CLUSTER_NAME_ZH));
    entry(
        "last purchase",
        value(Columns.LAST_PURCHASE_DATE)
            + ", next expected "
            + value(Columns.EXPECTED_NEXT_PURCHASE_DATE));
    entry(
        "churn within " + value(Columns.CHURN_HORIZON_DAYS) + " days",
        percent(Columns.CHURN_PROBABILITY) + " " + value(Columns.CHURN_BAND));
    entry("why", value(Columns.CHURN_REASONS_EN));
    entry("原因", value(Columns.CHURN_REASONS_ZH));
    entry("headroom", value(Columns.HEADROOM) + " " + currency);
    money("white space", Columns.WHITE_SPACE);
    share("largest product", Columns.TOP_PRODUCT_SHARE);
    share("growth", Columns.GROWTH);
    share("returned", Columns.RETURN_RATE);
    share("delivered late", Columns.LATE_DELIVERY_RATE);
    entry("loyalty, risk", value(Columns.LOYALTY) + ", " + value(Columns.RISK) + " of 100");
    entry("lifecycle", value(Columns.LIFECYCLE));
    line("");
  }

  private void prospect() {
    entry("lifecycle", value(Columns.LIFECYCLE) + ": no purchase yet");
    money("headroom", Columns.HEADROOM);
    money("wallet, by our own people", Columns.WALLET_ESTIMATE);
    entry("strategic fit", value(Columns.STRATEGIC_FIT));
    line("");
  }

  private void money(String label, String column) {
    String amount = value(column);
    entry(label, amount.isEmpty() ? "" : amount + " " + value(Columns.CURRENCY));
  }

  private void share(String label, String column) {
    entry(label, row.<Object>getAs(column) == null ? "" : percent(column));
  }

  private void score(List<Row> contributions) {
    line(
        "Score %s, median customer %s; %s of the weight is known, %s of other weightings give this"
            + " grade",
        value(Columns.TOTAL_SCORE),
        value(Columns.REFERENCE_SCORE),
        percent(Columns.SCORE_COVERAGE),
        percent(Columns.ROBUSTNESS));
    line("  %-24s %-12s %16s %8s %10s", "indicator", "dimension", "value", "0 to 1", "points");
    for (Row c : contributions) {
      line(
          "  %-24s %-12s %16s %8s %10s",
          c.<String>getAs(Columns.INDICATOR),
          c.<String>getAs(Columns.DIMENSION),
          shown(c.getAs(Columns.INDICATOR_VALUE)),
          shown(c.getAs(Columns.INDICATOR_SCORE)),
          String.format(Locale.ROOT, "%+.2f", c.<BigDecimal>getAs(Columns.CONTRIBUTION)));
    }
    line("");
  }

  private void change(Row change) {
    line(
        "Since %s the grade went from %s to %s and the score from %s to %s: corrections %+.2f,"
            + " behaviour %+.2f, ruler %+.2f, policy %+.2f",
        change.<Object>getAs("previous_date"),
        change.<Object>getAs(Columns.GRADE_BEFORE),
        change.<Object>getAs(Columns.GRADE),
        decimal(change, Columns.SCORE_BEFORE).toPlainString(),
        decimal(change, Columns.SCORE_AFTER).toPlainString(),
        decimal(change, Columns.CHANGE_BY_CORRECTION),
        decimal(change, Columns.CHANGE_BY_BEHAVIOUR),
        decimal(change, Columns.CHANGE_BY_RULER),
        decimal(change, Columns.CHANGE_BY_POLICY));
    line("");
  }

  private static BigDecimal decimal(Row row, String column) {
    return row.<BigDecimal>getAs(column).setScale(2, RoundingMode.HALF_UP);
  }

  private void history(List<Row> history) {
    line("History");
    for (Row h : history) {
      line(
          "  %s  grade %-3s raw %-3s score %s, revenue %s, churn %s",
          h.<Object>getAs(Columns.SNAPSHOT_DATE),
          h.<String>getAs(Columns.GRADE),
          h.<String>getAs(Columns.GRADE_RAW),
          shown(h.getAs(Columns.TOTAL_SCORE)),
          h.<Object>getAs(Columns.SPEND_365D),
          shown(h.getAs(Columns.CHURN_PROBABILITY)));
    }
  }

  /** The mean lies above the interval where nine of ten like this customer buy nothing more. */
  private String interval() {
    BigDecimal mean = row.getAs(Columns.CLV_12M);
    BigDecimal high = row.getAs(Columns.CLV_12M_P90);
    String range =
        "80 % between " + value(Columns.CLV_12M_P10) + " and " + value(Columns.CLV_12M_P90);
    return mean != null && high != null && mean.compareTo(high) > 0
        ? range + "; the few like it who still buy carry the mean"
        : range;
  }

  private void entry(String label, String value) {
    if (!value.isBlank() && !value.equals(" / ")) {
      line("  %s%s %s", label, " ".repeat(Math.max(1, LABEL - TextTable.width(label))), value);
    }
  }

  private String percent(String column) {
    Double share = row.getAs(column);
    return share == null ? "unknown" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private String value(String column) {
    return shown(row.getAs(column));
  }

  private static String shown(@Nullable Object value) {
    if (value instanceof Double number) {
      return String.format(Locale.ROOT, Math.abs(number) < 100 ? "%.3f" : "%,.0f", number);
    }
    return value == null ? "" : value.toString().replaceAll("\\p{Cntrl}", " ");
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
