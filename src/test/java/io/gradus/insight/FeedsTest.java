package io.gradus.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gradus.error.GradusException;
import io.gradus.testing.SparkExtension;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class FeedsTest {
  private static final LocalDate AS_OF = LocalDate.of(2026, 3, 31);

  @Test
  void creditRiskAsByHandAndBlindToTheFuture(SparkSession spark) {
    // 300 paid 9 days late; 100 due 31 days ago and paid only after the as-of date: days late are
    // (300·9 + 100·31)/400 = 14.5, past due 100/400, open 100 of a limit of 1,000.
    Dataset<Row> receivables =
        receivables(
            spark,
            "('a', DATE'2026-01-01', DATE'2026-01-31', DATE'2026-02-09', 300.00)",
            "('a', DATE'2026-02-01', DATE'2026-02-28', DATE'2026-04-15', 100.00)",
            "('a', DATE'2026-04-01', DATE'2026-04-30', NULL, 9999.00)");
    Dataset<Row> customers =
        spark.sql("SELECT * FROM VALUES ('a', 1000), ('b', 1000) AS t(customer_id, credit_limit)");

    List<Row> rows =
        CreditRisk.add(customers, receivables, AS_OF).orderBy("customer_id").collectAsList();

    double expected = 100 * (.4 * 14.5 / 90 + .4 * .25 + .2 * .1);
    assertThat(rows.get(0).<Double>getAs("credit_risk")).isCloseTo(expected, within(1e-7));
    assertThat(rows.get(1).<Double>getAs("credit_risk")).isNull();
  }

  @Test
  void plainPaymentsGiveTheBalance(SparkSession spark) {
    // 1,000 bought, 200 of it in the last 30 days, 600 paid: 200 of the 500 that fell due within
    // the
    // year are past due, and 400 of a limit of 1,000 are used. What comes in April is not known.
    Dataset<Row> payments =
        receivables(
            spark,
            "('a', cast(NULL as date), cast(NULL as date), DATE'2026-01-10', 600.00)",
            "('a', NULL, NULL, DATE'2026-04-01', 400.00)");
    Dataset<Row> customers =
        spark.sql(
            "SELECT * FROM VALUES ('a', 1000.00, 700.00, 200.00, 1000.00), ('b', 10.00, 10.00,"
                + " 0.00, 100.00) AS t(customer_id, net_total, spend_365d, spend_30d,"
                + " credit_limit)");

    List<Row> rows =
        CreditRisk.add(customers, payments, AS_OF).orderBy("customer_id").collectAsList();

    assertThat(rows.get(0).<Double>getAs("credit_risk"))
        .isCloseTo(100 * (.4 * 200 / 500 + .2 * .4) / .6, within(1e-9));
    assertThat(rows.get(1).<Double>getAs("credit_risk")).isNull();
  }

  @Test
  void profitIsRevenueLessTheCostsOfTheYear(SparkSession spark) {
    Dataset<Row> costs =
        spark.sql(
            "SELECT * FROM VALUES ('a', DATE'2025-04-01', 30.00BD), ('a', DATE'2025-03-31',"
                + " 500.00BD), ('a', DATE'2026-04-01', 500.00BD) AS t(customer_id, day, amount)");
    Dataset<Row> customers =
        spark.sql(
            "SELECT * FROM VALUES ('a', 100.00BD), ('b', 100.00BD) AS t(customer_id, spend_365d)");

    List<Row> rows = Profit.add(customers, costs, AS_OF).orderBy("customer_id").collectAsList();

    assertThat(rows.get(0).<java.math.BigDecimal>getAs("profit_365d")).isEqualByComparingTo("70");
    assertThat(rows.get(1).<java.math.BigDecimal>getAs("profit_365d")).isNull();
  }

  @Test
  void marginIsWhatCostsLeaveAndEverybodysWhereTheyAreUnknown(SparkSession spark) {
    Dataset<Row> costs =
        spark.sql(
            "SELECT * FROM VALUES ('a', DATE'2020-04-01', 30.00BD), ('b', DATE'2025-03-31',"
                + " 150.00BD), ('a', DATE'2026-04-01', 50.00BD), ('d', DATE'2025-03-31', 5.00BD) AS"
                + " t(customer_id, day, amount)");
    Dataset<Row> customers =
        spark.sql(
            "SELECT * FROM VALUES ('a', 100.00BD), ('b', 100.00BD), ('c', 100.00BD), ('d', -3.00BD)"
                + " AS t(customer_id, net_total)");

    List<Row> rows =
        Profit.addMargin(customers, costs, AS_OF).orderBy("customer_id").collectAsList();

    double everybody = 1 - 180 / 200.0;
    assertThat(rows)
        .extracting(r -> r.<Double>getAs("margin_rate"))
        .containsExactly(.7, 0.0, everybody, everybody);
  }

  @Test
  void deliveriesAreLateWhenTheyComeOrStillAreAfterTheirDay(SparkSession spark) {
    Dataset<Row> deliveries =
        spark.sql(
            "SELECT * FROM VALUES ('a', DATE'2026-01-10', DATE'2026-01-10'),"
                + " ('a', DATE'2026-01-11', DATE'2026-01-12'), ('a', DATE'2026-01-12', NULL),"
                + " ('a', DATE'2026-01-13', DATE'2027-01-01'), ('a', DATE'2026-12-01', NULL),"
                + " ('a', DATE'2020-01-13', NULL) AS t(customer_id, promised_on, delivered_on)");
    Dataset<Row> customers = spark.sql("SELECT * FROM VALUES 'a', 'b' AS t(customer_id)");

    List<Row> rows =
        Deliveries.add(customers, deliveries, AS_OF).orderBy("customer_id").collectAsList();

    assertThat(rows).extracting(r -> r.getAs("late_delivery_rate")).containsExactly(.75, null);
  }

  @Test
  void needComparesPurchasesAndTicketsWithTheMean(SparkSession spark) {
    Dataset<Row> tickets =
        spark.sql(
            "SELECT customer_id, DATE'2026-01-01' day FROM VALUES ('service', 6), ('both', 30) AS"
                + " t(customer_id, n) LATERAL VIEW explode(sequence(1, n)) AS i UNION ALL SELECT"
                + " 'product', DATE'2026-05-01'");
    Dataset<Row> customers =
        spark.sql(
            "SELECT * FROM VALUES ('product', 20), ('service', 2), ('both', 20), ('neither', 2),"
                + " ('gone', 0) AS t(customer_id, purchases_365d)");

    Dataset<Row> known = ServiceNeed.add(customers, tickets, AS_OF);

    for (Row row : known.collectAsList()) {
      String id = row.getAs("customer_id");
      assertThat(row.<String>getAs("need")).isEqualTo(id.equals("gone") ? null : id);
    }
    assertThat(known.where("customer_id = 'service'").head().<Double>getAs("service_intensity"))
        .isEqualTo(3);
    assertThat(known.where("customer_id = 'product' AND tickets_365d = 0").count()).isEqualTo(1);
  }

  @Test
  void aCustomerIsBroughtByTheFirstWhoReferredIt(SparkSession spark) {
    Dataset<Row> referrals =
        spark.sql(
            "SELECT * FROM VALUES ('a', 'c', DATE'2026-01-02'), ('b', 'c', DATE'2026-01-01'), ('b',"
                + " 'd', DATE'2026-02-01'), ('a', 'd', DATE'2026-04-01'), ('a', 'x',"
                + " DATE'2026-01-01') AS t(customer_id, referred_id, day)");
    Dataset<Row> customers =
        spark.sql(
            "SELECT * FROM VALUES ('a', 1.00BD), ('b', 2.00BD), ('c', 30.00BD), ('d', -5.00BD) AS"
                + " t(customer_id, spend_365d)");

    List<Row> rows =
        Referrals.add(customers, referrals, AS_OF).orderBy("customer_id").collectAsList();

    assertThat(rows.stream().map(r -> r.<Integer>getAs("referrals"))).containsExactly(1, 2, 0, 0);
    assertThat(rows.stream().map(r -> r.<java.math.BigDecimal>getAs("referral_value").intValue()))
        .containsExactly(0, 30, 0, 0);
    assertThatThrownBy(
            () ->
                Referrals.add(
                    customers,
                    spark.sql("SELECT 'a' customer_id, 'a' referred_id, DATE'2026-01-01' day"),
                    AS_OF))
        .hasMessageContaining("customer a refers itself");
  }

  @Test
  void theNewestEstimateOfAWalletCounts(SparkSession spark) {
    Dataset<Row> estimates =
        spark.sql(
            "SELECT * FROM VALUES ('a', 100.00BD, 0.5D, DATE'2026-01-01'), ('a', 80.00BD, 0.9D,"
                + " DATE'2026-02-01'), ('a', 999.00BD, 1D, DATE'2026-04-01') AS t(customer_id,"
                + " amount, confidence, day)");

    Row row = WalletEstimates.add(spark.sql("SELECT 'a' customer_id"), estimates, AS_OF).head();

    assertThat(row.<java.math.BigDecimal>getAs("wallet_estimate")).isEqualByComparingTo("80");
    assertThat(row.<Double>getAs("wallet_confidence")).isEqualTo(.9);
  }

  @Test
  void refusesReceivablesPaidBeforeTheyWereIssued(SparkSession spark) {
    Dataset<Row> receivables =
        receivables(spark, "('a', DATE'2026-01-05', DATE'2026-01-31', DATE'2026-01-04', 300.00)");

    assertThatThrownBy(
            () -> CreditRisk.add(spark.sql("SELECT 'a' customer_id"), receivables, AS_OF))
        .isInstanceOf(GradusException.class)
        .hasMessageContaining("a row of customer a issued on 2026-01-05 and paid on 2026-01-04");
  }

  @Test
  void fitIsTheMeanOfTheRatingsInForce(SparkSession spark) {
    Dataset<Row> ratings =
        ratings(
            spark,
            "('a', 4D, 'kim', DATE'2026-01-01', DATE'2026-12-31')",
            "('a', 3D, 'lee', DATE'2026-02-01', DATE'2026-12-31')",
            "('a', 0D, 'kim', DATE'2024-01-01', DATE'2025-12-31')",
            "('a', 5D, 'kim', DATE'2026-04-01', DATE'2026-12-31')");

    Row row = StrategicFit.add(spark.sql("SELECT 'a' customer_id"), ratings, AS_OF).head();

    assertThat(row.<Double>getAs("strategic_fit")).isEqualTo(3.5);
  }

  @Test
  void refusesRatingsBeyondTheScale(SparkSession spark) {
    Dataset<Row> ratings = ratings(spark, "('a', 6D, 'kim', DATE'2026-01-01', DATE'2026-12-31')");

    assertThatThrownBy(() -> StrategicFit.add(spark.sql("SELECT 'a' customer_id"), ratings, AS_OF))
        .isInstanceOf(GradusException.class)
        .hasMessageContaining("the rating 6.0 of customer a");
  }

  private static Dataset<Row> receivables(SparkSession spark, String... rows) {
    return spark.sql(
        "SELECT customer_id, issued_on, due_on, paid_on, cast(amount as decimal(18,2)) amount FROM"
            + " VALUES "
            + String.join(", ", rows)
            + " AS t(customer_id, issued_on, due_on, paid_on, amount)");
  }

  private static Dataset<Row> ratings(SparkSession spark, String... rows) {
    return spark.sql(
        "SELECT * FROM VALUES "
            + String.join(", ", rows)
            + " AS t(customer_id, rating, rater, rated_on, expires_on)");
  }
}
