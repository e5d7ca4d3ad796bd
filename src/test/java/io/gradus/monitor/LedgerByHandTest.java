package io.gradus.monitor;

import static io.gradus.testing.SmallRows.kept;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradus.table.GoldMonitoring;
import io.gradus.testing.SparkExtension;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Figures worked out by hand on a few customers. */
@ExtendWith(SparkExtension.class)
class LedgerByHandTest {
  private static final LocalDate JANUARY = LocalDate.of(2026, 1, 31);
  private static final LocalDate FEBRUARY = LocalDate.of(2026, 2, 28);
  private static final LocalDate MARCH = LocalDate.of(2026, 3, 31);
  private static final List<String> GRADES = List.of("A", "B", "C");

  private static final String CUSTOMER =
      "customer_id STRING, grade STRING, grade_raw STRING, spend_365d DECIMAL(18,2),"
          + " churn_probability DOUBLE, days_since_last INT, overdue_after_days DOUBLE,"
          + " lapsed_after_days DOUBLE, account_tier STRING, override_grade STRING,"
          + " credit_stop BOOLEAN, owner STRING, customer_name STRING";
  private static final String CHANGE =
      "customer_id STRING, grade_before STRING, grade STRING, change_by_correction DOUBLE,"
          + " change_by_behaviour DOUBLE, change_by_ruler DOUBLE, change_by_policy DOUBLE";

  private static Dataset<Row> rows(SparkSession spark, String schema, Row... rows) {
    return spark.createDataFrame(List.of(rows), StructType.fromDDL(schema));
  }

  private static Row customer(String id, String grade, String raw, int spend, int days) {
    return customer(id, grade, raw, spend, days, 0.1, "ordinary");
  }

  private static Row customer(
      String id, String grade, String raw, int spend, int days, double churn, String tier) {
    return RowFactory.create(
        id,
        grade,
        raw,
        BigDecimal.valueOf(spend),
        churn,
        days,
        20.0,
        30.0,
        tier,
        null,
        false,
        "Ann",
        null);
  }

  private static Dataset<Row> moves(SparkSession spark) {
    Dataset<Row> before =
        rows(
            spark,
            CUSTOMER,
            customer("key", "A", "A", 900, 35, 0.2, "key"),
            customer("up", "B", "B", 50, 5),
            customer("confirmed", "B", "C", 30, 5),
            customer("peers", "B", "B", 20, 5),
            customer("same", "C", "C", 10, 5),
            customer("gone", "C", "C", 5, 5));
    Dataset<Row> now =
        rows(
            spark,
            CUSTOMER,
            customer("key", "B", "B", 700, 63, 0.7, "ordinary"),
            customer("up", "A", "A", 80, 5),
            customer("confirmed", "C", "C", 30, 5),
            customer("peers", "C", "C", 20, 5),
            customer("same", "C", "C", 10, 5),
            customer("fresh", "C", "C", 15, 5));
    Dataset<Row> causes =
        rows(
            spark,
            CHANGE,
            RowFactory.create("key", "A", "B", 0.0, -9.0, 1.0, 0.0),
            RowFactory.create("up", "B", "A", 0.0, 2.0, 5.0, 0.0),
            RowFactory.create("peers", "B", "C", 0.0, 0.5, 0.0, 0.0));
    return Moves.between(before, now, Optional.of(causes), GRADES);
  }

  private static Row one(Dataset<Row> rows, String condition) {
    List<Row> found = rows.where(condition).collectAsList();
    assertThat(found).as(condition).hasSize(1);
    return found.get(0);
  }

  private static Row stated(String id, String from, String to, String grade, String previous) {
    LocalDate end = to == null ? null : LocalDate.parse(to);
    return HistoryRows.row(id, LocalDate.parse(from), end, grade, previous, "new", "run-1");
  }

  private static Dataset<Row> history(SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    rows.add(stated("key", "2025-06-30", null, "A", null));
    rows.add(stated("up", "2025-06-30", "2026-02-27", "A", null));
    rows.add(stated("up", "2026-02-28", null, "B", "A"));
    for (String id : List.of("confirmed", "peers")) {
      rows.add(stated(id, "2025-06-30", null, "B", null));
    }
    rows.add(stated("same", "2025-06-30", null, "C", null));
    rows.add(stated("gone", "2025-06-30", null, "C", null));
    return spark.createDataFrame(rows, GoldMonitoring.CUSTOMER_GRADE_HISTORY.schema());
  }

