package io.gradus.monitor;

import io.gradus.monitor.Alert.Severity;
import io.gradus.monitor.Quality.Check;
import io.gradus.monitor.Quality.Status;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/** Alerts about the whole and its parts, read off the rows that tables keep. */
public final class GroupAlerts {
  private static final double DEPENDS = 0.5;
  private static final double LARGE_SCOPE = 0.05;
  private static final double ROSE = 0.05;
  private static final double BASE_MONTHS = 2;
  private static final long LEAST_PURCHASES = 50;

  private static final Map<String, String> CHECKS =
      Map.of(
          Trends.PURCHASE_RATE, "purchases_fell",
          Trends.FRESHNESS, "data_stale",
          Trends.ORDER_VALUE, "order_value_moved",
          Trends.QUARANTINE, "quarantine_above_trend");

  private GroupAlerts() {}

  /**
   * Concentration above its band: a customer with more than 10 % of all revenue; the five largest
   * with 5 points more than a year before; a large group of which half hangs on one customer.
   *
   * @param rows of {@code gold.concentration}
   */
  public static List<Alert> concentration(List<Row> rows) {
    List<Alert> alerts = new ArrayList<>();
    double whole =
        rows.stream()
            .filter(row -> is(row, Scopes.ALL, "customer"))
            .mapToDouble(row -> row.<BigDecimal>getAs("revenue_365d").doubleValue())
            .sum();
    for (Row row : rows) {
      Double largest = row.getAs("cr1");
      if (largest == null || !row.getAs("unit").equals("customer")) {
        continue;
      }
      double revenue = row.<BigDecimal>getAs("revenue_365d").doubleValue();
      if (is(row, Scopes.ALL, "customer")) {
        large(row, largest, alerts);
        rose(row, alerts);
      } else if (largest > DEPENDS && revenue > LARGE_SCOPE * whole) {
        String scope = row.getAs("scope_column") + " " + row.getAs("scope_value");
        alerts.add(
            Alert.of(
                "concentration",
                "depends_on_one_customer",
                Severity.WARNING,
                row.getAs("scope_column") + "=" + row.getAs("scope_value"),
                largest,
                DEPENDS,
                text("%.0f %% of the revenue of %s comes from one customer.", 100 * largest, scope),
                text("%s的收入有%.0f%%来自一位客户。", scope, 100 * largest)));
      }
    }
    return alerts;
  }

  private static void large(Row row, double largest, List<Alert> alerts) {
    int above = row.<Integer>getAs("above_10_percent");
    if (above > 0) {
      alerts.add(
          Alert.of(
              "concentration",
              "customer_above_10_percent",
              Severity.WARNING,
              Scopes.ALL,
              largest,
              0.1,
              text(
                  "%d customers hold more than 10 %% of revenue each, the largest %.1f %%.",
                  above, 100 * largest),
              text("有%d位客户各占收入10%%以上，最大占%.1f%%。", above, 100 * largest)));
    }
  }

  private static void rose(Row row, List<Alert> alerts) {
    Double now = row.getAs("cr5");
    Double before = row.getAs("cr5_year_before");
    if (now != null && before != null && now - before > ROSE) {
      alerts.add(
          Alert.of(
              "concentration",
              "concentration_rose",
              Severity.WARNING,
              Scopes.ALL,
              now,
              before + ROSE,
              text(
                  "The five largest customers hold %.1f %% of revenue, %.1f %% a year before.",
                  100 * now, 100 * before),
              text("前五大客户占收入%.1f%%，上年同期为%.1f%%。", 100 * now, 100 * before)));
    }
  }

