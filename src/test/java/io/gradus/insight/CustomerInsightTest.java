package io.gradus.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradus.feature.CustomerFeatures;
import io.gradus.testing.SmallCompany;
import io.gradus.testing.SparkExtension;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class CustomerInsightTest {
  private static final LocalDate AS_OF = LocalDate.of(2026, 1, 1);

  private final List<Row> days = new ArrayList<>();

  @Test
  void stagesOfALifecycle(SparkSession spark) {
    for (int c = 0; c < 40; c++) {
      regularly("peer" + c, 1460, 0, 100, c % 2 == 0 ? 7 : -.875);
    }
    regularly("steady", 1460, 0, 100, 0);
    regularly("silent 400 days", 1460, 400, 100, 0);
    regularly("late", 1414, 100, 100, 0);
    regularly("young", 60, 0, 100, 0);
    regularly("up", 1460, 0, 100, 8);
    regularly("back", 1460, 511, 100, 0);
    buy("back", 3, 100);

    Map<String, String> stages =
        insight(spark).select("customer_id", "lifecycle").collectAsList().stream()
            .collect(Collectors.toMap(r -> r.getString(0), r -> r.getString(1)));

    assertThat(stages)
        .containsEntry("steady", "mature")
        .containsEntry("silent 400 days", "lapsed")
        .containsEntry("late", "at_risk")
        .containsEntry("young", "new")
        .containsEntry("up", "growing")
        .containsEntry("back", "reactivated");
  }

  @Test
  void growthOfYearsIsTheLogRatioShrunkToThePeers(SparkSession spark) {
    // Forty customers double, forty halve: the mean is 0 and the spread is far above the noise of
    // 50 purchases a year, so that little shrinking is left.
    for (int c = 0; c < 40; c++) {
      yearly("double" + c, 100, 200);
      yearly("half" + c, 200, 100);
    }

    List<Row> rows =
        insight(spark).orderBy("customer_id").select("growth", "growth_se").collectAsList();

    double noise = 2 * (1 / 50.5 + 1 / 50.5);
    double own = Math.log((50 * 200 + 75) / (50 * 100 + 75.0));
    double between = own * own * 80 / 79 - noise;
    double shrunk = own * between / (between + noise);
    assertThat(rows.get(0).getDouble(0)).isCloseTo(Math.expm1(shrunk), within(1e-6));
    assertThat(rows.get(79).getDouble(0)).isCloseTo(Math.expm1(-shrunk), within(1e-6));
    assertThat(rows.get(0).getDouble(1))
        .isCloseTo(Math.sqrt(between * noise / (between + noise)), within(1e-6));
  }

  @Test
  void nothingIsSaidOfGrowthWithoutTwoComparableYears(SparkSession spark) {
    // Steady buyers, one purchase each 30 days; those of less than two years have no growth, and
    // who is known for 23 months does not shrink for having begun with a purchase.
    for (int c = 0; c < 40; c++) {
      monthly("short" + c, 300);
      monthly("long" + c, 719);
    }

    Dataset<Row> rows = insight(spark).select("customer_id", "growth", "growth_method").cache();

    assertThat(rows.where("customer_id LIKE 'short%' AND growth IS NULL").count()).isEqualTo(40);
    assertThat(rows.where("customer_id LIKE 'short%' AND growth_method = 'none'").count())
        .isEqualTo(40);
    // 12 purchases in 365 days against 11 in the 354 days after the first.
    double own = Math.log((12 * 100 + 50) / 365.0) - Math.log((11 * 100 + 50) / 354.0);
    for (Row row : rows.where("customer_id LIKE 'long%'").collectAsList()) {
      assertThat(row.getDouble(1)).isCloseTo(Math.expm1(own), within(1e-9));
    }
  }

  @Test
  void walletIsThePeersEightiethPercentile(SparkSession spark) {
    for (int c = 1; c <= 101; c++) {
      buy("c%03d".formatted(c), 100, c);
      buy("c%03d".formatted(c), 800, 10);
    }

    List<Row> rows =
        insight(spark).orderBy("customer_id").select("wallet", "headroom").collectAsList();

    // One group of 101 and everybody are the same: the percentile of 1..101 is 81.
    assertThat(rows.get(0).getDecimal(0)).isEqualByComparingTo("81.00");
    assertThat(rows.get(0).getDecimal(1)).isEqualByComparingTo("80.00");
    assertThat(rows.get(100).getDecimal(0)).isEqualByComparingTo("101.00");
    assertThat(rows.get(100).getDecimal(1)).isEqualByComparingTo("0.00");
  }

  @Test
  void personalThresholdsAreQuantilesOfTheOwnGaps(SparkSession spark) {
    for (int c = 0; c < 40; c++) {
      regularly("peer" + c, 1460, 0, 100, 0);
    }
    Row row = insight(spark).where("customer_id = 'peer1'").head();

    // Gaps of exactly 73 days all round: the least spread of .25 is left, 73·e^(.25·z).
    assertThat(row.<Integer>getAs("overdue_after_days")).isEqualTo(90);
    assertThat(row.<Integer>getAs("lapsed_after_days")).isEqualTo(110);
  }

  @Test
  void everyFigureIsInItsRange(SparkSession spark) {
    Dataset<Row> customers =
        CustomerInsight.of(
                CustomerFeatures.at(
                    SmallCompany.purchaseDays(spark, 800, 1000, 2),
                    SmallCompany.START.plusDays(1000)))
            .cache();

    assertThat(
            customers.where("loyalty NOT BETWEEN 0 AND 100 OR risk NOT BETWEEN 0 AND 100").count())
        .isZero();
    assertThat(customers.where("headroom < 0 OR wallet < spend_365d OR growth <= -1").count())
        .isZero();
    assertThat(
            customers.where("lifecycle IS NULL OR lapsed_after_days < overdue_after_days").count())
        .isZero();
  }

  private Dataset<Row> insight(SparkSession spark) {
    return CustomerInsight.of(
        CustomerFeatures.at(
            spark.createDataFrame(days, SmallCompany.purchaseDays(spark, 1, 10, 1).schema()),
            AS_OF));
  }

  /**
   * Five purchases a year, one each 73 days; the amounts of the last year are multiplied by 1 +
   * more.
   */
  private void regularly(String customer, int from, int until, double amount, double more) {
    for (int ago = from; ago >= until; ago -= 73) {
      buy(customer, ago, ago < 365 ? amount * (1 + more) : amount);
    }
  }

  private void monthly(String customer, int from) {
    for (int ago = from; ago >= 0; ago -= 30) {
      buy(customer, ago, 100);
    }
  }

  private void yearly(String customer, double before, double last) {
    for (int i = 0; i < 50; i++) {
      buy(customer, 7 * i, last);
      buy(customer, 366 + 7 * i, before);
    }
    buy(customer, 900, 150 * 101 - 50 * (before + last));
  }

  private void buy(String customer, int ago, double amount) {
    BigDecimal money = BigDecimal.valueOf(amount).setScale(2);
    BigDecimal zero = BigDecimal.ZERO.setScale(2);
    days.add(
        RowFactory.create(
            customer, Date.valueOf(AS_OF.minusDays(ago)), money, money, zero, 1, 0, 1L));
  }
}