  @Test
  void migrationInCustomersAndMoney(SparkSession spark) {
    Dataset<Row> migration =
        kept(Moves.migration(moves(spark), history(spark), FEBRUARY, FEBRUARY.plusDays(20)));
    assertThat(migration.count()).isEqualTo(7);
    Row key = one(migration, "from_grade = 'A' AND to_grade = 'B'");
    assertThat(key.<String>getAs("direction")).isEqualTo("down");
    assertThat(key.<String>getAs("cause")).isEqualTo("behaviour");
    assertThat(key.<BigDecimal>getAs("revenue_before")).isEqualByComparingTo("900");
    assertThat(key.<BigDecimal>getAs("revenue_365d")).isEqualByComparingTo("700");
    assertThat(key.<Long>getAs("reversals")).isZero();
    Row up = one(migration, "from_grade = 'B' AND to_grade = 'A'");
    assertThat(up.<String>getAs("cause")).isEqualTo("ruler");
    assertThat(up.<Long>getAs("reversals")).isEqualTo(1);
    assertThat(one(migration, "cause = 'confirmed'").<Long>getAs("customers")).isEqualTo(1);
    assertThat(one(migration, "cause = 'peers'").<String>getAs("to_grade")).isEqualTo("C");
    assertThat(one(migration, "direction = 'new'").<String>getAs("from_grade")).isEqualTo("none");
    assertThat(one(migration, "direction = 'gone'").<String>getAs("to_grade")).isEqualTo("none");
    assertThat(one(migration, "direction = 'same'").<Long>getAs("customers")).isEqualTo(1);
  }

  @Test
  void watchedAccountsRaiseAlerts(SparkSession spark) {
    List<Alert> alerts = AccountAlerts.of(moves(spark), BigDecimal.valueOf(1_000_000));
    assertThat(alerts)
        .extracting(Alert::cause)
        .containsExactly(
            "customers.key_account_downgraded.key",
            "customers.customer_overdue.key",
            "customers.churn_risk_jumped.key");
    assertThat(alerts).extracting(Alert::owner).containsOnly("Ann");
    assertThat(alerts.get(0).english())
        .isEqualTo(
            "key went from A / key to B / ordinary (behaviour); revenue of 365 days was 900.");
    assertThat(alerts.get(1).value()).isEqualTo(63);
    // Of less revenue each of the others would be watched as well.
    assertThat(AccountAlerts.of(moves(spark), BigDecimal.valueOf(1_000)))
        .extracting(Alert::cause)
        .contains("customers.key_account_downgraded.peers");
  }

  @Test
  void historyAnswersPointInTimeAndKeepsTheTraceOfCorrections(SparkSession spark) {
    Dataset<Row> changed = GradeHistory.changed(moves(spark));
    Dataset<Row> after = kept(GradeHistory.after(history(spark), changed, MARCH, "run-2"));
    assertThat(grade(after, "key", MARCH.minusDays(1))).isEqualTo("A");
    assertThat(grade(after, "key", MARCH)).isEqualTo("B");
    assertThat(grade(after, "up", JANUARY)).isEqualTo("A");
    assertThat(grade(after, "up", FEBRUARY)).isEqualTo("B");
    assertThat(grade(after, "fresh", MARCH)).isEqualTo("C");
    assertThat(GradeHistory.on(after, MARCH).where("customer_id = 'gone'").count()).isZero();
    Row up = one(after, "customer_id = 'up' AND valid_from = '2026-03-31'");
    assertThat(up.<String>getAs("previous_grade")).isEqualTo("B");
    assertThat(up.<String>getAs("cause")).isEqualTo("ruler");
    assertThat(up.<String>getAs("run_id")).isEqualTo("run-2");

    // The same night again with the same findings states nothing twice.
    Dataset<Row> again = kept(GradeHistory.after(after, changed, MARCH, "run-3"));
    assertThat(again.except(after).count()).isZero();
    assertThat(again.count()).isEqualTo(after.count());

    // Corrected data: key did not move after all, and up went to C.
    Dataset<Row> corrected =
        changed
            .where(col("customer_id").notEqual("key"))
            .withColumn(
                "grade",
                org.apache
                    .spark
                    .sql
                    .functions
                    .when(col("customer_id").equalTo("up"), "C")
                    .otherwise(col("grade")));
    Dataset<Row> restated = kept(GradeHistory.after(after, corrected, MARCH, "run-4"));
    assertThat(grade(restated, "key", MARCH)).isEqualTo("A");
    assertThat(grade(restated, "up", MARCH)).isEqualTo("C");
    assertThat(one(restated, "customer_id = 'key' AND restated_on = '2026-03-31'").getString(3))
        .isEqualTo("B");
    assertThat(restated.where("restated_on IS NOT NULL").count()).isEqualTo(2);
  }

  private static String grade(Dataset<Row> history, String id, LocalDate date) {
    return one(GradeHistory.on(history, date), "customer_id = '" + id + "'").getAs("grade");
  }

  private static Row day(String id, String day, int net) {
    return RowFactory.create(id, Date.valueOf(day), BigDecimal.valueOf(net));
  }

  private static Dataset<Row> days(SparkSession spark) {
    return rows(
        spark,
        "customer_id STRING, day DATE, net_amount DECIMAL(18,2)",
        day("a", "2026-01-05", 10),
        day("a", "2026-02-05", 20),
        day("a", "2026-02-25", 5),
        day("b", "2026-01-09", 40),
        day("c", "2025-11-01", 7),
        day("c", "2026-02-11", 8),
        day("c", "2026-02-12", -3),
        day("d", "2026-02-14", 100),
        day("a", "2026-03-03", 9));
  }

