package io.gradus.ml.churn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradus.evaluate.BacktestFigure;
import io.gradus.evaluate.BacktestFigure.Statistic;
import io.gradus.testing.RealData;
import io.gradus.testing.SparkExtension;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The protocol on public data at 90 days: the baselines agree with figures that other
 * implementations got, and the published model is ahead of all of them.
 */
@ExtendWith(SparkExtension.class)
class ChurnRealDataTest {
  private static final String DAYS =
      "SELECT c AS customer_id, d AS day, sum(a) AS net_amount,"
          + " sum(greatest(a, 0)) AS gross_amount, sum(least(a, 0)) AS refund_amount,"
          + " cast(count(*) AS INT) AS line_count,"
          + " cast(count_if(a < 0) AS INT) AS refund_line_count,"
          + " bit_or(shiftleft(1L, cast(pmod(xxhash64(p), 64) AS INT))) AS category_bits"
          + " FROM (%s) GROUP BY c, d";

  private static double value(List<BacktestFigure> rows, String model, String metric) {
    return figure(rows, model, metric, Statistic.MEAN);
  }

  private static double figure(
      List<BacktestFigure> rows, String model, String metric, Statistic statistic) {
    return rows.stream()
        .filter(
            r -> r.statistic() == statistic && r.model().equals(model) && r.metric().equals(metric))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Test
  void aheadOfPeersOnCdnow(SparkSession spark) {
    String path = RealData.path("cdnow/transactions.parquet").toString();
    Dataset<Row> days =
        spark.sql(
            DAYS.formatted(
                "SELECT customer_id AS c, to_date(date, 'yyyyMMdd') AS d,"
                    + " cast(dollar_value AS DECIMAL(18,2)) AS a, '' AS p FROM parquet.`"
                    + path
                    + "`"));

    List<BacktestFigure> rows =
        new ChurnBacktest(90, 4).run(days, LocalDate.parse("1998-06-30")).get(0).figures();

    assertThat(value(rows, "bg_nbd", "roc_auc")).isCloseTo(0.7820, within(1e-3));
    assertThat(value(rows, "bg_nbd", "log_loss")).isCloseTo(0.3609, within(1e-3));
    assertThat(value(rows, "recency", "roc_auc")).isCloseTo(0.7783, within(1e-3));
    assertThat(value(rows, "pareto_nbd_gamma_gamma", "gini")).isCloseTo(0.7161, within(1e-3));
    assertThat(value(rows, "published", "roc_auc")).isGreaterThan(0.7940);
    assertThat(value(rows, "published", "pr_auc_buyers")).isGreaterThan(0.5190);
    assertThat(value(rows, "published", "brier")).isLessThan(0.1073);
    assertThat(value(rows, "published", "log_loss")).isLessThan(0.3545);
    assertThat(value(rows, "published", "ece")).isLessThan(0.0140);
    assertThat(value(rows, "hurdle", "gini")).isGreaterThan(0.7185);
  }

  @Test
  void aheadOfPeersOnOnlineRetailWithoutLeak(SparkSession spark) {
    String path = RealData.path("online_retail/landing").toString();
    Dataset<Row> days =
        spark.sql(
            DAYS.formatted(
                "SELECT CustomerID AS c, to_date(InvoiceDate) AS d,"
                    + " cast(Quantity * UnitPrice AS DECIMAL(18,2)) AS a, StockCode AS p"
                    + " FROM parquet.`"
                    + path
                    + "` WHERE CustomerID IS NOT NULL"));

    List<BacktestFigure> rows =
        new ChurnBacktest(90, 4).run(days, LocalDate.parse("2011-08-31")).get(0).figures();

    assertThat(value(rows, "bg_nbd", "roc_auc")).isCloseTo(0.7233, within(1e-3));
    assertThat(value(rows, "past_spend", "gini")).isCloseTo(0.8055, within(1e-3));
    assertThat(value(rows, "published", "roc_auc")).isBetween(0.735, 0.85);
    assertThat(value(rows, "published", "brier")).isLessThan(0.2050);
    assertThat(value(rows, "published", "log_loss")).isLessThan(0.592);
    assertThat(value(rows, "published", "ece")).isLessThan(0.045);
    assertThat(value(rows, "hurdle", "gini")).isGreaterThan(0.803);
    assertThat(value(rows, "hurdle", "top_20_capture")).isGreaterThan(0.690);
    assertThat(figure(rows, "hurdle", "bias", Statistic.WORST)).isBetween(0.85, 1.15);
  }
}
