package io.gradus.ml.clv;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradus.clv.HoldoutPlan;
import io.gradus.feature.CustomerFeatures;
import io.gradus.testing.SparkExtension;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class HoldoutsTest {
  private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);
  private static final LocalDate AS_OF = FIRST.plusDays(399);
  private static final List<String> STATISTICS =
      List.of(
          "frequency",
          "recency",
          "T",
          "purchase_days",
          "net_total",
          "monetary_value",
          "log_gap_mean",
          "log_gap_sd");

  /** Invented days of 300 customers, some of them refunds, up to the as-of date and after it. */
  private static Dataset<Row> days(SparkSession spark) {
    return spark.sql(
        """
        select concat('c', c) customer_id, date_add(date'2024-01-01', cast(d as int)) day,
          net net_amount, greatest(net, 0) gross_amount, least(net, 0) refund_amount,
          1L category_bits
        from (
          select c, d, cast(pmod(c * 31 + d * 7, 90) - 8.25 as decimal(18,2)) net
          from (select id c from range(300)) cross join (select id d from range(450))
          where pmod(xxhash64(c, d), 40 + c) < 3)
        """);
  }

  @Test
  void aCutOffKnowsWhatTheFeaturesOfThatDayKnow(SparkSession spark) {
    Dataset<Row> days = days(spark).cache();
    HoldoutPlan plan = HoldoutPlan.of(FIRST, AS_OF);
    assertThat(plan.cutOffs()).hasSize(2);
    Dataset<Row> holdouts = Holdouts.of(days, plan, 300).cache();
    for (LocalDate cutOff : plan.cutOffs()) {
      List<Row> actual =
          holdouts
              .where(col(Holdouts.CUT_OFF).equalTo(expr("date'" + cutOff + "'")))
              .orderBy("customer_id")
              .collectAsList();
      Dataset<Row> later =
          CustomerFeatures.at(days, cutOff.plusDays(90))
              .selectExpr("customer_id id", "purchase_days later", "net_total later_net");
      List<Row> expected =
          CustomerFeatures.at(days, cutOff)
              .where("frequency is not null")
              .join(later, expr("customer_id = id"))
              .orderBy("customer_id")
              .collectAsList();
      assertThat(actual).hasSameSizeAs(expected).hasSizeGreaterThan(200);
      for (int i = 0; i < actual.size(); i++) {
        same(actual.get(i), expected.get(i));
      }
    }
  }

  private static void same(Row actual, Row expected) {
    assertThat(actual.<String>getAs("customer_id")).isEqualTo(expected.getAs("customer_id"));
    for (String name : STATISTICS) {
      Object known = expected.getAs(name);
      if (known == null) {
        assertThat((Object) actual.getAs(name)).as(name).isNull();
      } else {
        assertThat(((Number) actual.getAs(name)).doubleValue())
            .as(name)
            .isCloseTo(((Number) known).doubleValue(), within(1e-7));
      }
    }
    int purchases = expected.<Integer>getAs("later") - expected.<Integer>getAs("purchase_days");
    assertThat(actual.<Integer>getAs(Holdouts.ACTUAL_PURCHASES)).isEqualTo(purchases);
    double net =
        ((Number) expected.getAs("later_net")).doubleValue()
            - ((Number) expected.getAs("net_total")).doubleValue();
    assertThat(actual.<Double>getAs(Holdouts.ACTUAL_SPEND)).isCloseTo(net, within(1e-7));
  }

  @Test
  void manyCustomersAreSampledByTheirId(SparkSession spark) {
    Dataset<Row> holdouts = Holdouts.of(days(spark), HoldoutPlan.of(FIRST, AS_OF), 60_000);
    List<String> ids =
        holdouts
            .select("customer_id")
            .distinct()
            .as(org.apache.spark.sql.Encoders.STRING())
            .collectAsList();
    assertThat(ids).hasSizeBetween(50, 150);
    assertThat(ids)
        .containsExactlyInAnyOrderElementsOf(
            spark
                .sql("select concat('c', id) c from range(300)")
                .where("pmod(xxhash64(c), 3) = 0 and c in ('" + String.join("','", ids) + "')")
                .as(org.apache.spark.sql.Encoders.STRING())
                .collectAsList());
  }
}
