package io.gradus.grade;

import io.gradus.grade.Indicator.Direction;
import io.gradus.grade.Indicator.Format;
import io.gradus.grade.Indicator.Transform;
import io.gradus.table.Columns;
import java.util.HashMap;
import java.util.Map;

/** Names, formats and usual treatment of the columns that Gradus computes itself. */
final class IndicatorCatalog {
  private static final Map<String, Entry> ENTRIES = new HashMap<>();

  static {
    money(Columns.SPEND_90D, "90-day revenue", "近90天收入");
    money(Columns.SPEND_180D, "180-day revenue", "近180天收入");
    money(Columns.SPEND_365D, "12-month revenue", "近12个月收入");
    money(Columns.SPEND_730D, "24-month revenue", "近24个月收入");
    money(Columns.NET_TOTAL, "total revenue", "累计收入");
    money(Columns.CLV_12M, "expected value of the next 12 months", "未来12个月预期价值");
    money(Columns.CLV_36M, "expected value of the next 36 months", "未来36个月预期价值");
    money(Columns.AVERAGE_DAY_AMOUNT, "average order value", "平均订单金额");
    money(Columns.HEADROOM, "unused spending potential", "未开发消费空间");
    money(Columns.WHITE_SPACE, "spending of peers on categories not taken", "未采购品类的同类消费");
    money(Columns.WALLET, "estimated total spending", "估计总消费");
    money(Columns.PROFIT_365D, "12-month profit", "近12个月利润");
    higher(Columns.PURCHASES_90D, Format.NUMBER, Transform.LOG, "purchases in 90 days", "近90天购买次数");
    higher(
        Columns.PURCHASES_365D,
        Format.NUMBER,
        Transform.LOG,
        "purchases in 12 months",
        "近12个月购买次数");
    higher(Columns.PURCHASE_DAYS, Format.NUMBER, Transform.LOG, "purchases in total", "累计购买次数");
    higher(Columns.AGE, Format.DAYS, Transform.LINEAR, "customer since", "客户时长");
    higher(
        Columns.CATEGORY_BREADTH, Format.NUMBER, Transform.LOG, "breadth of categories", "购买品类广度");
    higher(Columns.GROWTH, Format.PERCENT, Transform.LINEAR, "growth against last year", "同比增长");
    higher(Columns.LOYALTY, Format.INDEX, Transform.LINEAR, "loyalty index", "忠诚指数");
    higher(Columns.STRATEGIC_FIT, Format.NUMBER, Transform.LINEAR, "strategic fit", "战略契合度");
    higher(
        Columns.PROBABILITY_ALIVE,
        Format.PERCENT,
        Transform.LINEAR,
        "probability of being active",
        "活跃概率");
    lower(Columns.DAYS_SINCE_LAST, Format.DAYS, "time since the last purchase", "距上次购买");
    lower(Columns.CHURN_PROBABILITY, Format.PERCENT, "risk of leaving", "流失概率");
    lower(Columns.RETURN_RATE, Format.PERCENT, "share returned", "退货率");
    lower(Columns.RISK, Format.INDEX, "risk index", "风险指数");
    lower(Columns.CREDIT_RISK, Format.INDEX, "credit risk index", "信用风险指数");
    lower(Columns.TOP_PRODUCT_SHARE, Format.PERCENT, "dependence on one product", "单一产品依赖度");
    lower(Columns.REVENUE_CV, Format.NUMBER, "unsteadiness of monthly revenue", "月度收入波动");
    lower(Columns.LATE_DELIVERY_RATE, Format.PERCENT, "share delivered late", "延迟交付率");
    lower(Columns.SUPPLY_RISK, Format.INDEX, "supply risk index", "供应风险指数");
    lower(Columns.GAP_CV, Format.NUMBER, "irregularity of purchases", "购买间隔波动");
  }

  private IndicatorCatalog() {}

  /** How a column is treated when the policy does not say. */
  record Entry(Label label, Format format, Direction direction, Transform transform) {

    /** The least width of a learned linear scale, in the column's unit; 0 where none is known. */
    double leastLinearWidth() {
      return switch (format) {
        case PERCENT -> .2;
        case DAYS -> 30;
        case INDEX -> 10;
        case MONEY, NUMBER, TEXT -> 0;
      };
    }
  }

  /** The entry of a column; an unknown one is a plain number of which more is better. */
  static Entry of(String column) {
    Entry entry = ENTRIES.get(column);
    return entry != null
        ? entry
        : new Entry(
            new Label(column.replace('_', ' '), column.replace('_', ' ')),
            Format.NUMBER,
            Direction.HIGHER,
            Transform.LINEAR);
  }

  private static void money(String column, String en, String zh) {
    higher(column, Format.MONEY, Transform.LOG, en, zh);
  }

  private static void higher(
      String column, Format format, Transform transform, String en, String zh) {
    ENTRIES.put(column, new Entry(new Label(en, zh), format, Direction.HIGHER, transform));
  }

  private static void lower(String column, Format format, String en, String zh) {
    ENTRIES.put(column, new Entry(new Label(en, zh), format, Direction.LOWER, Transform.LINEAR));
  }
}
