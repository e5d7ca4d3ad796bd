package io.gradus.ml.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.feature.CustomerFeatures;
import io.gradus.ml.rfm.RfmCutPoint;
import io.gradus.ml.rfm.RfmScorer;
import io.gradus.ml.rfm.RfmScorerModel;
import io.gradus.ml.rfm.RfmSegments;
import io.gradus.table.Columns;
import io.gradus.testing.RealData;
import io.gradus.testing.SparkExtension;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** UCI Online Retail up to 2011-08-31: 3,360 customers of a gift wholesaler. */
@ExtendWith(SparkExtension.class)
class OnlineRetailClustersTest {

  private static Dataset<Row> features(SparkSession spark) {
    spark
        .read()
        .parquet(RealData.path("online_retail/landing").toString())
        .createOrReplaceTempView("online_retail_lines");
    Dataset<Row> days =
        spark.sql(
            """
            SELECT customer_id, day,
                   CAST(sum(amount) AS DECIMAL(18,2)) AS net_amount,
                   CAST(sum(greatest(amount, 0)) AS DECIMAL(18,2)) AS gross_amount,
                   CAST(sum(least(amount, 0)) AS DECIMAL(18,2)) AS refund_amount,
                   CAST(count(*) AS INT) AS line_count,
                   CAST(count_if(amount < 0) AS INT) AS refund_line_count,
                   bit_or(shiftleft(1L, CAST(pmod(xxhash64(StockCode), 64) AS INT))) AS category_bits
            FROM (SELECT regexp_replace(CAST(CustomerID AS STRING), '\\\\.0$', '') AS customer_id,
                         to_date(InvoiceDate) AS day, StockCode,
                         CAST(Quantity * UnitPrice AS DECIMAL(18,2)) AS amount
                  FROM online_retail_lines
                  WHERE CustomerID IS NOT NULL
                    AND StockCode NOT IN ('POST', 'M', 'D', 'DOT', 'BANK CHARGES', 'CRUK', 'C2'))
            GROUP BY customer_id, day
            """);
    return CustomerFeatures.at(days, LocalDate.of(2011, 8, 31)).cache();
  }

  /** Bootstraps agree with the chosen partition at an adjusted Rand index of at least 0.8. */
  @Test
  void theChosenClustersAreRepeatable(SparkSession spark) {
    Dataset<Row> customers = features(spark);
    CustomerClustersModel model = new CustomerClusters().fit(customers);
    ClusterSearchRow chosen =
        model.search().stream().filter(ClusterSearchRow::chosen).findFirst().orElseThrow();
    assertThat(chosen.adjustedRand()).isGreaterThanOrEqualTo(0.8);
    assertThat(chosen.smallestJaccard()).isGreaterThanOrEqualTo(0.6);
    assertThat(chosen.smallestShare()).isGreaterThanOrEqualTo(0.03);
    Dataset<Row> assigned = model.transform(customers).cache();
    long buyers = customers.where("purchase_days > 0").count();
    assertThat(assigned.where("cluster_key is not null").count()).isEqualTo(buyers);
    assertThat(assigned.where("cluster_key is null and purchase_days > 0").count()).isZero();
  }

  @Test
  void rfmScoresSpreadOverTheScale(SparkSession spark) {
    Dataset<Row> customers = features(spark);
    RfmScorerModel model = new RfmScorer().fit(customers);
    assertThat(model.cutPoints()).hasSize(12).allMatch(p -> p.threshold() != null);
    RfmCutPoint best =
        model.cutPoints().stream().filter(p -> p.score() == 5).findFirst().orElseThrow();
    assertThat(best.threshold()).isLessThan(30);
    Dataset<Row> scored = RfmSegments.standard().assign(model.transform(customers));
    long buyers = customers.where("purchases_365d > 0").count();
    for (String score : List.of(Columns.R_SCORE, Columns.M_SCORE)) {
      for (int s = 1; s <= 5; s++) {
        double share =
            (double) scored.where(score + " = " + s + " and purchases_365d > 0").count() / buyers;
        assertThat(share).as(score + " " + s).isBetween(0.18, 0.22);
      }
    }
    assertThat(scored.groupBy(Columns.RFM_SEGMENT).count().count()).isEqualTo(10);
  }
}