  /** January: a (new), b (new). February: a returning, c resurrected, d new, b dormant. */
  @Test
  void theBridgeAddsUp(SparkSession spark) {
    Dataset<Row> customers =
        rows(
            spark,
            "customer_id STRING, grade STRING, first_purchase_date DATE",
            RowFactory.create("a", "A", Date.valueOf("2026-01-05")),
            RowFactory.create("b", "A", Date.valueOf("2026-01-09")),
            RowFactory.create("c", "B", Date.valueOf("2025-11-01")),
            RowFactory.create("d", "B", Date.valueOf("2026-02-14")));
    Dataset<Row> bridge =
        kept(
            LifecycleBridge.of(
                days(spark), customers, LocalDate.of(2026, 1, 1), LocalDate.of(2026, 3, 1)));
    Dataset<Row> february = bridge.where("month = '2026-02-01'");
    assertThat(money(february, "returning")).isEqualByComparingTo("25");
    assertThat(money(february, "resurrected")).isEqualByComparingTo("8");
    assertThat(money(february, "new")).isEqualByComparingTo("100");
    assertThat(money(february, "dormant")).isEqualByComparingTo("40");
    assertThat(february.count()).isEqualTo(4);
    assertThat(one(bridge, "month = '2026-01-01'").<Long>getAs("customers")).isEqualTo(2);
  }

  private static BigDecimal money(Dataset<Row> bridge, String movement) {
    return one(bridge, "movement = '" + movement + "'").getAs("revenue");
  }

  /**
   * Predicted on 31 January for 28 days: a .2 and b .4, of whom b did not buy. Brier = (.04 +
   * .36)/2; base rate ½, ½ · ½.
   */
  @Test
  void maturedPredictionsMeetWhatCame(SparkSession spark) {
    Dataset<Row> snapshot =
        rows(
            spark,
            "customer_id STRING, grade STRING, cluster_key STRING, churn_probability DOUBLE,"
                + " churn_eligible BOOLEAN, expected_purchases DOUBLE, expected_average_value"
                + " DOUBLE, clv_12m_undiscounted DECIMAL(18,2), purchases_365d INT, spend_365d"
                + " DECIMAL(18,2)",
            predicted("a", "A", 0.2, true, 3, 1, 10),
            predicted("b", "B", 0.4, true, 1, 1, 40),
            predicted("c", "B", 0.9, false, 2, 1, 7));
    Dataset<Row> churn = kept(PredictionLedger.churn(snapshot, days(spark), JANUARY, 28));
    Row all = one(churn, "group_type = 'all'");
    assertThat(all.<Long>getAs("customers")).isEqualTo(2);
    assertThat(all.<Double>getAs("predicted")).isCloseTo(0.3, within(1e-12));
    assertThat(all.<Double>getAs("actual")).isEqualTo(0.5);
    assertThat(all.<Double>getAs("error")).isCloseTo(0.2, within(1e-12));
    assertThat(all.<Double>getAs("baseline_error")).isEqualTo(0.25);
    assertThat(one(churn, "group_type = 'grade' AND group_value = 'B'").<Double>getAs("actual"))
        .isEqualTo(1);
    assertThat(GroupAlerts.ledger(churn.collectAsList())).isEmpty();

    // a bought 3 days, c one, b none; half of the revenue is margin.
    Dataset<Row> year = kept(PredictionLedger.year(snapshot, days(spark), JANUARY));
    Row purchases = one(year, "prediction = 'expected_purchases' AND group_type = 'all'");
    assertThat(purchases.<Double>getAs("actual")).isCloseTo(4 / 3.0, within(1e-12));
    assertThat(purchases.<Double>getAs("error")).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(purchases.<Double>getAs("baseline_error")).isCloseTo(1.0, within(1e-12));
    Row margin =
        one(
            year,
            "prediction = 'clv_12m_undiscounted' AND group_type = 'grade' AND group_value = 'A'");
    assertThat(margin.<Double>getAs("actual")).isCloseTo(17, within(1e-12));
    assertThat(margin.<Double>getAs("predicted")).isCloseTo(15, within(1e-12));
    assertThat(GroupAlerts.ledger(worse(year)))
        .extracting(Alert::cause)
        .containsExactly("models.worse_than_baseline.expected_purchases");
  }

  private static List<Row> worse(Dataset<Row> year) {
    return year.where("prediction = 'expected_purchases'")
        .withColumn("error", lit(1.5))
        .collectAsList();
  }

  private static Row predicted(
      String id,
      String grade,
      double churn,
      boolean eligible,
      double purchases,
      int naive,
      int spend) {
    return RowFactory.create(
        id,
        grade,
        "C1",
        churn,
        eligible,
        purchases,
        10.0,
        BigDecimal.valueOf(purchases * 5),
        naive,
        BigDecimal.valueOf(spend));
  }
}
