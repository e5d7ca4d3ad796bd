package io.gradus.grade;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradus.testing.SparkExtension;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class ValueRanksTest {
  private static final StructType SCHEMA =
      StructType.fromDDL("customer_id STRING, scope STRING, amount DECIMAL(18,2)");

  @Test
  void ranksAndSharesAsByHand(SparkSession spark) {
    // Total 100: 50, 20, 20, 10; ties share what lies before them.
    Dataset<Row> customers =
        spark.createDataFrame(
            List.of(
                row("a", "x", "50"),
                row("b", "x", "20"),
                row("c", "x", "20"),
                row("d", "x", "10"),
                row("e", "x", "0"),
                row("f", "x", "-5"),
                row("g", "x", null),
                row("h", "y", "3")),
            SCHEMA);

    List<Row> rows = ranked(customers);

    assertThat(rows)
        .extracting(r -> r.<Long>getAs("_rank"))
        .containsExactly(1L, 2L, 2L, 4L, 5L, 7L, 5L, 1L);
    assertThat(rows)
        .extracting(r -> r.<Double>getAs("_share"))
        .containsExactly(0.0, .5, .5, .9, 1.0, 1.0, 1.0, 0.0);
    assertThat(rows.get(3).<Double>getAs("_count_share")).isCloseTo(3.0 / 7, within(1e-15));
  }

  @Test
  void agreesWithAPlainSortOnAnyPartitioning(SparkSession spark) {
    List<Row> input = new ArrayList<>();
    Random random = new Random(3);
    for (int i = 0; i < 5_000; i++) {
      long cents = Math.round(Math.exp(random.nextGaussian() * 3) * 100) - 20;
      input.add(
          RowFactory.create(
              "c%05d".formatted(i), i % 7 == 0 ? "x" : "y", BigDecimal.valueOf(cents, 2)));
    }
    Dataset<Row> customers = spark.createDataFrame(input, SCHEMA);

    List<Row> rows = ranked(customers);

    assertThat(ranked(customers.repartition(7))).isEqualTo(rows);
    for (Row row : rows.subList(0, 200)) {
      List<BigDecimal> before =
          input.stream()
              .filter(r -> r.getString(1).equals(row.getAs("scope")))
              .map(r -> r.getDecimal(2))
              .filter(amount -> amount.compareTo(row.<BigDecimal>getAs("amount")) > 0)
              .toList();
      double total =
          input.stream()
              .filter(r -> r.getString(1).equals(row.getAs("scope")))
              .mapToDouble(r -> Math.max(0, r.getDecimal(2).doubleValue()))
              .sum();
      assertThat(row.<Long>getAs("_rank")).isEqualTo(before.size() + 1L);
      double share = before.stream().mapToDouble(a -> Math.max(0, a.doubleValue())).sum() / total;
      assertThat(row.<Double>getAs("_share")).isCloseTo(share, within(1e-9));
    }
  }

  @Test
  void withoutMoneyEverybodyIsLast(SparkSession spark) {
    List<Row> rows =
        ranked(spark.createDataFrame(List.of(row("a", "x", "0"), row("b", "x", "-1")), SCHEMA));

    assertThat(rows).extracting(r -> r.<Double>getAs("_share")).containsExactly(1.0, 1.0);
  }

  private static Row row(String id, String scope, String amount) {
    return RowFactory.create(id, scope, amount == null ? null : new BigDecimal(amount).setScale(2));
  }

  private static List<Row> ranked(Dataset<Row> customers) {
    return ValueRanks.add(customers, col("scope"), col("amount"), lit(true))
        .orderBy("customer_id")
        .collectAsList();
  }
}
