package io.gradus.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradus.testing.SparkExtension;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Products and categories against figures worked by hand. */
@ExtendWith(SparkExtension.class)
class ProductUseTest {
  private static final LocalDate AS_OF = LocalDate.of(2026, 3, 31);

  @Test
  void dependenceAndVolatilityAsByHand(SparkSession spark) {
    Dataset<Row> lines =
        spark.sql(
            "SELECT customer_id, date_sub(DATE'2026-03-31', back) day, amount, product_id, category"
                + " FROM VALUES ('a', 0, 60.00BD, 'p', 'x'), ('a', 31, 30.00BD, 'q', 'x'),"
                + " ('a', 61, 10.00BD, 'p', 'y'), ('a', 61, -20.00BD, 'r', 'y'),"
                + " ('a', 400, 900.00BD, 'q', 'z'), ('a', -1, 900.00BD, 'q', 'z'),"
                + " ('b', 3, 5.00BD, NULL, NULL) AS t(customer_id, back, amount, product_id,"
                + " category)");
    Dataset<Row> customers =
        spark.sql("SELECT * FROM VALUES ('a', 119), ('b', 20), ('c', 900) AS t(customer_id, T)");

    List<Row> rows =
        ProductUse.add(customers, ProductUse.of(lines, AS_OF, true, true))
            .orderBy("customer_id")
            .collectAsList();

    // a: products p 70, q 30 of 100; months 60, 30, −10, 0: mean 20, deviation √(2,700/4)… by hand.
    assertThat(rows.get(0).<Double>getAs("top_product_share")).isCloseTo(.7, within(1e-12));
    double variance = (40 * 40 + 10 * 10 + 30 * 30 + 20 * 20) / 4.0;
    assertThat(rows.get(0).<Double>getAs("revenue_cv"))
        .isCloseTo(Math.sqrt(variance) / 20, within(1e-12));
    assertThat(rows.get(1).<Object>getAs("top_product_share")).isNull();
    assertThat(rows.get(1).<Object>getAs("revenue_cv")).isNull();
    assertThat(rows.get(2).<Object>getAs("revenue_cv")).isNull();
  }

  /** 40 peers buy x for 10, of whom 20 also buy y for 30 or 50; one buys z, too few to count. */
  @Test
  void whiteSpaceIsWhatPeersBuyAndTheCustomerDoesNot(SparkSession spark) {
    Dataset<Row> lines =
        spark.sql(
            "SELECT concat('c', id) customer_id, DATE'2026-03-01' day, 10.00BD amount, 'x' category"
                + " FROM range(40) UNION ALL SELECT concat('c', id), DATE'2026-03-01',"
                + " if(id % 2 = 0, 30.00BD, 50.00BD), 'y' FROM range(20) UNION ALL SELECT 'c0',"
                + " DATE'2026-03-01', 7000.00BD, 'z'");
    Dataset<Row> customers =
        spark.sql(
            "SELECT concat('c', id) customer_id, if(id = 41, 0, 1) purchase_days, 'C1' cluster_key, 30 T"
                + " FROM range(42)");
    Dataset<Row> use = ProductUse.of(lines, AS_OF, false, true);

    Dataset<Row> known = WhiteSpace.add(ProductUse.add(customers, use));

    // y is worth half (20 of 40 buy it) of 40, the median; x all of 10. c40 bought last year only.
    assertThat(amount(known, "c0")).isEqualByComparingTo("0");
    assertThat(amount(known, "c30")).isEqualByComparingTo("20");
    assertThat(amount(known, "c40")).isEqualByComparingTo("30");
    assertThat(amount(known, "c41")).isNull();
    assertThat(known.count()).isEqualTo(42);
  }

  private static BigDecimal amount(Dataset<Row> known, String customer) {
    return known.where("customer_id = '" + customer + "'").head().getAs("white_space");
  }
}
