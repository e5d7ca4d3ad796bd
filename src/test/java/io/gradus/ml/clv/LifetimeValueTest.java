package io.gradus.ml.clv;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.gradus.clv.History;
import io.gradus.clv.Horizon;
import io.gradus.clv.TotalValue;
import io.gradus.error.GradusException;
import io.gradus.testing.RealData;
import io.gradus.testing.SparkExtension;
import java.math.BigDecimal;
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
class LifetimeValueTest {
  @Test
  void perCustomerPredictionsOfTheSampleAgreeWithTheReference(SparkSession spark) {
    Dataset<Row> customers = Cdnow.sample(spark);
    Dataset<Row> expected =
        spark
            .read()
            .parquet(RealData.path("reference/clv-cdnow-sample-customers.parquet").toString())
            .withColumn("customer_id", expr("cast(cast(customer_id as int) as string)"));
    Dataset<Row> scored =
        new BetaGeo()
            .fit(customers)
            .transform(customers)
            .join(expected, "customer_id")
            .agg(max(abs(col("probability_alive").minus(col("bgnbd_palive")))), count(lit(1)));
    Row row = scored.head();
    assertThat(row.getLong(1)).isEqualTo(2357);
    assertThat(row.getDouble(0)).isLessThan(1e-6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bg_nbd", "mbg_nbd", "pareto_nbd", "mbg_cnbd_k"})
  void everyCustomerGetsAnOrderedValue(String model, SparkSession spark) {
    Dataset<Row> customers = Cdnow.sample(spark).withColumn("T", expr("cast(T as int)"));
    Dataset<Row> withNever =
        customers.unionByName(
            spark.sql(
                """
                select 'refund' customer_id, 0 purchase_days, cast(null as int) frequency,
                  cast(null as int) recency, cast(null as int) T,
                  cast(null as double) monetary_value, cast(-5 as decimal(18,2)) net_total,
                  cast(null as double) log_gap_mean, cast(null as double) log_gap_sd,
                  0 actual_purchases, 0.0D actual_spend
                """));
    LifetimeValueModel fitted = new LifetimeValue().setModel(model).fit(withNever);
    Dataset<Row> valued = fitted.transform(withNever);

    assertThat(valued.schema()).isEqualTo(fitted.transformSchema(withNever.schema()));
    Dataset<Row> broken =
        valued.where(
            """
            not (probability_alive between 0 and 1 and expected_purchases >= 0
              and clv_12m >= 0 and clv_12m <= clv_12m_undiscounted and clv_12m <= clv_36m
              and clv_36m <= clv_residual + 0.01 and clv_12m_p10 <= clv_12m_p90
              and clv_12m_p10 <= clv_12m and not gamma_gamma_prior_used)
            """);
    assertThat(broken.collectAsList()).isEmpty();
    Row never = valued.where("customer_id = 'refund'").head();
    assertThat(never.<String>getAs("clv_method")).isEqualTo("no_purchase");
    assertThat(never.<BigDecimal>getAs("clv_12m")).isEqualByComparingTo(BigDecimal.ZERO);
    assertThat(
            valued.where("customer_id <> 'refund'").select("clv_method").distinct().head().get(0))
        .isEqualTo(model);
    String plan = valued.queryExecution().optimizedPlan().toString();
    assertThat(plan.split("UDF\\(", -1).length - 1).as(plan).isEqualTo(1);
  }

  @Test
  void paretoWithSpendOnAllPurchasesMeetsTheHoldoutBarOfCdnow(SparkSession spark) {
    Dataset<Row> customers = Cdnow.sample(spark);
    LifetimeValueModel model = new LifetimeValue().setModel("pareto_nbd").fit(customers);
    Row row =
        model
            .withExpectedPurchases(customers, 39 * 7, "predicted")
            .agg(
                avg(abs(col("predicted").minus(col("actual_purchases")))),
                sum("predicted"),
                sum("actual_purchases"))
            .head();
    assertThat(row.getDouble(0)).isLessThanOrEqualTo(0.7546);
    assertThat(Math.abs(row.getDouble(1) / row.getLong(2) - 1)).isLessThanOrEqualTo(0.116);
  }

  @Test
  void noPurchaseProbabilityIsTheRatioOfLikelihoods(SparkSession spark) {
    Dataset<Row> customers = Cdnow.sample(spark);
    LifetimeValueModel model = new LifetimeValue().setModel("mbg_nbd").fit(customers);
    Row row =
        model
            .withProbabilityOfNoPurchase(customers, 90, "p_none")
            .where("frequency = 2")
            .select("frequency", "recency", "T", "p_none")
            .head();
    var process = model.process();
    double now = process.logLikelihood(new History(row.getInt(0), row.getInt(1), row.getInt(2)));
    double later =
        process.logLikelihood(new History(row.getInt(0), row.getInt(1), row.getInt(2) + 90));
    assertThat(row.getDouble(3)).isCloseTo(Math.exp(later - now), within(1e-12));
    assertThat(Horizon.ofDays(90).weeks()).isEqualTo(90 / 7.0);
  }

  @Test
  void fitOnTheClusterEqualsFitOnTheDriver(SparkSession spark) {
    Dataset<Row> customers = Cdnow.sample(spark).repartition(5);
    for (String model : List.of("bg_nbd", "pareto_nbd")) {
      LifetimeValue estimator = new LifetimeValue().setModel(model);
      LifetimeValueModel driver = estimator.fit(customers);
      LifetimeValueModel cluster = estimator.setMaxDriverGroups(0).fit(customers);
      for (int i = 0; i < 4; i++) {
        double expected = driver.process().parameters()[i];
        assertThat(cluster.process().parameters()[i]).isCloseTo(expected, within(1e-7 * expected));
      }
      for (int i = 0; i < 3; i++) {
        double expected = driver.spend().parameters()[i];
        assertThat(cluster.spend().parameters()[i]).isCloseTo(expected, within(1e-7 * expected));
      }
      assertThat(cluster.provenance()).isEqualTo(driver.provenance());
    }
  }

  @Test
  void cohortsThatNoModelCanBeFittedToStillGetValues(SparkSession spark) {
    Dataset<Row> once =
        spark.sql(
            """
            select cast(id as string) customer_id, 1 purchase_days, 0 frequency, 0 recency,
              cast(100 + id as int) T, cast(null as double) monetary_value,
              cast(20 as decimal(18,2)) net_total, cast(null as double) log_gap_mean
            from range(5)
            """);
    LifetimeValueModel model = new LifetimeValue().fit(once);
    assertThat(model.method()).startsWith("pooled_rate");
    Dataset<Row> valued = model.transform(once);
    assertThat(valued.where("clv_12m > 0 and clv_12m < 100").count()).isEqualTo(5);

    Dataset<Row> nobody = once.where("false");
    LifetimeValueModel empty = new LifetimeValue().fit(nobody);
    assertThat(empty.transform(nobody).count()).isZero();
    Dataset<Row> scored = empty.transform(once);
    assertThat(scored.where("clv_12m between 0 and 100").count()).isEqualTo(5);
  }

  @Test
  void metricsNameEveryDiagnostic(SparkSession spark) {
    LifetimeValueModel model =
        new LifetimeValue().setModel("bg_nbd").setSpendBasis("repeat").fit(Cdnow.sample(spark));
    var metrics =
        model.metrics().stream()
            .collect(Collectors.toMap(m -> m.model() + "." + m.metric(), ModelMetric::value));
    JsonNode reference = Cdnow.reference("clv-cdnow-sample.json");
    assertThat(metrics.get("clv.bg_nbd.log_likelihood"))
        .isCloseTo(reference.path("bgnbd").path("ll").asDouble(), within(1e-5));
    assertThat(metrics.get("clv.gamma_gamma.correlation_frequency_value"))
        .isCloseTo(reference.path("gamma_gamma").path("corr_x_m").asDouble(), within(1e-6));
    assertThat(metrics)
        .containsKeys(
            "clv.bg_nbd.converged", "clv.bg_nbd.standard_error_alpha", "clv.gamma_gamma.iterations")
        .containsEntry("clv.bg_nbd.converged", 1.0)
        .containsEntry("clv.bg_nbd.customers", 2357.0);
  }

  @Test
  void wrongColumnsAreRefusedByName(SparkSession spark) {
    Dataset<Row> weeks = spark.sql("select 1 frequency, 1.5D recency, 9 T");
    assertThatThrownBy(() -> new BetaGeo().fit(weeks))
        .isInstanceOf(GradusException.class)
        .hasMessageContaining("recency")
        .hasMessageContaining("whole numbers");
    assertThatThrownBy(() -> new BetaGeo().setAgeCol("age").fit(weeks.drop("recency")))
        .hasMessage("Input column recency does not exist.");
  }

  @Test
  void scopesGetTheModelsThatTheyWouldGetAlone(SparkSession spark) {
    Dataset<Row> customers =
        Cdnow.sample(spark)
            .withColumn("region", expr("if(cast(customer_id as int) % 2 = 0, 'north', 'south')"));
    LifetimeValueModel all =
        new LifetimeValue()
            .setModel("bg_nbd")
            .setScopes("region", 1000, Map.of("south", "pareto_nbd"))
            .fit(customers);
    Dataset<Row> south = customers.where("region = 'south'");
    LifetimeValueModel alone = new LifetimeValue().setModel("pareto_nbd").fit(south);

    List<Row> expected =
        alone
            .transform(south)
            .orderBy("customer_id")
            .select("clv_12m", "clv_method")
            .collectAsList();
    List<Row> actual =
        all.transform(south).orderBy("customer_id").select("clv_12m", "clv_method").collectAsList();
    assertThat(actual).isEqualTo(expected);
    assertThat(all.transform(customers).groupBy("clv_method").count().count()).isEqualTo(2);
    assertThat(all.metrics().stream().map(m -> m.model() + " " + m.scope()))
        .contains("clv.bg_nbd all", "clv.bg_nbd north", "clv.pareto_nbd south");
  }

  @Test
  void ownMarginsGoBeforeTheGeneralOne(SparkSession spark) {
    Dataset<Row> customers =
        PersistenceTest.customers(spark)
            .withColumn(
                "margin_rate",
                expr("element_at(array(0.25D, null, 1.5D, 0D), cast(customer_id % 4 as int) + 1)"));
    LifetimeValue estimator = new LifetimeValue().setModel("bg_nbd");
    List<Row> revenue =
        estimator.fit(customers).transform(customers).orderBy("customer_id").collectAsList();
    List<Row> margin =
        estimator
            .setMarginRate(0.4)
            .setMarginRateCol("margin_rate")
            .fit(customers)
            .transform(customers)
            .orderBy("customer_id")
            .collectAsList();
    double[] rates = {0.25, 0.4, 0.4, 0};
    for (int i = 0; i < revenue.size(); i++) {
      double rate = rates[Integer.parseInt(revenue.get(i).<String>getAs("customer_id")) % 4];
      for (String column : List.of("clv_12m", "clv_36m", "clv_12m_p90", "clv_residual")) {
        double full = revenue.get(i).<BigDecimal>getAs(column).doubleValue();
        assertThat(margin.get(i).<BigDecimal>getAs(column).doubleValue())
            .isCloseTo(rate * full, within(0.0101));
      }
    }
  }

  /** Number and value are made to rise together, which the spend model cannot know. */
  @Test
  void relatedNumberAndValueAreWarnedOf(SparkSession spark) {
    Dataset<Row> customers = PersistenceTest.customers(spark);
    assertThat(new LifetimeValue().setModel("bg_nbd").fit(customers).warnings()).isEmpty();
    Dataset<Row> related =
        customers.withColumn("net_total", expr("cast(net_total * purchase_days as decimal(18,2))"));
    LifetimeValueModel model = new LifetimeValue().setModel("bg_nbd").fit(related);
    assertThat(model.warnings()).hasSize(1);
    assertThat(model.warnings().get(0)).contains("number and value of purchases are related");
    assertThat(model.metrics())
        .anySatisfy(
            m -> {
              assertThat(m.metric()).isEqualTo("correlation_frequency_value");
              assertThat(m.value()).isGreaterThan(0.15);
              assertThat(m.note()).startsWith("above 0.15");
            });
  }

  @Test
  void winsorisedSpendIsCappedInFitAndScore(SparkSession spark) {
    Dataset<Row> customers =
        PersistenceTest.customers(spark)
            .withColumn(
                "net_total", expr("if(customer_id = '7', cast(1e7 as decimal(18,2)), net_total)"));
    LifetimeValue estimator = new LifetimeValue().setModel("bg_nbd");
    double plain = value(estimator, customers);
    double capped = value(estimator.setWinsorQuantile(0.99), customers);
    assertThat(capped).isLessThan(0.01 * plain);
  }

  private static double value(LifetimeValue estimator, Dataset<Row> customers) {
    return estimator
        .fit(customers)
        .transform(customers)
        .where("customer_id = '7'")
        .head()
        .<BigDecimal>getAs("clv_12m")
        .doubleValue();
  }

  @Test
  void totalIsTheSumWithAnIntervalOfPlausibleWidth(SparkSession spark) {
    Dataset<Row> customers = Cdnow.sample(spark);
    LifetimeValueModel model = new LifetimeValue().setModel("pareto_nbd").fit(customers);
    TotalValue total = model.total(customers);
    double sum =
        model.transform(customers).agg(sum(col("clv_12m").cast("double"))).head().getDouble(0);
    assertThat(total.value()).isCloseTo(sum, within(0.01 * 2357));
    assertThat(total.low()).isBetween(0.8 * sum, 0.99 * sum);
    assertThat(total.high()).isBetween(1.01 * sum, 1.2 * sum);
    assertThat(total.customerDeviation()).isBetween(0.005 * sum, 0.1 * sum);
    assertThat(total.parameterDeviation()).isBetween(0.005 * sum, 0.1 * sum);
  }
}
