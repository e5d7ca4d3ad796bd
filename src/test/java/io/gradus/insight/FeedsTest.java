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
  void refusesReceivablesPaidBeforeTheyWereIssued(SparkSession spark) {
    Dataset<Row> receivables =
        receivables(spark, "('a', DATE'2026-01-05', DATE'2026-01-31', DATE'2026-01-04', 300.00)");

    assertThatThrownBy(
            () -> CreditRisk.add(spark.sql("SELECT 'a' customer_id"), receivables, AS_OF))
        .isInstanceOf(GradusException.class)
        .hasMessageContaining("a receivable of customer a issued on 2026-01-05");
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
