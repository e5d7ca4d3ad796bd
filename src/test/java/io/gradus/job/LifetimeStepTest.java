package io.gradus.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.config.ClvSettings;
import io.gradus.feature.CustomerFeatures;
import io.gradus.testing.RealData;
import io.gradus.testing.SparkExtension;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class LifetimeStepTest {
  private static final ClvSettings AUTO = new ClvSettings(null, null, null, null, null);

  /** Customers and net amounts by day of nine months of UCI Online Retail, all stock codes. */
  private static Dataset<Row> retail(SparkSession spark) {
    return spark
        .read()
        .parquet(RealData.path("online_retail/landing").toString())
        .where("CustomerID is not null")
        .selectExpr(
            "regexp_replace(cast(CustomerID as string), '\\\\.0$', '') customer_id",
            "to_date(InvoiceDate) day",
            "cast(Quantity * UnitPrice as decimal(18,2)) amount")
        .groupBy("customer_id", "day")
        .agg(Map.of("amount", "sum"))
        .selectExpr(
            "customer_id",
            "day",
            "cast(`sum(amount)` as decimal(18,2)) net_amount",
            "cast(greatest(`sum(amount)`, 0) as decimal(18,2)) gross_amount",
            "cast(least(`sum(amount)`, 0) as decimal(18,2)) refund_amount",
            "1L category_bits")
        .cache();
  }

  private static LifetimeStep fit(Dataset<Row> days, LocalDate asOf, ClvSettings settings) {
    Dataset<Row> features = CustomerFeatures.at(days, asOf).cache();
    return LifetimeStep.fit(settings, asOf, features, days);
  }

  /**
   * Customer 17850 bought on the first two days and never again: models with exponential waits find
   * no drop-out at all in these nine months, so that all live for ever; regular waits show it.
   */
  @Test
  void retailGetsTheRegularModelAndItsLapsedCustomersLittleValue(SparkSession spark) {
    LocalDate asOf = LocalDate.of(2011, 8, 31);
    Dataset<Row> days = retail(spark);
    LifetimeStep step = fit(days, asOf, AUTO);

    assertThat(step.notes().get(0)).contains("bg_cnbd_k").contains("1 hold-out");
    Map<String, Metric> metrics =
        step.metrics().stream()
            .collect(Collectors.toMap(m -> m.model() + "|" + m.scope() + "|" + m.metric(), m -> m));
    for (String about : List.of("purchases", "spend")) {
      for (String figure : List.of("mae", "rmse", "bias", "gini", "spearman", "top_decile")) {
        String name = "|2011-06-02|holdout_" + about + "_" + figure;
        String naive = about.equals("purchases") ? "baseline.rate" : "baseline.past_spend";
        for (String model :
            List.of("clv.bg_nbd", "clv.mbg_nbd", "clv.pareto_nbd", "clv.bg_cnbd_k", naive)) {
          assertThat(metrics.get(model + name)).as(model + name).isNotNull();
        }
        assertThat(metrics).containsKey("baseline.zero" + name);
      }
    }
    assertThat(metrics.get("clv.bg_cnbd_k|all|chosen").note()).contains("deviance of purchases");
    assertThat(value(metrics, "clv.bg_cnbd_k|2011-06-02|holdout_purchases_rmse"))
        .isLessThan(0.98 * value(metrics, "clv.bg_nbd|2011-06-02|holdout_purchases_rmse"));

    Row lapsed =
        step.transform(CustomerFeatures.at(days, asOf)).where("customer_id = '17850'").head();
    assertThat(lapsed.<Double>getAs("probability_alive")).isLessThan(0.15);
    assertThat(((Number) lapsed.getAs("clv_12m")).doubleValue()).isBetween(0.0, 500.0);
  }

  private static double value(Map<String, Metric> metrics, String key) {
    return java.util.Objects.requireNonNull(metrics.get(key).value());
  }

  @Test
  void aShortHistoryIsJudgedByLikelihoodAndSaysSo(SparkSession spark) {
    LifetimeStep step = fit(retail(spark), LocalDate.of(2011, 2, 20), AUTO);
    assertThat(step.notes().get(0))
        .contains("highest likelihood: less than the 90 days of history that a hold-out needs");
    assertThat(step.metrics()).noneMatch(m -> m.metric().startsWith("holdout"));
  }

  @Test
  void aConfiguredModelIsTakenAndAScopeNeedsItsColumn(SparkSession spark) {
    LocalDate asOf = LocalDate.of(2011, 8, 31);
    Dataset<Row> days = retail(spark);
    ClvSettings pinned = new ClvSettings(ClvSettings.Model.MBG_NBD, null, null, 0.99, null);
    assertThat(fit(days, asOf, pinned).notes().get(0))
        .isEqualTo("lifetime value: mbg_nbd (configured)");
    ClvSettings scoped = new ClvSettings(null, null, null, null, ClvSettings.Scope.INDUSTRY);
    assertThatThrownBy(() -> fit(days, asOf, scoped))
        .hasMessage("clv.scope: industry needs sources.customers.columns to map it");
  }
}
