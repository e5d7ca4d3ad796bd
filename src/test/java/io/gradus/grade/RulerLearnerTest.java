package io.gradus.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gradus.config.YamlReader;
import io.gradus.error.GradusException;
import io.gradus.grade.Ruler.Limits;
import io.gradus.testing.SparkExtension;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class RulerLearnerTest {
  private static final String POLICY =
      """
      name: test
      version: 1
      scope: region
      grades: [{code: A}, {code: B}]
      dimensions:
        value:
          weight: 1
          indicators:
            - {column: spend_365d, weight: 0.4}
            - {column: loyalty, weight: 0.3}
            - {column: growth, weight: 0.3, optional: true}
      weighting: {maximum: 0.5}
      grade_by: score
      score: {grades: [{name: A, from: 50}, {name: B, from: 0}]}
      """;

  private final Policy policy = YamlReader.read("test.yaml", POLICY, Map.of(), Policy.class);

  @Test
  void percentilesAreThoseOfSparkSqlInEachScope(SparkSession spark) {
    Dataset<Row> customers = customers(spark, "cast(xxhash64(id, 3) % 900 as double) / 7000");

    Ruler ruler = RulerLearner.learn(customers, policy);

    customers.createOrReplaceTempView("ruler_customers");
    List<Row> expected =
        spark
            .sql(
                "SELECT coalesce(region, 'all'), percentile(spend_365d, array(.01, .5, .99)),"
                    + " percentile(loyalty, array(.01, .5, .99)), percentile(CASE WHEN spend_365d >"
                    + " 0 THEN spend_365d END, .5) FROM ruler_customers GROUP BY ROLLUP(region)")
            .collectAsList();
    assertThat(ruler.scopes().keySet()).containsExactlyInAnyOrder("all", "north", "south");
    for (Row row : expected) {
      Map<String, Limits> limits = ruler.scale(row.getString(0)).limits();
      for (int j = 1; j <= 2; j++) {
        List<Double> percentiles = row.getList(j);
        Limits own = limits.get(j == 1 ? "spend_365d" : "loyalty");
        assertThat(List.of(own.lower(), own.median(), own.upper())).isEqualTo(percentiles);
      }
      assertThat(limits.get("spend_365d").unit()).isEqualTo(.1 * row.getDouble(3));
    }
  }

  @Test
  void anEmptyScopeOfALocalPolicyIsRefused(SparkSession spark) {
    Policy local =
        PolicyReader.read(
            "test.yaml", f -> POLICY + "local: {east: {robustness_draws: 10}}\n", Map.of());

    assertThatThrownBy(() -> RulerLearner.learn(customers(spark, "0.5"), local))
        .isInstanceOf(GradusException.class)
        .hasMessageContaining("policy: local.east: no customer has region 'east'; values found: [")
        .hasMessageContaining("north");
  }

  @Test
  void noiseIsNotStretchedToTheWholeScale(SparkSession spark) {
    // Growth of −28.5 % or −25.2 %: the scale is 20 points wide around the median.
    Ruler ruler = RulerLearner.learn(customers(spark, "if(id % 10 = 0, -0.252, -0.285)"), policy);

    Limits growth = ruler.scale("all").limits().get("growth");

    assertThat(growth.lower()).isCloseTo(-.385, within(1e-12));
    assertThat(growth.upper()).isCloseTo(-.185, within(1e-12));
    Scorecard card = Scorecard.of(policy, ruler.scale("all"));
    assertThat(card.score(2, -.252) - card.score(2, -.285)).isCloseTo(.165, within(1e-12));
  }

  @Test
  void whatNobodyKnowsYetIsCutWhenEnoughDo(SparkSession spark) {
    Ruler first =
        RulerLearner.learn(customers(spark, "if(id < 20, id / 100, cast(null as double))"), policy);
    Dataset<Row> later = customers(spark, "if(id < 200, id / 100, cast(null as double))");

    Ruler completed = RulerLearner.complete(first, later, policy);

    assertThat(Scorecard.of(policy, first.scale("all")).score(2, .1)).isEqualTo(.5);
    assertThat(completed.scale("all").limits().get("growth").upper())
        .isCloseTo(1.9701, within(1e-12));
    assertThat(completed.scale("all").limits().get("loyalty"))
        .isEqualTo(first.scale("all").limits().get("loyalty"));
    assertThat(RulerLearner.complete(completed, later, policy)).isSameAs(completed);
  }

  private static Dataset<Row> customers(SparkSession spark, String growth) {
    return spark.sql(
        "SELECT concat('c', id) customer_id, if(id % 3 = 0, 'north', 'south') region,"
            + " cast(pmod(xxhash64(id), 100000) / 100 - 50 as decimal(18,2)) spend_365d,"
            + " pmod(xxhash64(id, 1), 10007) / 100.0D loyalty, cast("
            + growth
            + " as double) growth FROM range(0, 1000, 1, 4)");
  }
}
