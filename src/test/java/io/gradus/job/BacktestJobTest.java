package io.gradus.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradus.config.Settings;
import io.gradus.lake.Lake;
import io.gradus.report.BacktestReport;
import io.gradus.table.Ops;
import io.gradus.testing.Landing;
import io.gradus.testing.SmallCompany;
import io.gradus.testing.SparkExtension;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The backtest of a small company, held against labels and figures that are worked out here from
 * the source rows: by SQL, and by comparing every pair of customers.
 */
@ExtendWith(SparkExtension.class)
class BacktestJobTest {
  private static final int HORIZON = 30;
  private static final LocalDate AS_OF = SmallCompany.START.plusDays(299);
  private static final LocalDate CUT_OFF = AS_OF.minusDays(HORIZON);

  /** What the source says of one customer at the cut-off. */
  private record Truth(
      double daysSinceLast, double past, double last90, boolean churned, double value) {}

  @TempDir static Path folder;
  private static SparkSession session;
  private static Settings settings;
  private static BacktestReport report;
  private static List<Truth> customers;

  @BeforeAll
  static void run(SparkSession spark) {
    session = spark;
    Landing landing = new Landing(folder);
    Dataset<Row> days = SmallCompany.purchaseDays(spark, 400, 330, 5);
    landing.write(
        "a.parquet",
        days.selectExpr(
            "customer_id AS customer",
            "timestamp(day) + INTERVAL 10 HOURS AS sold_at",
            "net_amount AS price"));
    settings = landing.settings(Map.of("as_of", "'" + AS_OF + "'"));
    report = job().run(settings, List.of(HORIZON));
    customers = truth(days);
  }

  private static BacktestJob job() {
    InstantSource clock = InstantSource.fixed(Instant.parse("2024-01-01T00:00:00Z"));
    return new BacktestJob(session, clock, Progress.silent());
  }

  private static List<Truth> truth(Dataset<Row> days) {
    days.createOrReplaceTempView("known_days");
    return session
        .sql(
            "SELECT datediff(DATE'%1$s', max(if(day <= '%1$s' AND net_amount > 0, day, NULL))),"
                    .formatted(CUT_OFF)
                + " coalesce(sum(if(day <= '%1$s', net_amount, 0)), 0),".formatted(CUT_OFF)
                + " coalesce(sum(if(day <= '%1$s' AND day > date_sub('%1$s', 90), net_amount, 0)), 0),"
                    .formatted(CUT_OFF)
                + " count_if(day > '%1$s' AND day <= '%2$s' AND net_amount > 0) = 0,"
                    .formatted(CUT_OFF, AS_OF)
                + " coalesce(sum(if(day > '%1$s' AND day <= '%2$s', net_amount, 0)), 0)"
                    .formatted(CUT_OFF, AS_OF)
                + " FROM known_days GROUP BY customer_id"
                + " HAVING count_if(day <= '%1$s' AND net_amount > 0) > 0".formatted(CUT_OFF))
        .collectAsList()
        .stream()
        .map(
            r ->
                new Truth(
                    r.getInt(0),
                    Math.max(0, r.getDecimal(1).doubleValue()),
                    Math.max(0, r.getDecimal(2).doubleValue()),
                    r.getBoolean(3),
                    Math.max(0, r.getDecimal(4).doubleValue())))
        .toList();
  }

  private static Dataset<Row> stored() {
    return Lake.open(session, settings.lake())
        .read(Ops.MODEL_BACKTEST)
        .where("population = 'everybody' AND cut_off = '" + CUT_OFF + "'");
  }

  private static double stored(String model, String metric) {
    return stored()
        .where("model = '" + model + "' AND metric = '" + metric + "'")
        .select("value")
        .head()
        .getDouble(0);
  }

  /** The share of pairs of a churned customer and a buyer in which the churned one waits longer. */
  @Test
  void areaUnderTheCurveIsTheShareOfPairsInOrder() {
    double ordered = 0;
    double pairs = 0;
    for (Truth churned : customers) {
      for (Truth buyer : customers) {
        if (churned.churned() && !buyer.churned()) {
          pairs++;
          double later = Math.signum(churned.daysSinceLast() - buyer.daysSinceLast());
          ordered += (1 + later) / 2;
        }
      }
    }
    assertThat(pairs).isGreaterThan(1000);
    assertThat(stored("recency", "roc_auc")).isCloseTo(ordered / pairs, within(1e-9));
    assertThat(stored("majority", "roc_auc")).isEqualTo(0.5);
  }

  @Test
  void labelsAndPopulationAreTheSources() {
    double churned = customers.stream().filter(Truth::churned).count();
    double rate = churned / customers.size();
    assertThat(stored("published", "customers")).isEqualTo(customers.size());
    assertThat(stored("published", "observed_rate")).isCloseTo(rate, within(1e-9));
    double constant = stored("majority", "mean_probability");
    double brier = rate * Math.pow(1 - constant, 2) + (1 - rate) * constant * constant;
    assertThat(stored("majority", "brier")).isCloseTo(brier, within(1e-9));
    assertThat(stored("published", "log_loss")).isLessThan(stored("majority", "log_loss"));
    assertThat(stored("published", "roc_auc")).isBetween(0.55, 0.95);
  }

  @Test
  void spendIsTheSources() {
    double actual = customers.stream().mapToDouble(Truth::value).sum();
    double carriedOn = customers.stream().mapToDouble(c -> c.last90() * HORIZON / 90).sum();
    double error =
        customers.stream()
            .mapToDouble(c -> Math.abs(c.value() - c.last90() * HORIZON / 90))
            .average()
            .orElseThrow();
    assertThat(stored("spend_90d", "bias")).isCloseTo(carriedOn / actual, within(1e-9));
    assertThat(stored("spend_90d", "mae")).isCloseTo(error, within(1e-6));
    assertThat(stored("past_spend", "gini"))
        .isCloseTo(pairedGini(true) / pairedGini(false), within(1e-9));
    assertThat(stored("published", "bias")).isBetween(0.5, 2.0);
  }

  /** Σ over pairs of the value of the one placed higher less that of the other. */
  private static double pairedGini(boolean byPastSpend) {
    double sum = 0;
    for (Truth a : customers) {
      for (Truth b : customers) {
        double order = byPastSpend ? a.past() - b.past() : a.value() - b.value();
        sum += Math.signum(order) * (a.value() - b.value());
      }
    }
    return sum;
  }

  @Test
  void aSecondRunReplacesTheFirstAndPublishesNothing() {
    long before = Lake.open(session, settings.lake()).read(Ops.MODEL_BACKTEST).count();
    BacktestReport again = job().run(settings, List.of(HORIZON));
    Lake lake = Lake.open(session, settings.lake());
    assertThat(again).isEqualTo(report);
    assertThat(lake.read(Ops.MODEL_BACKTEST).count()).isEqualTo(before);
    assertThat(lake.published().published()).isEmpty();
    assertThat(again.text()).contains("No purchase within 30 days, everybody");
  }

  /** Four cut-offs a horizon apart, none with less than 90 days of history. */
  @Test
  void cutOffsAreOneHorizonApart() {
    assertThat(
            Lake.open(session, settings.lake())
                .read(Ops.MODEL_BACKTEST)
                .where("cut_off IS NOT NULL")
                .selectExpr("cast(cut_off AS STRING)")
                .distinct()
                .orderBy("cut_off")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly(
            CUT_OFF.minusDays(90).toString(),
            CUT_OFF.minusDays(60).toString(),
            CUT_OFF.minusDays(30).toString(),
            CUT_OFF.toString());
  }
}
