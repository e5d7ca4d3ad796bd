package io.gradus.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.table.GoldMonitoring;
import io.gradus.testing.SparkExtension;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** January and March are published; February is back-filled, January run again. By hand. */
@ExtendWith(SparkExtension.class)
class RestatedHistoryTest {
  private static final LocalDate JANUARY = LocalDate.of(2026, 1, 31);
  private static final LocalDate FEBRUARY = LocalDate.of(2026, 2, 28);
  private static final LocalDate MARCH = LocalDate.of(2026, 3, 31);
  private static final StructType GRADED =
      new StructType().add("customer_id", DataTypes.StringType).add("grade", DataTypes.StringType);

  @Test
  void aBackfilledDateSaysItsOwnGradesAndNoOthers(SparkSession spark) {
    Map<String, String> february =
        Map.of("same", "A", "dipped", "B", "moved", "B", "joined", "D", "moved_then", "C");

    List<Row> after = restated(spark, february, FEBRUARY, MARCH);

    Map<String, String> january = on(history(), JANUARY);
    assertThat(on(after, JANUARY)).isEqualTo(january);
    assertThat(on(after, FEBRUARY.minusDays(1))).isEqualTo(january);
    assertThat(on(after, FEBRUARY)).isEqualTo(new TreeMap<>(february));
    assertThat(on(after, MARCH.minusDays(1))).isEqualTo(new TreeMap<>(february));
    assertThat(on(after, MARCH)).isEqualTo(on(history(), MARCH));
    assertThat(on(after, MARCH.plusYears(1))).isEqualTo(on(history(), MARCH));
  }

  @Test
  void whatWasSaidBeforeStaysWithTheDate(SparkSession spark) {
    List<Row> after =
        restated(
            spark,
            Map.of("same", "A", "dipped", "B", "moved", "A", "moved_then", "A", "left", "A"),
            FEBRUARY,
            MARCH);

    assertThat(after.stream().filter(row -> row.getAs("restated_on") != null).map(this::shown))
        .containsExactly("dipped 2026-01-31 null A null new first");
    assertThat(after.stream().filter(row -> row.getAs("run_id").equals("again")).map(this::shown))
        .containsExactlyInAnyOrder(
            "dipped 2026-01-31 2026-02-27 A null new again",
            "dipped 2026-02-28 2026-03-30 B A correction again",
            "dipped 2026-03-31 null A B correction again");
    assertThat(after).hasSize(history().size() + 3);
  }

  @Test
  void aDateBeforeAllOthersComesBeforeThem(SparkSession spark) {
    List<Row> after = restated(spark, Map.of("same", "C"), JANUARY.minusMonths(1), JANUARY);

    assertThat(on(after, JANUARY.minusMonths(1))).isEqualTo(Map.of("same", "C"));
    assertThat(on(after, JANUARY)).isEqualTo(on(history(), JANUARY));
    assertThat(after).hasSize(history().size() + 1);
  }

  @Test
  void theNewestDateRunAgain(SparkSession spark) {
    Map<String, String> march = Map.of("same", "A", "dipped", "S", "moved", "C", "joined", "D");

    List<Row> after = restated(spark, march, MARCH, null);

    assertThat(on(after, MARCH)).isEqualTo(new TreeMap<>(march));
    assertThat(on(after, MARCH.minusDays(1))).isEqualTo(on(history(), MARCH.minusDays(1)));
    // The same answer once more changes nothing.
    List<Row> again =
        GradeHistory.restated(
                spark.createDataFrame(after, GoldMonitoring.CUSTOMER_GRADE_HISTORY.schema()),
                graded(spark, march),
                MARCH,
                null,
                "third")
            .collectAsList();
    assertThat(again).containsExactlyInAnyOrderElementsOf(after);
  }

  private static List<Row> restated(
      SparkSession spark, Map<String, String> grades, LocalDate asOf, @Nullable LocalDate next) {
    Dataset<Row> history =
        spark.createDataFrame(history(), GoldMonitoring.CUSTOMER_GRADE_HISTORY.schema());
    return GradeHistory.restated(history, graded(spark, grades), asOf, next, "again")
        .collectAsList();
  }

  private static Dataset<Row> graded(SparkSession spark, Map<String, String> grades) {
    List<Row> rows = new ArrayList<>();
    grades.forEach((id, grade) -> rows.add(RowFactory.create(id, grade)));
    return spark.createDataFrame(rows, GRADED);
  }

  private static List<Row> history() {
    return List.of(
        row("same", JANUARY, null, "A", null, "new"),
        row("dipped", JANUARY, null, "A", null, "new"),
        row("moved", JANUARY, MARCH.minusDays(1), "A", null, "new"),
        row("moved", MARCH, null, "B", "A", "behaviour"),
        row("moved_then", JANUARY, MARCH.minusDays(1), "A", null, "new"),
        row("moved_then", MARCH, null, "C", "A", "behaviour"),
        row("joined", MARCH, null, "D", null, "new"),
        row("left", JANUARY, MARCH.minusDays(1), "A", null, "new"));
  }

  private static Row row(
      String id,
      LocalDate from,
      @Nullable LocalDate to,
      String grade,
      @Nullable String previous,
      String cause) {
    return HistoryRows.row(id, from, to, grade, previous, cause, "first");
  }

  /** The grades in force on a date, found without Spark; two rows for a customer are an error. */
  private static Map<String, String> on(List<Row> history, LocalDate date) {
    Map<String, String> grades = new TreeMap<>();
    for (Row row : history) {
      LocalDate from = row.getDate(1).toLocalDate();
      LocalDate to = row.isNullAt(2) ? LocalDate.MAX : row.getDate(2).toLocalDate();
      if (row.isNullAt(6) && !from.isAfter(date) && !to.isBefore(date)) {
        assertThat(grades.put(row.getString(0), row.getString(3))).as(row.getString(0)).isNull();
      }
    }
    return grades;
  }

  private String shown(Row row) {
    return "%s %s %s %s %s %s %s"
        .formatted(
            row.get(0), row.get(1), row.get(2), row.get(3), row.get(4), row.get(5), row.get(7));
  }
}
