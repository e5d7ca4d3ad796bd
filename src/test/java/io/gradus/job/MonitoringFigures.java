package io.gradus.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Monitoring figures of a lake's second night, reproduced from its other published tables. */
final class MonitoringFigures {
  private final SparkSession spark;
  private final LocalDate first;
  private final LocalDate second;

  /** Expects the published tables registered under their names. */
  MonitoringFigures(SparkSession spark, LocalDate first, LocalDate second) {
    this.spark = spark;
    this.first = first;
    this.second = second;
  }

  void agree() {
    summaryIsTheSnapshot();
    migrationIsTheJoinOfBothSnapshots();
    historyIsTheSnapshots();
    bridgeAddsUp();
    concentrationIsTheSnapshot();
    alertsAreOpen();
  }

  private Dataset<Row> sql(String query) {
    return spark.sql(
        query.replace(":first", "DATE'" + first + "'").replace(":second", "DATE'" + second + "'"));
  }

  private void none(String what, String query) {
    assertThat(sql(query).collectAsList()).as(what).isEmpty();
  }

  private void summaryIsTheSnapshot() {
    none(
        "summary by region",
        "SELECT * FROM (SELECT region, grade, count_if(lifecycle <> 'prospect') n,"
            + " sum(spend_365d) r, sum(spend_30d) m"
            + " FROM customer_snapshot WHERE snapshot_date = :second AND region IS NOT NULL"
            + " GROUP BY ALL) c FULL JOIN (SELECT * FROM grade_summary WHERE snapshot_date = :second"
            + " AND scope_column = 'region') s ON s.scope_value = c.region AND s.grade = c.grade"
            + " WHERE NOT (n <=> customers AND r <=> revenue_365d AND m <=> revenue_30d)");
    none(
        "retention",
        "SELECT * FROM grade_summary WHERE abs(retention - customers_retained / customers_before)"
            + " > 1e-9 OR customers_retained > customers_before OR customers_before > customers");
  }

  private void migrationIsTheJoinOfBothSnapshots() {
    none(
        "moves",
        "SELECT * FROM (SELECT coalesce(a.grade, 'none') f, coalesce(b.grade, 'none') t, count(*) n,"
            + " coalesce(sum(a.spend_365d), 0) x, coalesce(sum(b.spend_365d), 0) y"
            + " FROM (SELECT * FROM customer_snapshot WHERE snapshot_date = :first) a"
            + " FULL JOIN (SELECT * FROM customer_snapshot WHERE snapshot_date = :second) b"
            + " USING (customer_id) GROUP BY ALL) c FULL JOIN (SELECT from_grade, to_grade,"
            + " sum(customers) customers, sum(revenue_before) v, sum(revenue_365d) w FROM"
            + " grade_migration WHERE snapshot_date = :second GROUP BY ALL) m"
            + " ON f = from_grade AND t = to_grade"
            + " WHERE NOT (n <=> customers AND x <=> v AND y <=> w)");
    none("the night before", "SELECT * FROM grade_migration WHERE previous_date <> :first");
    assertThat(sql("SELECT * FROM grade_migration WHERE direction = 'same'").count()).isPositive();
  }

  private void historyIsTheSnapshots() {
    for (LocalDate date : new LocalDate[] {first, second}) {
      String on = "DATE'" + date + "'";
      none(
          "history on " + date,
          "SELECT * FROM (SELECT customer_id, grade FROM customer_grade_history WHERE restated_on"
              + " IS NULL AND valid_from <= "
              + on
              + " AND coalesce(valid_to, DATE'9999-12-31') >= "
              + on
              + ") h FULL JOIN (SELECT customer_id, grade g FROM customer_snapshot WHERE"
              + " snapshot_date = "
              + on
              + ") s USING (customer_id) WHERE NOT grade <=> g");
    }
  }

  private void bridgeAddsUp() {
    none(
        "buyers",
        "WITH m AS (SELECT month, sum(if(movement = 'dormant', 0, customers)) b, sum(CASE movement"
            + " WHEN 'dormant' THEN -customers WHEN 'returning' THEN 0 ELSE customers END) d FROM"
            + " lifecycle_bridge GROUP BY month) SELECT * FROM m JOIN m AS n ON n.month ="
            + " add_months(m.month, 1) WHERE n.b <> m.b + n.d");
    assertThat(sql("SELECT DISTINCT month FROM lifecycle_bridge").count()).isEqualTo(13);
    none(
        "money of the months",
        "SELECT * FROM (SELECT month, sum(revenue) r FROM lifecycle_bridge WHERE movement <>"
            + " 'dormant' GROUP BY month) b JOIN (SELECT trunc(day, 'month') month, sum(net_amount)"
            + " p FROM purchase_day WHERE net_amount > 0 GROUP BY 1) USING (month) WHERE r <> p");
  }

  private void concentrationIsTheSnapshot() {
    Row row =
        sql("SELECT c.*, l.under FROM (SELECT * FROM concentration WHERE snapshot_date = :second"
                + " AND scope_column = 'all' AND unit = 'customer') c CROSS JOIN (SELECT"
                + " sum(revenue_share) - 0.5 AS under FROM lorenz_curve WHERE snapshot_date ="
                + " :second AND scope_column = 'all') l")
            .head();
    Row raw =
        sql("SELECT sum(s) total, sum(s * s) / (sum(s) * sum(s)) hhi, max(s) / sum(s) cr1,"
                + " 2 * sum(i * s) / (count(*) * sum(s)) - (count(*) + 1) / count(*) gini,"
                + " sum(s * p) loss FROM (SELECT CAST(spend_365d AS DOUBLE) s,"
                + " coalesce(churn_probability, 0) p, row_number() OVER (ORDER BY spend_365d) i FROM"
                + " customer_snapshot WHERE snapshot_date = :second AND spend_365d > 0)")
            .head();
    for (String figure : List.of("hhi", "cr1", "gini")) {
      assertThat(row.<Double>getAs(figure))
          .as(figure)
          .isCloseTo(raw.<Double>getAs(figure), within(1e-8));
    }
    assertThat(row.<java.math.BigDecimal>getAs("expected_loss").doubleValue())
        .isCloseTo(raw.<Double>getAs("loss"), within(0.01));
    // The area below the curve by the trapezoid rule over its 101 points.
    assertThat(1 - 2 * row.<Double>getAs("under") / 100)
        .isCloseTo(row.<Double>getAs("gini"), within(2e-3));
    assertThat(sql("SELECT * FROM concentration WHERE scope_column = 'product'").count())
        .isPositive();
  }

  private void alertsAreOpen() {
    none(
        "alerts",
        "SELECT * FROM alert WHERE opened_on > last_seen_on OR NOT (state = 'open' AND ended_on IS"
            + " NULL OR state = 'expired' AND ended_on > last_seen_on)");
    none(
        "drift",
        "SELECT * FROM drift WHERE abs(aggregate(shares, 0D, (a, b) -> a + b) - 1) > 1e-9 OR"
            + " drifted <> (psi > greatest(0.1, critical))");
  }
}
