package io.gradus.monitor;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;

import io.gradus.monitor.Alert.Severity;
import io.gradus.table.Columns;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Alerts about single customers who matter by themselves: key accounts of the policy's gates, and
 * customers with {@value #WATCHED_SHARE} of all revenue or more.
 */
public final class AccountAlerts {
  /** Share of revenue from which a customer is watched without being a key account. */
  static final double WATCHED_SHARE = 0.005;

  private static final double CHURN_JUMP = 0.2;
  private static final double CHURN_HIGH = 0.5;
  private static final int MOST = 100;
  private static final String SOURCE = "customers";

  private AccountAlerts() {}

  /**
   * The alerts of a night, those of most revenue first, of {@value #MOST} customers at most.
   *
   * @param moves of {@link Moves#between}
   * @param revenue revenue of 365 days of all customers
   */
  public static List<Alert> of(Dataset<Row> moves, BigDecimal revenue) {
    double watchedFrom = WATCHED_SHARE * revenue.doubleValue();
    Column share =
        greatest(
                col(Columns.SPEND_365D).cast("double"),
                col("before_" + Columns.SPEND_365D).cast("double"))
            .geq(watchedFrom);
    Column watched = isKey("").or(isKey("before_")).or(share);
    Column down = col("direction").equalTo("down").or(isKey("before_").and(lostTier()));
    Column late = late("").and(org.apache.spark.sql.functions.not(late("before_")));
    Column churn = col(Columns.CHURN_PROBABILITY);
    Column jumped =
        coalesce(
            churn
                .geq(CHURN_HIGH)
                .and(churn.minus(col("before_" + Columns.CHURN_PROBABILITY)).geq(CHURN_JUMP)),
            lit(false));
    List<Alert> alerts = new ArrayList<>();
    moves
        .where(col(Columns.GRADE).isNotNull().and(watched))
        .withColumn("_down", down)
        .withColumn("_late", late)
        .withColumn("_jumped", jumped)
        .where(col("_down").or(col("_late")).or(col("_jumped")))
        .orderBy(col("before_" + Columns.SPEND_365D).desc(), col(Columns.CUSTOMER_ID))
        .limit(MOST)
        .collectAsList()
        .forEach(row -> tell(row, alerts));
    return alerts;
  }

  private static Column isKey(String prefix) {
    return coalesce(col(prefix + Columns.ACCOUNT_TIER).isin("strategic", "key"), lit(false));
  }

  private static Column lostTier() {
    return coalesce(col(Columns.ACCOUNT_TIER).equalTo("ordinary"), lit(false));
  }

  /**
   * Longer without purchase than nineteen of twenty own gaps, and than twice the usual long one.
   */
  private static Column late(String prefix) {
    Column bound =
        greatest(
            col(prefix + Columns.LAPSED_AFTER_DAYS),
            col(prefix + Columns.OVERDUE_AFTER_DAYS).multiply(2));
    return coalesce(col(prefix + Columns.DAYS_SINCE_LAST).gt(bound), lit(false));
  }

  private static void tell(Row row, List<Alert> alerts) {
    String name = name(row);
    String money = String.format(Locale.ROOT, "%,.0f", row.<BigDecimal>getAs("before_spend_365d"));
    if (row.<Boolean>getAs("_down")) {
      String from = standing(row, "before_");
      String to = standing(row, "");
      alerts.add(
          about(
              row,
              "key_account_downgraded",
              Severity.CRITICAL,
              null,
              null,
              name
                  + " went from "
                  + from
                  + " to "
                  + to
                  + " ("
                  + row.getAs("cause")
                  + "); revenue of 365 days was "
                  + money
                  + ".",
              name
                  + "由"
                  + from
                  + "降为"
                  + to
                  + "（原因："
                  + row.getAs("cause")
                  + "），此前365天收入为"
                  + money
                  + "。"));
    }
    if (row.<Boolean>getAs("_late")) {
      int days = row.<Integer>getAs(Columns.DAYS_SINCE_LAST);
      // A night's rows count days in whole numbers; their table keeps doubles.
      double usual = row.<Number>getAs(Columns.OVERDUE_AFTER_DAYS).doubleValue();
      alerts.add(
          about(
              row,
              "customer_overdue",
              Severity.CRITICAL,
              (double) days,
              usual,
              String.format(
                  Locale.ROOT,
                  "%s has not bought for %d days and is overdue by its own rhythm after %.0f;"
                      + " revenue of 365 days was %s.",
                  name,
                  days,
                  usual,
                  money),
              String.format(
                  Locale.ROOT,
                  "%s已%d天未购买，按自身节奏超过%.0f天即逾期；此前365天收入为%s。",
                  name,
                  days,
                  usual,
                  money)));
    }
    if (row.<Boolean>getAs("_jumped")) {
      double then = row.<Double>getAs("before_" + Columns.CHURN_PROBABILITY);
      double now = row.<Double>getAs(Columns.CHURN_PROBABILITY);
      alerts.add(
          about(
              row,
              "churn_risk_jumped",
              Severity.WARNING,
              now,
              then,
              String.format(
                  Locale.ROOT,
                  "%s: churn probability rose from %.0f %% to %.0f %%; revenue of 365 days was %s.",
                  name,
                  100 * then,
                  100 * now,
                  money),
              String.format(
                  Locale.ROOT,
                  "%s：流失概率由%.0f%%升至%.0f%%；此前365天收入为%s。",
                  name,
                  100 * then,
                  100 * now,
                  money)));
    }
  }

  private static String standing(Row row, String prefix) {
    String tier = row.getAs(prefix + Columns.ACCOUNT_TIER);
    String grade = row.getAs(prefix + Columns.GRADE);
    return tier == null ? grade : grade + " / " + tier;
  }

  private static String name(Row row) {
    String id = row.getAs(Columns.CUSTOMER_ID);
    String name = row.getAs(Columns.CUSTOMER_NAME);
    return name == null ? id : name + " (" + id + ")";
  }

  private static Alert about(
      Row row,
      String type,
      Severity severity,
      @Nullable Double value,
      @Nullable Double bound,
      String english,
      String chinese) {
    String id = row.getAs(Columns.CUSTOMER_ID);
    String owner = row.getAs(Columns.OWNER);
    return new Alert(SOURCE, type, severity, id, id, owner, value, bound, english, chinese);
  }
}
