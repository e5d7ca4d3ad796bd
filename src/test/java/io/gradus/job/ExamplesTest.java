package io.gradus.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.config.Settings;
import io.gradus.config.YamlReader;
import io.gradus.feature.CustomerFeatures;
import io.gradus.ingest.PurchaseDays;
import io.gradus.testing.RealData;
import io.gradus.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The examples on public data: their feeds against sums taken straight from the files. */
@ExtendWith(SparkExtension.class)
class ExamplesTest {

  @Test
  void classicModelsBringsCreditAndProfit(SparkSession spark) throws IOException {
    String folder = RealData.path("classicmodels").toString();
    LocalDate asOf = LocalDate.of(2005, 5, 31);

    Dataset<Row> known = known(spark, "classicmodels", asOf).cache();

    Row raw =
        spark
            .read()
            .parquet(folder + "/transactions.parquet")
            .where("order_status <> 'Cancelled' AND to_date(transaction_ts) > DATE'2004-05-31'")
            .selectExpr("sum(amount - cost)")
            .head();
    assertThat(known.selectExpr("sum(profit_365d)").head().getDecimal(0))
        .isEqualByComparingTo(raw.getDecimal(0));
    Dataset<Row> buyers = known.where("gross_total > 0");
    assertThat(buyers.where("credit_limit > 0 AND customer_name IS NOT NULL").count())
        .isEqualTo(buyers.count())
        .isEqualTo(98);
    assertThat(known.count()).isEqualTo(122);
    assertThat(known.where("credit_risk NOT BETWEEN 0 AND 100").count()).isZero();
    assertThat(known.where("credit_risk IS NOT NULL").count())
        .isEqualTo(
            spark
                .read()
                .parquet(folder + "/payments.parquet")
                .select("customer_id")
                .distinct()
                .join(known, "customer_id")
                .count());
    // Blind to the future: on the first day of 2004 no later payment counts.
    Dataset<Row> earlier = known(spark, "classicmodels", LocalDate.of(2004, 1, 1));
    assertThat(earlier.where("credit_risk IS NOT NULL").count())
        .isEqualTo(
            spark
                .read()
                .parquet(folder + "/payments.parquet")
                .where("to_date(payment_ts) <= DATE'2004-01-01'")
                .select("customer_id")
                .distinct()
                .join(earlier, "customer_id")
                .count());
  }

  @Test
  void superstoreReadsTextAsMoneyAndDates(SparkSession spark) throws IOException {
    RealData.path("superstore");

    Dataset<Row> known = known(spark, "superstore", LocalDate.of(2019, 12, 31)).cache();

    assertThat(known.count()).isEqualTo(793);
    assertThat(known.selectExpr("count(DISTINCT customer_type)").head().getLong(0)).isEqualTo(3);
    assertThat(known.where("profit_365d IS NULL AND purchases_365d > 0").count()).isZero();
    assertThat(known.where("profit_365d > spend_365d").count()).isZero();
  }

  @Test
  void completeJourneyJoinsHouseholdsWithTheirDemographics(SparkSession spark) throws IOException {
    String folder = RealData.path("completejourney").toString();

    Dataset<Row> known = known(spark, "completejourney", LocalDate.of(2017, 12, 31)).cache();

    Dataset<Row> demographics =
        spark
            .read()
            .parquet(folder + "/demographics.parquet")
            .selectExpr("cast(household_id as string) id");
    Dataset<Row> lines =
        spark
            .read()
            .parquet(folder + "/transactions.parquet")
            .selectExpr("cast(customer_id as string) id");
    assertThat(known.count()).isEqualTo(lines.union(demographics).distinct().count());
    assertThat(known.where("customer_type IS NOT NULL").count())
        .isEqualTo(demographics.distinct().count())
        .isPositive();
    assertThat(known.selectExpr("customer_id id").except(lines).count())
        .isEqualTo(demographics.distinct().except(lines).count());
  }

  @Test
  void northwindKnowsItsCustomers(SparkSession spark) throws IOException {
    RealData.path("northwind");

    Dataset<Row> known = known(spark, "northwind", LocalDate.of(1998, 5, 6));

    assertThat(known.where("region IS NOT NULL AND region NOT LIKE '%NULL%'").count())
        .isEqualTo(known.count())
        .isEqualTo(91);
    // Two of the 91 never ordered: FISSA and Paris spécialités.
    assertThat(
            known
                .where("gross_total = 0")
                .orderBy("customer_id")
                .select("customer_id")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("FISSA", "PARIS");
  }

  private static Dataset<Row> known(SparkSession spark, String example, LocalDate asOf)
      throws IOException {
    Path file = Path.of("jobs", "examples", example + ".yaml");
    Settings settings = YamlReader.read(example, Files.readString(file), Map.of(), Settings.class);
    assertThat(new CheckJob(spark).run(settings))
        .anyMatch(line -> line.startsWith("feed customers"));
    TransactionInput input = TransactionInput.plan(spark, settings);
    Dataset<Row> accepted = input.mapped().where("reason IS NULL");
    Dataset<Row> features = CustomerFeatures.at(PurchaseDays.of(accepted), asOf).cache();
    FeedInputs feeds = input.feeds();
    Dataset<Row> customers = feeds.withMaster(features, asOf);
    Dataset<Row> prospects = Objects.requireNonNull(feeds.prospects(customers, asOf));
    return feeds.join(customers.union(prospects), Policies.load(settings.policy()), asOf);
  }
}
