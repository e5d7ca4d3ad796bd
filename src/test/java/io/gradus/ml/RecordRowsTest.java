package io.gradus.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.testing.SparkExtension;
import java.util.Date;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class RecordRowsTest {
  enum Kind {
    TO_BE
  }

  record Sample(
      String customerId, Kind kind, int k, long rows, @Nullable Double score, List<String> notes) {}

  record Odd(Date when) {}

  @Test
  void componentsBecomeColumns(SparkSession spark) {
    Dataset<Row> rows =
        RecordRows.of(
            spark,
            List.of(
                new Sample("a", Kind.TO_BE, 3, 7, 0.5, List.of("x", "y")),
                new Sample("b", Kind.TO_BE, 4, 8, null, List.of())),
            Sample.class);
    assertThat(rows.schema().simpleString())
        .isEqualTo(
            "struct<customer_id:string,kind:string,k:int,rows:bigint,score:double,"
                + "notes:array<string>>");
    assertThat(rows.schema().apply("score").nullable()).isTrue();
    assertThat(rows.schema().apply("rows").nullable()).isFalse();
    List<Row> collected = rows.collectAsList();
    assertThat(collected.get(0).toString()).contains("a,to_be,3,7,0.5").contains("x, y");
    assertThat(collected.get(1).isNullAt(4)).isTrue();
  }

  @Test
  void refusesOtherTypes() {
    assertThatThrownBy(() -> RecordRows.schema(Odd.class)).hasMessageContaining("when of Odd");
  }
}
