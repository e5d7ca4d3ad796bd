package io.gradus.ml.rfm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gradus.table.Columns;
import io.gradus.testing.SparkExtension;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class RfmSegmentsTest {
  private static final StructType SCHEMA =
      new StructType()
          .add(Columns.CUSTOMER_ID, DataTypes.StringType)
          .add(Columns.R_SCORE, DataTypes.IntegerType)
          .add(Columns.F_SCORE, DataTypes.IntegerType)
          .add(Columns.M_SCORE, DataTypes.IntegerType)
          .add(Columns.DAYS_SINCE_LAST, DataTypes.IntegerType)
          .add(Columns.PURCHASES_365D, DataTypes.IntegerType)
          .add(Columns.SPEND_365D, DataTypes.createDecimalType(18, 2));

  /** One customer per score triple, worth F·M. */
  private static Dataset<Row> everyTriple(SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 125; i++) {
      int r = i / 25 + 1;
      int f = i / 5 % 5 + 1;
      int m = i % 5 + 1;
      rows.add(RowFactory.create("c" + i, r, f, m, 10 * r, f, new BigDecimal(f * m)));
    }
    return spark.createDataFrame(rows, SCHEMA);
  }

  @Test
  void everyTripleFallsIntoItsCell(SparkSession spark) {
    List<Row> rows = RfmSegments.standard().assign(everyTriple(spark)).collectAsList();
    Map<String, String> segments = new HashMap<>();
    for (Row row : rows) {
      int value = Math.round((row.getInt(2) + row.getInt(3)) / 2f);
      assertThat(row.<String>getAs(Columns.RFM_CELL))
          .isEqualTo("" + row.getInt(1) + row.getInt(2) + row.getInt(3));
      segments.put(row.getInt(1) + "-" + value, row.getAs(Columns.RFM_SEGMENT));
      assertThat(row.<String>getAs(Columns.RFM_SEGMENT_ZH)).isNotBlank();
    }
    assertThat(segments)
        .hasSize(25)
        .containsEntry("5-5", "Champions")
        .containsEntry("1-1", "Dormant")
        .containsEntry("1-5", "Previously loyal")
        .containsEntry("5-1", "New")
        .containsEntry("3-3", "Needs attention");
    assertThat(segments.values().stream().distinct()).hasSize(10);
  }

  @Test
  void summaryAddsUpAndListsEmptySegments(SparkSession spark) {
    RfmSegments segments = RfmSegments.standard();
    Dataset<Row> assigned = segments.assign(everyTriple(spark).where("r_score >= 3"));
    List<Row> rows = segments.summary(assigned, 365).collectAsList();
    assertThat(rows).hasSize(10);
    assertThat(rows.get(0).<String>getAs(Columns.RFM_SEGMENT)).isEqualTo("Champions");
    assertThat(rows.stream().mapToLong(r -> r.getAs("customers")).sum()).isEqualTo(75);
    BigDecimal revenue =
        rows.stream()
            .<BigDecimal>map(r -> r.getAs("revenue"))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(revenue).isEqualByComparingTo("675.00");
    assertThat(rows.stream().mapToDouble(r -> r.getAs("revenue_share")).sum())
        .isCloseTo(1, within(1e-12));
    Row dormant = rows.get(9);
    assertThat(dormant.<Long>getAs("customers")).isZero();
    assertThat(dormant.<Double>getAs("customer_share")).isZero();
    assertThat(dormant.isNullAt(dormant.fieldIndex("mean_revenue"))).isTrue();
  }

  @Test
  void refusesTablesWithGapsOrOverlaps() {
    List<RfmSegmentRule> rules = new ArrayList<>(RfmSegments.standard().rules());
    rules.remove(3);
    assertThatThrownBy(() -> RfmSegments.of(rules))
        .hasMessageContaining("recency 5, value 1 belongs to no rule");
    rules.add(new RfmSegmentRule("New", "新客户", 4, 5, 1, 2));
    assertThatThrownBy(() -> RfmSegments.of(rules))
        .hasMessageContaining("recency 4, value 1 belongs to two rules, 'Promising' and 'New'");
    assertThatThrownBy(() -> new RfmSegmentRule("Odd", "奇", 0, 5, 1, 1))
        .hasMessageContaining("Odd");
  }

  @Test
  void ownTablesReplaceTheStandardOne(SparkSession spark) {
    RfmSegments halves =
        RfmSegments.of(
            List.of(
                new RfmSegmentRule("Present", "在", 3, 5, 1, 5),
                new RfmSegmentRule("Gone", "去", 1, 2, 1, 5)));
    Dataset<Row> assigned = halves.assign(everyTriple(spark));
    assertThat(assigned.where("rfm_segment = 'Gone'").count()).isEqualTo(50);
  }
}
