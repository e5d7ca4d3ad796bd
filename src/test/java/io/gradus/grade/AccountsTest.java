package io.gradus.grade;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.error.GradusException;
import io.gradus.grade.GradeChange.Rule;
import io.gradus.testing.SparkExtension;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class AccountsTest {
  private static final LocalDate AS_OF = LocalDate.of(2026, 3, 1);

  @Test
  void aGroupIsOneAccountWithItsEvidence(SparkSession spark) {
    // The group's revenue 60,000 + 50,000 passes together, its best fit is 4; customer c fails the
    // required gate although it passes two others.
    Dataset<Row> customers =
        spark.sql(
            "SELECT * FROM VALUES ('a', 'G', 60000, 60000, 4), ('b', 'G', 50000, 0, NULL),"
                + " ('c', NULL, 99999, 90000, 5), ('d', NULL, 100000, 50000, 1)"
                + " AS t(customer_id, parent_group, spend_365d, headroom, strategic_fit)");
    Policy policy = Policies.shipped("policies/b2b.yaml");

    Dataset<Row> accounts = KeyAccounts.of(customers, policy);
    Map<String, String> tiers =
        accounts.collectAsList().stream()
            .collect(Collectors.toMap(r -> r.getAs("account_id"), r -> r.getAs("account_tier")));

    assertThat(tiers)
        .containsEntry("group:G", "strategic")
        .containsEntry("customer:c", "ordinary")
        .containsEntry("customer:d", "key");
    Row evidence =
        accounts
            .where("account_id = 'group:G'")
            .selectExpr("inline(account_gates)")
            .where("gate = 'contribution'")
            .head();
    assertThat(evidence.<Double>getAs("gate_value")).isEqualTo(110_000);
    assertThat(evidence.<Boolean>getAs("gate_passed")).isTrue();
    assertThat(
            KeyAccounts.join(customers, accounts, policy)
                .where("customer_id = 'b' AND account_tier = 'strategic'")
                .count())
        .isEqualTo(1);
  }

  @Test
  void theOverrideInForceIsJoined(SparkSession spark) {
    Dataset<Row> customers =
        spark.sql("SELECT * FROM VALUES ('a'), ('b'), ('c') AS t(customer_id)");
    Dataset<Row> overrides =
        overrides(
            spark,
            "('a', 'S', 'kim', 'launch partner', DATE'2026-01-01', DATE'2026-06-30')",
            "('a', 'A', 'kim', 'earlier view', DATE'2025-12-01', DATE'2026-06-30')",
            "('b', 'A', 'lee', 'over', DATE'2025-01-01', DATE'2025-06-30')",
            "('c', 'A', 'lee', 'not yet known', DATE'2026-03-02', DATE'2026-06-30')");

    List<Row> rows =
        Overrides.join(customers, overrides, Policies.shipped("policy.yaml"), AS_OF)
            .orderBy("customer_id")
            .select("override_grade", "override_author")
            .collectAsList();

    assertThat(rows.get(0).getString(0)).isEqualTo("S");
    assertThat(rows.get(1).isNullAt(0)).isTrue();
    assertThat(rows.get(2).isNullAt(0)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "('a', 'S', ' ', 'why', DATE'2026-01-01', DATE'2026-06-30')",
        "('a', 'S', 'kim', NULL, DATE'2026-01-01', DATE'2026-06-30')",
        "('a', 'S', 'kim', 'why', DATE'2026-01-01', NULL)",
        "('a', 'S', 'kim', 'why', DATE'2026-01-01', DATE'2028-01-01')",
        "('a', 'S', 'kim', 'why', DATE'2026-01-02', DATE'2026-01-01')",
        "('a', 'Z', 'kim', 'why', DATE'2026-01-01', DATE'2026-06-30')"
      })
  void refusesOverridesWithoutAuthorReasonOrExpiry(String row, SparkSession spark) {
    Dataset<Row> customers = spark.sql("SELECT 'a' AS customer_id");

    assertThatThrownBy(
            () ->
                Overrides.join(
                    customers, overrides(spark, row), Policies.shipped("policy.yaml"), AS_OF))
        .isInstanceOf(GradusException.class)
        .hasMessageContaining("overrides: customer a");
  }

  @Test
  void aChangeSplitsIntoItsCausesAsByHand(SparkSession spark) {
    // Old policy: total = 30·s1 + 30·s2 + 40·s3 with limits 0..1000, 0..10, −.5...5.
    Policy before = Policies.small("score");
    Ruler ruler = ruler(before, 1000);
    Ruler longer = ruler(before, 2000);

    List<Row> rows =
        GradeChange.split(
                facts(spark, 500, 5, 0),
                facts(spark, 600, 5, 0),
                facts(spark, 800, 5, .1),
                new Rule(before, ruler),
                new Rule(before, longer))
            .collectAsList();

    Row row = rows.get(0);
    assertThat(row.<BigDecimal>getAs("score_before")).isEqualByComparingTo("50");
    assertThat(row.<BigDecimal>getAs("change_by_correction")).isEqualByComparingTo("3");
    assertThat(row.<BigDecimal>getAs("change_by_behaviour")).isEqualByComparingTo("10");
    assertThat(row.<BigDecimal>getAs("change_by_ruler")).isEqualByComparingTo("-12");
    assertThat(row.<BigDecimal>getAs("change_by_policy")).isEqualByComparingTo("0");
    assertThat(row.<BigDecimal>getAs("score_after")).isEqualByComparingTo("51");
  }

  @Test
  void anotherPolicyIsTheLastCause(SparkSession spark) {
    Policy before = Policies.small("score");
    Policy after = policyWithWeights();

    Row row =
        GradeChange.split(
                facts(spark, 500, 5, 0),
                facts(spark, 500, 5, 0),
                facts(spark, 500, 10, 0),
                new Rule(before, ruler(before, 1000)),
                new Rule(after, ruler(after, 1000)))
            .head();

    // Behaviour: 30·.5 = 15. Policy: value .6 → .9 at 75, potential .4 → .1 at 50: 72.5 − 65.
    assertThat(row.<BigDecimal>getAs("change_by_behaviour")).isEqualByComparingTo("15");
    assertThat(row.<BigDecimal>getAs("change_by_ruler")).isEqualByComparingTo("0");
    assertThat(row.<BigDecimal>getAs("change_by_policy")).isEqualByComparingTo("7.5");
  }

  @Test
  void theRulerIsCompletedWhenAFeedArrives(SparkSession spark) {
    Policy policy = Policies.shipped("policies/retail.yaml");
    Dataset<Row> without =
        spark.sql(
            "SELECT concat('c', id) customer_id, cast(id as decimal(18,2)) spend_365d,"
                + " cast(id % 9 as int) purchases_365d, cast(id % 90 as double) loyalty, id / 1000.0D"
                + " growth, id / 50.0D category_breadth, cast(id % 100 as int) days_since_last"
                + " FROM range(500)");
    Ruler first = RulerLearner.learn(without, policy);
    Dataset<Row> with = without.withColumn("churn_probability", col("loyalty").divide(100));

    Ruler completed = RulerLearner.complete(first, with, policy);

    assertThat(first.scale("all").limits().get("churn_probability").upper()).isZero();
    assertThat(completed.scale("all").limits().get("churn_probability").upper())
        .isBetween(.87, .89);
    assertThat(completed.scale("all").limits().get("spend_365d"))
        .isEqualTo(first.scale("all").limits().get("spend_365d"));
    assertThat(RulerLearner.complete(completed, with, policy)).isSameAs(completed);
  }

  private static Policy policyWithWeights() {
    String text =
        Policies.text("score")
            .replace("version: 1", "version: 2")
            .replace("weight: 0.6", "weight: 0.9")
            .replace("weight: 0.4", "weight: 0.1");
    return PolicyReader.read("test.yaml", file -> text, Map.of());
  }

  private static Ruler ruler(Policy policy, double revenue) {
    double[] weights = Weights.expert(policy);
    return new Ruler(
        policy.name(),
        policy.version(),
        Map.of(
            "all",
            new Ruler.Scale(
                Map.of(
                    "spend_365d", new Ruler.Limits(0, revenue, 1, 200),
                    "purchases_365d", new Ruler.Limits(0, 10, 1, 2),
                    "growth", new Ruler.Limits(-.5, .5, 1, 0)),
                Map.of(
                    "spend_365d",
                    weights[0],
                    "purchases_365d",
                    weights[1],
                    "growth",
                    weights[2]))));
  }

  private static Dataset<Row> facts(
      SparkSession spark, double spend, int purchases, double growth) {
    return spark.sql(
        "SELECT 'a' customer_id, 'A' grade, cast(%s as decimal(18,2)) spend_365d, %d purchases_365d, cast(%s as double) growth"
            .formatted(spend, purchases, growth));
  }

  private static Dataset<Row> overrides(SparkSession spark, String... rows) {
    return spark.sql(
        "SELECT * FROM VALUES "
            + String.join(", ", rows)
            + " AS t(customer_id, override_grade, override_author, override_reason, override_from,"
            + " override_until)");
  }
}
