package io.gradus.ml.clv;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.gradus.clv.Horizon;
import io.gradus.testing.SparkExtension;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class ModelChoiceTest {
  @Test
  void holdoutFiguresOfCdnowAgreeWithTheReferenceAndParetoWins(SparkSession spark) {
    Dataset<Row> holdouts =
        Cdnow.sample(spark)
            .withColumn(Holdouts.CUT_OFF, expr("date'1997-09-30'"))
            .withColumn(Holdouts.HORIZON_DAYS, expr("39 * 7"));
    ModelChoice.Result result =
        new ModelChoice(new LifetimeValue().setSpendBasis(LifetimeParams.SPEND_REPEAT))
            .choose(holdouts);

    assertThat(result.model()).isEqualTo("pareto_nbd");
    assertThat(result.reason()).startsWith("lowest deviance").contains("1 hold-out:");
    Map<String, Double> metrics =
        result.metrics().stream()
            .filter(m -> m.scope().equals("1997-09-30"))
            .collect(Collectors.toMap(m -> m.model() + "." + m.metric(), ModelMetric::value));
    JsonNode reference = Cdnow.reference("clv-cdnow-sample.json");
    Map<String, String> names =
        Map.of("bg_nbd", "bgnbd", "mbg_nbd", "mbgnbd", "pareto_nbd", "paretonbd");
    names.forEach(
        (name, theirs) -> {
          JsonNode purchases = reference.path(theirs).path("holdout");
          String prefix = "clv." + name + ".holdout_purchases_";
          close(metrics.get(prefix + "mae"), purchases.path("mae"), 1e-5);
          close(metrics.get(prefix + "rmse"), purchases.path("rmse"), 1e-5);
          close(100 * metrics.get(prefix + "bias"), purchases.path("bias_pct"), 1e-3);
          close(metrics.get(prefix + "gini"), purchases.path("norm_gini"), 2e-3);
          close(metrics.get(prefix + "spearman"), purchases.path("spearman"), 1e-4);
          close(metrics.get(prefix + "top_decile"), purchases.path("top10pct_capture"), 3e-3);
          JsonNode spend = reference.path(theirs).path("holdout_spend");
          String spendPrefix = "clv." + name + ".holdout_spend_";
          close(metrics.get(spendPrefix + "mae"), spend.path("mae"), 1e-3);
          close(metrics.get(spendPrefix + "spearman"), spend.path("spearman"), 1e-3);
        });
    close(
        metrics.get("baseline.rate.holdout_purchases_mae"),
        reference.path("baseline_naive_rate").path("mae"),
        1e-5);
    close(
        metrics.get("baseline.zero.holdout_purchases_mae"),
        reference.path("baseline_zero").path("mae"),
        1e-6);
  }

  private static void close(double actual, JsonNode expected, double tolerance) {
    assertThat(expected.isNumber()).isTrue();
    assertThat(actual).isCloseTo(expected.asDouble(), within(tolerance));
  }

  @Test
  void plotsOfTheSample(SparkSession spark) {
    var customers = Cdnow.sample(spark);
    LifetimeValueModel model = new LifetimeValue().setModel("bg_nbd").fit(customers);
    var scored = model.withExpectedPurchases(customers, 39 * 7, "expected");
    List<Row> rows =
        PurchasePlots.calibration(scored, "frequency", "expected", "actual_purchases", 7)
            .collectAsList();
    assertThat(rows).hasSize(8);
    assertThat(rows.stream().mapToLong(row -> row.getLong(1)).sum()).isEqualTo(2357);
    assertThat(rows.get(0).getLong(1)).isEqualTo(2357 - 946);
    assertThat(rows.get(7).getDouble(2)).isGreaterThan(3 * rows.get(1).getDouble(2));

    var tracked =
        PurchasePlots.tracking(
            model.process(), PurchasePlots.customersByAge(customers, "T"), 7, 273);
    double atAsOf = tracked.stream().filter(t -> t.day() == 0).findFirst().orElseThrow().expected();
    assertThat(atAsOf).isCloseTo(2457, within(0.05 * 2457));
    double end = tracked.get(tracked.size() - 1).expected();
    assertThat(end - atAsOf).isCloseTo(1653.4, within(0.03 * 1653.4));
    assertThat(tracked.get(0).expected()).isLessThan(50);

    var cells = PurchasePlots.matrix(model.process(), 273, 20, 21, Horizon.ofMonths(12));
    assertThat(cells).hasSize(20 * 13).allMatch(cell -> cell.probabilityAlive() <= 1);
  }
}
