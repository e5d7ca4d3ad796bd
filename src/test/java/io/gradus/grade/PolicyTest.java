package io.gradus.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.config.YamlReader;
import io.gradus.error.GradusException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "policy.yaml",
        "policies/minimal.yaml",
        "policies/retail.yaml",
        "policies/b2b.yaml"
      })
  void shippedPoliciesAreComplete(String file) {
    Policy policy = Policies.shipped(file);

    double sum = java.util.Arrays.stream(Weights.expert(policy)).sum();
    assertThat(sum)
        .isCloseTo(
            policy.dimensions().isEmpty() ? 0 : 1, org.assertj.core.api.Assertions.within(1e-9));
    assertThat(policy.title().zh()).isNotEqualTo(policy.title().en());
  }

  @Test
  void b2bExtendsTheStandardPolicy() {
    Policy b2b = Policies.shipped("policies/b2b.yaml");

    assertThat(b2b.name()).isEqualTo("b2b");
    assertThat(b2b.matrix()).isEqualTo(Policies.shipped("policy.yaml").matrix());
    assertThat(b2b.stability().commit()).isEqualTo(StabilityRules.Commit.MONTHLY);
    assertThat(b2b.stability().runsToConfirm()).isEqualTo(3);
    assertThat(b2b.dimensions().keySet())
        .containsExactly("value", "potential", "loyalty", "risk", "fit");
  }

  @Test
  void writesAndReadsBackTheSamePolicy() {
    Policy policy = Policies.shipped("policies/b2b.yaml");

    assertThat(YamlReader.read("copy", YamlReader.write(policy), Map.of(), Policy.class))
        .isEqualTo(policy);
  }

  @ParameterizedTest(name = "{0} -> {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          weight: 0.6                                | weight: 0.7               | dimensions: the weights must add up to 1, found 1.1
          weight: 1, lower                           | weight: 0.9, lower        | dimensions.potential.indicators: the weights must add up to 1, found 0.9
          column: growth                             | column: spend_365d        | column 'spend_365d' is used twice and would count double
          column: growth                             | column: customer_age      | 'customer_age' speaks of a sensitive personal attribute (age)
          column: growth                             | column: 客户性别          | column must name a customer column
          lower: -0.5, upper: 0.5                    | lower: 0.5, upper: 0.5    | growth: lower must be below upper, found 0.5 and 0.5
          {name: B, from: 40}                        | {name: B, from: 40, below: 80} | A and B both claim 70 to 80
          {name: B, from: 40}                        | {name: B, from: 40, below: 60} | nothing covers 60 to 70; let A begin at 60
          {name: C, from: 0}]                        | {name: C, from: 10}]      | nothing covers 0 to 10; let C begin at 0
          {name: A, from: 70}                        | {name: X, from: 70}       | there is no grade 'X'; use one of [A, B, C]
          {name: A, from: 70}, {name: B, from: 40}   | {name: B, from: 70}, {name: A, from: 40} | score.grades: A is the better grade but begins below B
          row: high, column: high, grade: A          | row: low, column: high, grade: A | cells: row low, column high is claimed by 'Stars' and 'Rising'
          row: high, column: high, grade: A          | row: top, column: high, grade: A | the rows have no level 'top'
          {row: high, column: high, grade: A, name: {en: Stars, zh: 明星}} | {row: high, column: high, grade: E, name: {en: Stars, zh: 明星}} | matrix.cells: there is no grade 'E'
          rows: {dimension: value                    | rows: {dimension: fit     | matrix.rows: dimension 'fit' has no indicators
          rows: {dimension: value                    | rows: {dimension: wealth  | there is no dimension 'wealth'
          grades: [{code: A}, {code: B}              | grades: [{code: A}, {code: A} | grades: 'A' is listed twice
          version: 1                                 | version: 0                | version must be 1 or more, found 0
          grade_by: score                            | grade_bi: matrix          | unknown key 'grade_bi'; did you mean 'grade_by'?
          version: 1                                 | {version: 1               | test.yaml
          grade_by: score                            | grade_by: matrix2         | use one of abc, matrix, score
          column: growth, weight: 1                  | column: growth, weight: 1, when_missing: 3 | growth: when_missing must be within 0..1, found 3
          """)
  void refusesBadPolicies(String good, String bad, String message) {
    String text = Policies.text("score");
    assertThat(text).contains(good);

    assertThatThrownBy(
            () -> YamlReader.read("test.yaml", text.replace(good, bad), Map.of(), Policy.class))
        .isInstanceOf(GradusException.class)
        .hasMessageContaining(message)
        .hasMessageStartingWith("test.yaml: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          weighting: {minimum: 0.1, maximum: 0.35}   | 'growth' carries 0.400 of the total, must be within 0.1..0.35
          weighting: {minimum: 0.4}                  | 3 indicators cannot all lie within minimum 0.4
          weighting: {method: ahp}                   | comparisons: method ahp needs them
          weighting: {comparisons: {value: {potential: 2}}} | comparisons belong to the methods ahp and blend
          weighting: {method: ahp, comparisons: {value: {loyalty: 2}}} | cannot compare 'value' with 'loyalty'
          weighting: {method: ahp, comparisons: {value: {potential: 12}}} | must be within 1/9..9, found 12
          weighting: {method: ahp, comparisons: {value: {potential: 2}, potential: {value: 0.5}}} | value and potential are compared twice
          abc: {classes: [{name: A, until: 0.8}, {name: B, until: 0.7}, {name: C}]} | 'B' overlaps the class before it
          abc: {classes: [{name: A, until: 0.8}, {name: B}, {name: C}]} | 'B' needs 'until'
          abc: {classes: [{name: A, until: 0.8}, {name: B, until: 0.9}]} | the last class 'B' takes the rest
          abc: {classes: [{name: A, until: 80}, {name: B}]} | 'A' has until 80.0, must be above 0 and below 1
          abc: {rule: value, classes: [{name: A, until: 10}, {name: B, until: 50}, {name: C}]} | must be below 10
          stability: {confirm_runs: 0} | confirm_runs must be within 1..366, found 0
          local: {retail: {version: 1, name: x}} | local: the scope is all
          key_accounts: {gates: []} | gates: at least one is needed
          key_accounts: {gates: [{name: fit, column: gender, at_least: 1}]} | sensitive personal attribute (gender)
          scope: religion | sensitive personal attribute
          caps: {lapst: {grade: C}} | caps: there is no stage 'lapst'; did you mean 'lapsed'?
          caps: {lapsed: {grade: Q}} | caps.lapsed: there is no grade 'Q'
          caps: {lapsed: {}} | grade is missing; name the best grade of the stage
          robustness_draws: 5000 | robustness_draws must be within 0..1000
          """)
  void refusesBadAdditions(String addition, String message) {
    assertThatThrownBy(
            () ->
                PolicyReader.read(
                    "test.yaml", file -> Policies.text("matrix") + addition + "\n", Map.of()))
        .isInstanceOf(GradusException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesAnInconsistentComparisonNamingTheTriple() {
    String dimensions =
        Policies.text("score")
            .replace(
                "  potential:\n",
                "  loyalty: {weight: 0, indicators: [{column: loyalty, weight: 1}]}\n"
                    + "  potential:\n");
    String unfinished =
        dimensions + "weighting: {method: ahp, comparisons: {value: {loyalty: 2, potential: 2}}}\n";
    assertThatThrownBy(() -> YamlReader.read("test.yaml", unfinished, Map.of(), Policy.class))
        .hasMessageContaining(
            "loyalty and potential are not compared, add loyalty: {potential: …}");
    String text =
        dimensions
            + "weighting: {method: ahp, comparisons: {value: {loyalty: 9, potential: 0.2}, loyalty:"
            + " {potential: 9}}}\n";

    assertThatThrownBy(() -> YamlReader.read("test.yaml", text, Map.of(), Policy.class))
        .hasMessageContaining("contradict each other: consistency ratio")
        .hasMessageContaining("look at value, loyalty, potential first");
  }

  @Test
  void refusesCircularParents() {
    Map<String, String> files =
        Map.of(
            "a.yaml",
            "extends: b.yaml",
            "b.yaml",
            "extends: sub/c.yaml",
            "sub/c.yaml",
            "extends: ../a.yaml");

    assertThatThrownBy(() -> PolicyReader.read("a.yaml", files::get, Map.of()))
        .isInstanceOf(GradusException.class)
        .hasMessageContaining("extends goes in a circle: a.yaml → b.yaml → sub/c.yaml → a.yaml");
  }

  @Test
  void localPoliciesTakeOverWhatTheyDoNotSay() {
    String text =
        Policies.text("score")
            + "scope: industry\n"
            + "local: {Retail: {score: {grades: [{name: A, from: 80}, {name: C, from: 0}]}}}\n";

    Policy policy = PolicyReader.read("test.yaml", file -> text, Map.of());

    assertThat(policy.of("Retail").dimensions()).isEqualTo(policy.dimensions());
    assertThat(policy.of("Retail").score().grades()).hasSize(2);
    assertThat(policy.of("Other").score().grades()).hasSize(3);
  }

  @Test
  void overridesReachTheKeys() {
    Policy policy =
        PolicyReader.read(
            "test.yaml", f -> Policies.text("score"), Map.of("stability.confirm_runs", "7"));

    assertThat(policy.stability().runsToConfirm()).isEqualTo(7);
  }
}
