package io.gradus.ml.churn;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gradus.evaluate.Metrics;
import io.gradus.evaluate.ModelMetric;
import io.gradus.feature.CustomerFeatures;
import io.gradus.feature.Horizon;
import io.gradus.feature.LabelWindow;
import io.gradus.testing.SparkExtension;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class ChurnRiskTest {
  private static final LocalDate AS_OF = Ledger.START.plusDays(299);

  private static Row customer(Dataset<Row> scored, String id) {
    return scored.where(col("customer_id").equalTo(id)).first();
  }

  @Test
  void scoresExplainsAndSurvivesStorage(SparkSession spark) {
    Dataset<Row> days =
        Ledger.simulated(500, 300).refund("returner", AS_OF.minusDays(5), 10).frame(spark);
    Dataset<Row> features = CustomerFeatures.at(days, AS_OF).cache();

    ChurnRiskModel model = new ChurnRisk(60).fit(days, AS_OF);
    List<Row> scored = model.transform(features).orderBy("customer_id").collectAsList();

    assertThat(model.fallback())
        .isNotEqualTo(List.of("additive", "trees").contains(model.method()));
    Row returner = scored.get(scored.size() - 1);
    assertThat(returner.<String>getAs("customer_id")).isEqualTo("returner");
    assertThat(returner.<Object>getAs("churn_probability")).isNull();
    assertThat(returner.<Boolean>getAs("churn_eligible")).isFalse();
    assertThat(returner.<String>getAs("churn_method")).isEqualTo("no_purchase");
    for (Row row : scored.subList(0, scored.size() - 1)) {
      double probability = row.getAs("churn_probability");
      assertThat(probability).isStrictlyBetween(0.0, 1.0);
      assertThat(row.<Integer>getAs("churn_horizon_days")).isEqualTo(60);
      assertThat(row.<String>getAs("churn_band")).isIn("low", "medium", "high", "very_high");
      assertThat(row.<String>getAs("churn_reasons_en")).contains("the risk");
      assertThat(row.<String>getAs("churn_reasons_zh")).contains("流失风险");
      assertThat(row.<BigDecimal>getAs("revenue_at_risk")).isNotNegative();
      assertThat(row.<BigDecimal>getAs("expected_spend")).isNotNegative();
      Date next = row.getAs("expected_next_purchase_date");
      assertThat(next == null || next.toLocalDate().isAfter(AS_OF)).isTrue();
    }
    ChurnRiskModel restored = ChurnRiskModel.fromJson(model.toJson());
    assertThat(restored.transform(features).orderBy("customer_id").collectAsList())
        .isEqualTo(scored);
    assertThat(model.transform(features).queryExecution().optimizedPlan().toString())
        .doesNotContainIgnoringCase("current_date")
        .doesNotContainIgnoringCase("current_timestamp");
    assertThat(model.metrics().stream().map(ModelMetric::model))
        .contains("majority", "recency", "hiatus", "logistic_rft", "bg_nbd", "additive");
  }

  @Test
  void nothingAfterTheCutOffChangesTheModel(SparkSession spark) {
    LocalDate cutOff = Ledger.START.plusDays(220);
    Dataset<Row> all =
        Ledger.simulated(300, 300).purchase("canary", cutOff.plusDays(1), 1e6).frame(spark);
    Dataset<Row> known = all.where(col("day").leq(lit(cutOff)));

    String fromAll = new ChurnRisk(60).fit(all, cutOff).toJson();

    assertThat(fromAll).isEqualTo(new ChurnRisk(60).fit(known.repartition(5), cutOff).toJson());
    assertThatThrownBy(
            () -> Snapshots.read(all, cutOff).labelled(new LabelWindow(cutOff.minusDays(59), 60)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ends after " + cutOff);
  }

  @Test
  void oneClassOfLabelsGivesTheBaseRate(SparkSession spark) {
    Ledger ledger = new Ledger();
    for (int c = 0; c < 40; c++) {
      for (int day = c % 7; day < 300; day += 7) {
        ledger.purchase("c" + c, Ledger.START.plusDays(day), 10);
      }
    }
    Dataset<Row> days = ledger.frame(spark);

    ChurnRiskModel model = new ChurnRisk(60).fit(days, AS_OF);

    assertThat(model.method()).isEqualTo("base_rate");
    assertThat(model.fallback()).isTrue();
    Row row = customer(model.transform(CustomerFeatures.at(days, AS_OF)), "c3");
    // Jeffreys: half a churner among n + 1 labels.
    assertThat(row.<Double>getAs("churn_probability")).isBetween(0.0, 0.01);
  }

  @Test
  void shortHistoryIsSaidNotGuessed(SparkSession spark) {
    Dataset<Row> days = Ledger.simulated(100, 300).frame(spark);
    Dataset<Row> none = days.where("false");

    ChurnRiskModel tooShort = new ChurnRisk(60).fit(days, Ledger.START.plusDays(20));
    ChurnRiskModel unlabelled = new ChurnRisk(60).fit(days, Ledger.START.plusDays(40));

    assertThat(tooShort.method()).isEqualTo("history_too_short");
    Dataset<Row> features = CustomerFeatures.at(days, Ledger.START.plusDays(20));
    assertThat(tooShort.transform(features).where("churn_probability IS NOT NULL").count())
        .isZero();
    assertThat(unlabelled.method()).isEqualTo("bg_nbd");
    assertThat(new ChurnRisk(60).fit(none, AS_OF).method()).isEqualTo("history_too_short");
    assertThatThrownBy(() -> new ChurnRisk(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("7 to 730");
  }

  @Test
  void contributionsSumToTheLogOddsAndShuffledLabelsTeachNothing(SparkSession spark) {
    Dataset<Row> days = Ledger.simulated(400, 300).frame(spark);
    TrainingPlan plan = new TrainingPlan(Ledger.START.plusDays(239), 60, Ledger.START);
    Snapshots snapshots = Snapshots.read(days, AS_OF);
    List<Snapshot> training = plan.windows().stream().map(snapshots::labelled).toList();
    List<CustomerState> population = snapshots.population(plan.asOf());
    Snapshot test = snapshots.labelled(plan.target());

    Candidates.learn(plan, snapshots, training, true)
        .forEach(
            (name, scorer) -> {
              for (CustomerState customer : population.subList(0, 50)) {
                double sum = scorer.reference();
                for (double contribution : scorer.contributions(customer)) {
                  sum += contribution;
                }
                assertThat(sum).as(name).isCloseTo(scorer.logit(customer), within(1e-6));
              }
            });

    PatternModel pattern = PatternModel.of(population);
    double total = 0;
    int seeds = 60;
    for (int seed = 0; seed < seeds; seed++) {
      Random random = new Random(seed);
      List<Snapshot> shuffled = training.stream().map(s -> shuffled(s, random)).toList();
      AdditiveScorer scorer = AdditiveScorer.learn(plan, population, shuffled, pattern, 0).scorer();
      double[] logits = Selection.logits(scorer, test.customers());
      total += Metrics.rocAuc(shuffled(test, random).churned(), logits);
    }
    assertThat(total / seeds).isCloseTo(0.5, within(0.02));
  }

  private static Snapshot shuffled(Snapshot snapshot, Random random) {
    List<Boolean> labels = new ArrayList<>();
    for (boolean label : snapshot.churned()) {
      labels.add(label);
    }
    Collections.shuffle(labels, random);
    boolean[] churned = new boolean[labels.size()];
    for (int i = 0; i < churned.length; i++) {
      churned[i] = labels.get(i);
    }
    return new Snapshot(snapshot.window(), snapshot.customers(), churned, snapshot.value());
  }

  @Test
  void oneTimeBuyersAndLapsedCustomersGetAnAnswer(SparkSession spark) {
    LocalDate asOf = Ledger.START.plusDays(500);
    Dataset<Row> days =
        new Ledger()
            .purchase("gone", Ledger.START, 10)
            .purchase("going", Ledger.START.plusDays(40), 10)
            .purchase("new", Ledger.START.plusDays(440), 10)
            .frame(spark);

    ChurnRiskModel model = new ChurnRisk(60).fit(days, asOf);
    Dataset<Row> scored = model.transform(CustomerFeatures.at(days, asOf)).cache();

    assertThat(model.fallback()).isTrue();
    for (Row row : scored.collectAsList()) {
      boolean isNew = row.<String>getAs("customer_id").equals("new");
      assertThat(row.<Double>getAs("churn_probability")).isBetween(0.0, 1.0);
      assertThat(row.<BigDecimal>getAs("expected_spend")).isNotNegative();
      assertThat(row.<Boolean>getAs("churn_eligible")).isEqualTo(isNew);
      // 311 days is the 95 % quantile of a wait where nobody bought twice: exp(ln 60 + 1.645).
      assertThat(row.<Date>getAs("expected_next_purchase_date") == null).isEqualTo(!isNew);
      assertThat(row.<Double>getAs("overdue_ratio") > 1).isEqualTo(!isNew);
    }
  }

  @Test
  void horizonCoversFourFifthsOfTheGaps(SparkSession spark) {
    Ledger ledger = new Ledger();
    int[] gaps = {10, 20, 40, 50, 55, 58, 59, 60, 100, 200};
    LocalDate day = Ledger.START;
    for (int gap : gaps) {
      ledger.purchase("a", day, 5);
      day = day.plusDays(gap);
    }
    Dataset<Row> days = ledger.purchase("a", day, 5).purchase("b", day, 5).frame(spark);

    assertThat(ChurnRisk.withHorizonOfGaps().fit(days, day).horizonDays()).isEqualTo(60);
    assertThat(Horizon.covering(Snapshots.read(days, day).gaps())).isEqualTo(60);
    assertThat(Horizon.covering(IntStream.empty())).isEqualTo(90);
    assertThat(Horizon.covering(IntStream.of(400, 500))).isEqualTo(365);
  }
}
