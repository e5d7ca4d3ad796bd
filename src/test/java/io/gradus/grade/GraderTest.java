package io.gradus.grade;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.error.GradusException;
import io.gradus.feature.CustomerFeatures;
import io.gradus.insight.CustomerInsight;
import io.gradus.testing.RealData;
import io.gradus.testing.SmallCompany;
import io.gradus.testing.SparkExtension;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class GraderTest {
  private static final LocalDate AS_OF = SmallCompany.START.plusDays(1000);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "policy.yaml",
        "policies/minimal.yaml",
        "policies/retail.yaml",
        "policies/b2b.yaml"
      })
  void everyCustomerGetsOneGradeThatItsContributionsExplain(String file, SparkSession spark) {
    Dataset<Row> customers = customers(spark, 600);
    Policy policy = Policies.shipped(file);

    Dataset<Row> graded = grade(customers, policy, AS_OF).localCheckpoint();

    assertThat(graded.count()).isEqualTo(customers.count());
    assertThat(
            graded
                .where(
                    col("grade")
                        .isNull()
                        .or(col("grade").isin(policy.codes().toArray()).equalTo(false)))
                .count())
        .isZero();
    Map<String, BigDecimal> sums = new HashMap<>();
    Grader.contributions(graded, policy)
        .collectAsList()
        .forEach(r -> sums.merge(r.getAs("customer_id"), r.getAs("contribution"), BigDecimal::add));
    for (Row row : graded.where("total_score IS NOT NULL").collectAsList()) {
      BigDecimal total = BigDecimal.valueOf(row.<Double>getAs("total_score"));
      BigDecimal reference = BigDecimal.valueOf(row.<Double>getAs("reference_score"));
      assertThat(sums.get(row.<String>getAs("customer_id")))
          .isEqualByComparingTo(total.subtract(reference));
    }
    assertThat(graded.where("abc_class = 'A'").count()).isPositive();
    assertThat(graded.where("size(reasons) = 0 AND total_score IS NOT NULL").count())
        .isLessThan(customers.count() / 10);
  }

  @Test
  void aShadowPolicyGradesBesideTheOfficialOneAndRemembersItsOwnState(SparkSession spark) {
    Dataset<Row> customers = customers(spark, 200);
    Grader official = grader(customers, Policies.shipped("policies/minimal.yaml"), AS_OF);
    Grader coming = grader(customers, Policies.shipped("policies/retail.yaml"), AS_OF);
    Dataset<Row> alone = official.grade(customers).localCheckpoint();

    Dataset<Row> both =
        ShadowGrades.add(alone, customers.columns(), coming, null, null).localCheckpoint();

    List<String> order = List.of("customer_id", "grade", "grade_raw", "rank", "reasons_en");
    assertThat(rows(both, order)).isEqualTo(rows(alone, order));
    assertThat(
            rows(
                both, List.of("customer_id", "grade_shadow", "score_shadow", "grade_shadow_since")))
        .isEqualTo(
            rows(
                coming.grade(customers),
                List.of("customer_id", "grade", "total_score", "grade_since")));
    LocalDate next = AS_OF.plusDays(1);
    Grader later = grader(customers, Policies.shipped("policies/retail.yaml"), next);
    Dataset<Row> second =
        ShadowGrades.add(official.grade(customers), customers.columns(), later, both, AS_OF);
    assertThat(second.select("grade_shadow_since").distinct().collectAsList())
        .extracting(r -> r.getDate(0).toLocalDate())
        .containsExactly(AS_OF);
    // States of another policy do not count: the first night in the shadow begins anew.
    Dataset<Row> other = both.withColumn("shadow_policy", lit("another 1"));
    assertThat(
            ShadowGrades.add(official.grade(customers), customers.columns(), later, other, AS_OF)
                .select("grade_shadow_since")
                .distinct()
                .collectAsList())
        .extracting(r -> r.getDate(0).toLocalDate())
        .containsExactly(next);
  }

  @Test
  void aProspectIsGradedButTakesNoPlace(SparkSession spark) {
    Dataset<Row> customers = customers(spark, 200).withColumn("lifecycle", lit("mature"));
    Policy policy = Policies.shipped("policy.yaml");
    Grader grader = grader(customers, policy, AS_OF);
    Dataset<Row> prospects =
        customers
            .limit(50)
            .withColumn(
                "customer_id", org.apache.spark.sql.functions.concat(lit("p"), col("customer_id")))
            .withColumn("lifecycle", lit("prospect"))
            .withColumn("spend_365d", lit(0).cast("decimal(18,2)"));

    Dataset<Row> all = grader.grade(customers.union(prospects).localCheckpoint());

    List<String> standing =
        List.of("customer_id", "grade", "rank", "cumulative_share", "abc_class", "total_score");
    assertThat(rows(all.where("lifecycle = 'mature'"), standing))
        .isEqualTo(rows(grader.grade(customers), standing));
    Dataset<Row> graded = all.where("lifecycle = 'prospect'");
    assertThat(graded.where("grade = 'D' AND rank IS NULL AND abc_class IS NULL").count())
        .isEqualTo(50);
  }

  private static Grader grader(Dataset<Row> customers, Policy policy, LocalDate asOf) {
    return new Grader(policy, RulerLearner.learn(customers, policy), asOf);
  }

  private static List<String> rows(Dataset<Row> graded, List<String> columns) {
    return graded
        .selectExpr(columns.toArray(String[]::new))
        .orderBy("customer_id")
        .collectAsList()
        .stream()
        .map(Row::mkString)
        .toList();
  }

  @Test
  void aChangeOfCurrencyChangesNoGrade(SparkSession spark) {
    Dataset<Row> days = SmallCompany.purchaseDays(spark, 400, 1000, 5);
    Dataset<Row> yen = days;
    for (String money : List.of("net_amount", "gross_amount", "refund_amount")) {
      yen = yen.withColumn(money, col(money).multiply(100).cast("decimal(18,2)"));
    }
    Policy policy = Policies.shipped("policies/retail.yaml");

    List<Row> pounds = scores(grade(customers(days), policy, AS_OF));
    List<Row> inYen = scores(grade(customers(yen), policy, AS_OF));

    assertThat(inYen).isEqualTo(pounds);
  }

  @Test
  void partitioningChangesNothing(SparkSession spark) {
    Dataset<Row> days = SmallCompany.purchaseDays(spark, 400, 1000, 6);
    Policy policy = Policies.shipped("policy.yaml");

    List<String> one = rows(grade(customers(days.coalesce(1)), policy, AS_OF));
    List<String> many = rows(grade(customers(days.repartition(9)), policy, AS_OF));

    assertThat(many).isEqualTo(one);
  }

  @Test
  void aLapsedCustomerIsNotAmongTheBestWhateverItSpentLastYear(SparkSession spark) {
    Policy policy = Policies.shipped("policy.yaml");
    Dataset<Row> customers = customers(spark, 600);
    Ruler ruler = RulerLearner.learn(customers, policy);

    Dataset<Row> free =
        new Grader(policy, ruler, AS_OF)
            .grade(customers.withColumn("lifecycle", lit("mature")))
            .selectExpr("customer_id", "grade AS free_grade", "total_score AS free_score");
    List<Row> lapsed =
        new Grader(policy, ruler, AS_OF)
            .grade(customers)
            .where("lifecycle = 'lapsed'")
            .join(free, "customer_id")
            .collectAsList();

    int held = 0;
    for (Row row : lapsed) {
      String unheld = row.getAs("free_grade");
      boolean better = policy.place(unheld) < policy.place("C");
      assertThat(row.<String>getAs("grade")).isEqualTo(better ? "C" : unheld);
      assertThat(row.<Double>getAs("total_score")).isEqualTo(row.<Double>getAs("free_score"));
      assertThat(row.<String>getAs("strategy_en")).startsWith("Ask why they stopped");
      if (better) {
        held++;
        assertThat(row.<String>getAs("reasons_en")).startsWith("lapsed, last purchase ");
        assertThat(row.<String>getAs("next_grade")).isEqualTo(unheld);
        assertThat(row.<String>getAs("next_step_zh")).contains("已流失");
      }
    }
    assertThat(held).isPositive();
  }

  @Test
  void equalAmountsGetEqualClasses(SparkSession spark) {
    Dataset<Row> customers =
        customers(spark, 300)
            .withColumn("spend_365d", expr("cast(floor(spend_365d / 200) * 200 as decimal(18,2))"));

    Dataset<Row> graded = grade(customers, Policies.shipped("policies/minimal.yaml"), AS_OF);

    assertThat(
            graded
                .groupBy("spend_365d")
                .agg(expr("count(DISTINCT grade) AS n"))
                .where("n > 1")
                .count())
        .isZero();
  }

  @Test
  void theSecondNightKeepsTheOfficialGradeAndCountsTheCandidate(SparkSession spark) {
    Dataset<Row> customers = customers(spark, 300);
    Policy policy = Policies.shipped("policy.yaml");
    Ruler ruler = RulerLearner.learn(customers, policy);
    Dataset<Row> first = new Grader(policy, ruler, AS_OF).grade(customers).localCheckpoint();
    Dataset<Row> poorer =
        customers
            .withColumn("spend_365d", lit(0).cast("decimal(18,2)"))
            .withColumn("purchases_365d", lit(0));

    Dataset<Row> second =
        new Grader(policy, ruler, AS_OF.plusDays(1)).grade(poorer, first, AS_OF).localCheckpoint();

    assertThat(
            second
                .join(first.select(col("customer_id"), col("grade").as("was")), "customer_id")
                .where("grade <> was")
                .count())
        .isZero();
    assertThat(second.where("grade_raw <> grade").count()).isPositive();
    assertThat(second.where("grade_candidate <> grade AND candidate_runs <> 1").count()).isZero();
    assertThat(second.where("grade_since <> DATE'" + AS_OF + "'").count()).isZero();
  }

  @Test
  void overridesAndCreditStopsPassTheModelAndShowTheSystemGrade(SparkSession spark) {
    Dataset<Row> customers =
        customers(spark, 50)
            .withColumn("override_grade", expr("IF(customer_id = 'c00001', 'S', NULL)"))
            .withColumn("credit_stop", expr("customer_id = 'c00002'"));

    List<Row> rows =
        grade(customers, Policies.shipped("policy.yaml"), AS_OF)
            .where("customer_id IN ('c00001', 'c00002')")
            .orderBy("customer_id")
            .collectAsList();

    assertThat(rows.get(0).<String>getAs("grade")).isEqualTo("S");
    assertThat(rows.get(0).<String>getList(rows.get(0).fieldIndex("reasons"))).contains("override");
    assertThat(rows.get(1).<String>getAs("grade")).isEqualTo("D");
    assertThat(rows.get(0).<String>getAs("grade_system")).isEqualTo(rows.get(0).getAs("grade_raw"));
  }

  @Test
  void namesTheMissingColumn(SparkSession spark) {
    Dataset<Row> customers = customers(spark, 10).drop("headroom");

    assertThatThrownBy(() -> RulerLearner.learn(customers, Policies.shipped("policy.yaml")))
        .isInstanceOf(GradusException.class)
        .hasMessageContaining(
            "policy: dimensions.potential: the customers have no column 'headroom'");
  }

  @Test
  void gradesTheCdnowCohort(SparkSession spark) {
    Dataset<Row> days =
        spark
            .read()
            .parquet(RealData.path("cdnow/transactions.parquet").toString())
            .groupBy(
                col("customer_id").cast("string").as("customer_id"),
                expr("to_date(cast(date as string), 'yyyyMMdd')").as("day"))
            .agg(
                expr("cast(sum(dollar_value) as decimal(18,2)) AS net_amount"),
                expr("cast(sum(dollar_value) as decimal(18,2)) AS gross_amount"),
                expr("cast(0 as decimal(18,2)) AS refund_amount"),
                expr("cast(count(*) as int) AS line_count"),
                expr("0 AS refund_line_count"),
                expr("1L AS category_bits"));
    LocalDate end = LocalDate.of(1998, 6, 30);
    Dataset<Row> customers =
        CustomerInsight.of(CustomerFeatures.at(days, end).localCheckpoint()).localCheckpoint();

    Dataset<Row> graded =
        grade(customers, Policies.shipped("policies/minimal.yaml"), end).localCheckpoint();

    // The definition of ABC, checked against plain sums: those before the last A make less than
    // 80 % of the revenue, those up to it at least 80 %.
    double total = sum(graded, "spend_365d > 0");
    double a = sum(graded, "grade = 'A'");
    double least =
        graded.where("grade = 'A'").agg(expr("min(spend_365d)")).head().getDecimal(0).doubleValue();
    double atLeast = sum(graded, "grade = 'A' AND spend_365d = " + least);
    assertThat(a).isGreaterThanOrEqualTo(.8 * total);
    assertThat(a - atLeast).isLessThan(.8 * total);
    assertThat(customers.count()).isEqualTo(23_570);
  }

  private static Dataset<Row> customers(SparkSession spark, int n) {
    return customers(SmallCompany.purchaseDays(spark, n, 1000, 4));
  }

  private static Dataset<Row> customers(Dataset<Row> days) {
    return CustomerInsight.of(CustomerFeatures.at(days, AS_OF).localCheckpoint()).localCheckpoint();
  }

  private static Dataset<Row> grade(Dataset<Row> customers, Policy policy, LocalDate asOf) {
    return new Grader(policy, RulerLearner.learn(customers, policy), asOf).grade(customers);
  }

  private static double sum(Dataset<Row> graded, String condition) {
    return graded.where(condition).agg(expr("cast(sum(spend_365d) as double)")).head().getDouble(0);
  }

  private static List<Row> scores(Dataset<Row> graded) {
    return graded
        .selectExpr(
            "customer_id",
            "round(total_score, 3)",
            "grade",
            "abc_class",
            "matrix_cell",
            "robustness",
            "rank")
        .orderBy("customer_id")
        .collectAsList();
  }

  private static List<String> rows(Dataset<Row> graded) {
    return graded.orderBy("customer_id").toJSON().collectAsList();
  }
}