  /**
   * Groups whose purchases of 30 days fell against the 60 days before by more than everybody's.
   *
   * @param summary rows of {@code gold.grade_summary}
   */
  public static List<Alert> scopes(List<Row> summary) {
    Map<String, double[]> groups = new TreeMap<>();
    for (Row row : summary) {
      double[] sums =
          groups.computeIfAbsent(
              row.getAs("scope_column") + "=" + row.getAs("scope_value"), k -> new double[2]);
      sums[0] += row.<Long>getAs("purchases_30d");
      sums[1] += row.<Long>getAs("purchases_90d") - row.<Long>getAs("purchases_30d");
    }
    double[] all = groups.getOrDefault(Scopes.ALL + "=" + Scopes.ANY, new double[2]);
    List<Alert> alerts = new ArrayList<>();
    groups.forEach(
        (group, sums) -> {
          if (sums[1] >= LEAST_PURCHASES && all[0] > 0 && all[1] > 0) {
            double change = sums[0] / sums[1] / (all[0] / all[1]) - 1;
            double bound = -Trends.fall(Math.max(1, sums[0]), sums[1]);
            if (change < bound) {
              alerts.add(fell(group, sums, change, bound));
            }
          }
        });
    return alerts;
  }

  private static Alert fell(String group, double[] sums, double change, double bound) {
    return Alert.of(
        "structure",
        "group_fell",
        Severity.CRITICAL,
        group,
        change,
        bound,
        text(
            "%s: %.0f purchases in 30 days against %.0f a month before, %.0f %% below what"
                + " everybody's trend would give.",
            group, sums[0], sums[1] / BASE_MONTHS, -100 * change),
        text(
            "%s：近30天%.0f次购买，此前月均%.0f次，比总体趋势低%.0f%%。",
            group, sums[0], sums[1] / BASE_MONTHS, -100 * change));
  }

  /** Features whose spread is another one than on their reference date. */
  public static List<Alert> drift(List<Drift.Finding> findings) {
    return findings.stream()
        .filter(Drift.Finding::drifted)
        .map(
            found ->
                Alert.of(
                    "drift",
                    "drift",
                    Severity.WARNING,
                    found.reference().feature(),
                    found.psi(),
                    Math.max(io.gradus.math.StabilityIndex.NOTICEABLE, found.critical()),
                    text(
                        "%s is spread differently than on %s (PSI %.2f).",
                        found.reference().feature(), found.reference().date(), found.psi()),
                    text(
                        "%s的分布与%s相比已变化（PSI %.2f）。",
                        found.reference().feature(), found.reference().date(), found.psi())))
        .toList();
  }

  /**
   * Predictions that came out worse than their baseline over all customers.
   *
   * @param rows of {@code ops.prediction_ledger}
   */
  public static List<Alert> ledger(List<Row> rows) {
    return rows.stream()
        .filter(row -> row.getAs("group_type").equals(Scopes.ALL))
        .filter(row -> row.<Double>getAs("error") > row.<Double>getAs("baseline_error"))
        .map(
            row ->
                Alert.of(
                    "models",
                    "worse_than_baseline",
                    Severity.WARNING,
                    row.getAs("prediction"),
                    row.<Double>getAs("error"),
                    row.<Double>getAs("baseline_error"),
                    text(
                        "%s of %s came out worse than its baseline (error %.3g against %.3g).",
                        row.getAs("prediction"),
                        row.getAs("predicted_on"),
                        row.<Double>getAs("error"),
                        row.<Double>getAs("baseline_error")),
                    text(
                        "%2$s对%1$s的预测不如基准（误差%3$.3g，基准%4$.3g）。",
                        row.getAs("prediction"),
                        row.getAs("predicted_on"),
                        row.<Double>getAs("error"),
                        row.<Double>getAs("baseline_error"))))
        .toList();
  }

  /** The checks of {@link Trends} that warn. */
  public static List<Alert> checks(List<Check> checks) {
    return checks.stream()
        .filter(check -> check.status() == Status.WARN && CHECKS.containsKey(check.name()))
        .map(
            check ->
                Alert.of(
                    "data",
                    CHECKS.getOrDefault(check.name(), check.name()),
                    check.name().equals(Trends.ORDER_VALUE) ? Severity.WARNING : Severity.CRITICAL,
                    "transactions",
                    check.value(),
                    check.bound(),
                    sentence(check.english()) + ".",
                    check.chinese() + "。"))
        .toList();
  }

  private static String sentence(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static boolean is(Row row, String scope, String unit) {
    return row.getAs("scope_column").equals(scope) && row.getAs("unit").equals(unit);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
