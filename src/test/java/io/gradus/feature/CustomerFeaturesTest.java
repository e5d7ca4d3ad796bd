package io.gradus.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradus.testing.SparkExtension;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class CustomerFeaturesTest {
  private static final LocalDate AS_OF = LocalDate.of(2020, 3, 1);
  private static final StructType SCHEMA =
      StructType.fromDDL(
          "customer_id STRING, day DATE, net_amount DECIMAL(18,2), gross_amount DECIMAL(18,2),"
              + " refund_amount DECIMAL(18,2), line_count INT, refund_line_count INT, category_bits"
              + " BIGINT");

  private static Row day(String customer, LocalDate day, String gross, String refund, long bits) {
    BigDecimal net = new BigDecimal(gross).add(new BigDecimal(refund));
    return RowFactory.create(
        customer,
        Date.valueOf(day),
        net,
        new BigDecimal(gross),
        new BigDecimal(refund),
        1,
        0,
        bits);
  }

  private static Row only(Dataset<Row> rows) {
    List<Row> list = rows.collectAsList();
    assertThat(list).hasSize(1);
    return list.get(0);
  }

  @Test
  void worksOutOneCustomerAsByHand(SparkSession spark) {
    // Purchases 40, 10 and 0 days before the as-of date; a pure refund day between them.
    Dataset<Row> days =
        spark.createDataFrame(
            List.of(
                day("a", AS_OF.minusDays(40), "100.00", "0.00", 1L),
                day("a", AS_OF.minusDays(20), "0.00", "-30.00", 2L),
                day("a", AS_OF.minusDays(10), "60.00", "-10.00", 4L),
                day("a", AS_OF, "20.00", "0.00", 4L),
                day("a", AS_OF.plusDays(1), "999.00", "0.00", 8L)),
            SCHEMA);

    Row a = only(CustomerFeatures.at(days, AS_OF));

    assertThat(a.<Date>getAs("first_purchase_date")).isEqualTo(Date.valueOf("2020-01-21"));
    assertThat(a.<Date>getAs("last_purchase_date")).isEqualTo(Date.valueOf("2020-03-01"));
    assertThat(a.<Integer>getAs("frequency")).isEqualTo(2);
    assertThat(a.<Integer>getAs("recency")).isEqualTo(40);
    assertThat(a.<Integer>getAs("T")).isEqualTo(40);
    assertThat(a.<Double>getAs("monetary_value")).isEqualTo(35.0);
    assertThat(a.<BigDecimal>getAs("net_total")).isEqualByComparingTo("140.00");
    assertThat(a.<BigDecimal>getAs("refund_total")).isEqualByComparingTo("-40.00");
    assertThat(a.<BigDecimal>getAs("largest_day_amount")).isEqualByComparingTo("100.00");
    assertThat(a.<Double>getAs("average_day_amount")).isCloseTo(170.0 / 3, within(1e-9));
    assertThat(a.<Integer>getAs("purchases_30d")).isEqualTo(2);
    assertThat(a.<Integer>getAs("purchases_90d")).isEqualTo(3);
    assertThat(a.<BigDecimal>getAs("spend_30d")).isEqualByComparingTo("40.00");
    assertThat(a.<Double>getAs("gap_mean")).isEqualTo(20.0);
    assertThat(a.<Double>getAs("gap_cv")).isCloseTo(Math.sqrt(200) / 20, within(1e-12));
    assertThat(a.<Double>getAs("category_breadth")).isCloseTo(3, within(0.1));
    assertThat(a.<Double>getAs("return_rate")).isCloseTo(40.0 / 180, within(1e-12));
  }

  @Test
  void keepsACustomerWhoOnlyReturned(SparkSession spark) {
    Dataset<Row> days =
        spark.createDataFrame(List.of(day("r", AS_OF.minusDays(3), "0.00", "-5.00", 0L)), SCHEMA);

    Row r = only(CustomerFeatures.at(days, AS_OF));

    assertThat(r.<Integer>getAs("purchase_days")).isZero();
    assertThat(r.<Object>getAs("frequency")).isNull();
    assertThat(r.<Object>getAs("T")).isNull();
    assertThat(r.<Object>getAs("first_purchase_date")).isNull();
    assertThat(r.<BigDecimal>getAs("spend_30d")).isEqualByComparingTo("-5.00");
  }

  @Test
  void agreesWithAPlainCountOverRandomCalendars(SparkSession spark) {
    Random random = new Random(7);
    List<Row> rows = new ArrayList<>();
    TreeMap<String, List<Integer>> ages = new TreeMap<>();
    for (int c = 0; c < 40; c++) {
      String id = "c" + c;
      List<Integer> own = random.ints(1 + c, 0, 760).distinct().sorted().boxed().toList();
      ages.put(id, own);
      own.forEach(age -> rows.add(day(id, AS_OF.minusDays(age), "1.00", "0.00", 1L)));
    }

    List<Row> features =
        CustomerFeatures.at(spark.createDataFrame(rows, SCHEMA), AS_OF).collectAsList();

    assertThat(features).hasSize(40);
    for (Row row : features) {
      List<Integer> own = ages.get(row.<String>getAs("customer_id"));
      for (int window : new int[] {30, 90, 180, 365, 730}) {
        assertThat(row.<Integer>getAs("purchases_" + window + "d"))
            .isEqualTo((int) own.stream().filter(age -> age < window).count());
      }
      int gaps = own.size() - 1;
      if (gaps > 0) {
        double span = own.get(gaps) - own.get(0);
        assertThat(row.<Double>getAs("gap_mean")).isCloseTo(span / gaps, within(1e-9));
      }
    }
  }
}
