package io.gradus.feature;

import static io.gradus.testing.SmallRows.kept;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.ingest.PurchaseDays;
import io.gradus.table.Silver;
import io.gradus.testing.SmallCompany;
import io.gradus.testing.SparkExtension;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Carried states are held against states that are added up from every day. */
@ExtendWith(SparkExtension.class)
class StateStepTest {
  private static final LocalDate START = SmallCompany.START;
  private static final LocalDate FROM = START.plusDays(900);
  private static final StructType LINES =
      new StructType()
          .add("customer_id", DataTypes.StringType)
          .add("day", DataTypes.DateType)
          .add("amount", DataTypes.createDecimalType(18, 2))
          .add("category", DataTypes.StringType)
          .add("product_id", DataTypes.StringType);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 64, 200})
  void withoutLateLinesOnlyTheCalendarMoves(int step, SparkSession spark) {
    Dataset<Row> days = kept(SmallCompany.purchaseDays(spark, 60, 1_150, 3));
    Dataset<Row> none = days.where("false");
    LocalDate to = FROM.plusDays(step);

    Result result = carried(days, days, PurchaseDays.changed(none, none), to);

    assertThat(result.anew()).isEmpty();
    assertEqualsAddedUp(result, days, to);
  }

  /** Small amounts on few days, so that days shrink, vanish, tie and come back. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void withLateLinesOfSeveralNights(long seed, SparkSession spark) {
    Random random = new Random(seed);
    Dataset<Row> before =
        kept(
            PurchaseDays.merged(
                lines(spark, random, 500, 0, 905)
                    .unionByName(lines(spark, random, 600, 840, 905))));
    Dataset<Row> now = before;
    Dataset<Row> changed = null;
    for (int night = 1; night <= 3; night++) {
      Dataset<Row> parts = lines(spark, random, 60, 840, 900 + 2 * night);
      Dataset<Row> found =
          now.join(parts.select("customer_id", "day"), new String[] {"customer_id", "day"}, "semi");
      Dataset<Row> change = kept(PurchaseDays.changed(found, parts));
      changed = changed == null ? change : changed.unionAll(change);
      now = kept(PurchaseDays.merged(now.unionByName(parts)));
    }
    LocalDate to = FROM.plusDays(6);

    Result result = carried(before, now, changed, to);

    assertThat(result.anew()).isNotEmpty();
    assertThat((double) result.anew().size()).isLessThan(.5 * result.touched().size());
    assertEqualsAddedUp(result, now, to);
  }

  @Test
  void aShrunkenDayIsAddedUpAgainOnlyWhenItWasTheLargestFirstOrLast(SparkSession spark) {
    Dataset<Row> before =
        days(
            spark,
            line("largest", 10, "50"),
            line("largest", 20, "90"),
            line("largest", 30, "60"),
            line("middle", 10, "50"),
            line("middle", 20, "60"),
            line("middle", 30, "90"),
            line("first", 10, "50"),
            line("first", 20, "90"),
            line("first", 30, "60"));
    Dataset<Row> parts =
        days(spark, line("largest", 20, "-1"), line("middle", 20, "-70"), line("first", 10, "-50"));
    Dataset<Row> changed = PurchaseDays.changed(before.join(parts, keys(), "semi"), parts);
    Dataset<Row> now = PurchaseDays.merged(before.unionByName(parts));

    Result result = carried(before, now, changed, FROM);

    assertThat(result.touched()).containsExactlyInAnyOrder("largest", "middle", "first");
    assertThat(result.anew()).containsExactlyInAnyOrder("largest", "first");
    assertEqualsAddedUp(result, now, FROM);
  }

  private static String[] keys() {
    return new String[] {"customer_id", "day"};
  }

  private static Row line(String customer, int day, String amount) {
    return RowFactory.create(
        customer,
        Date.valueOf(START.plusDays(day)),
        new BigDecimal(amount).setScale(2),
        null,
        "p" + day % 7);
  }

  private static Dataset<Row> days(SparkSession spark, Row... lines) {
    return kept(PurchaseDays.of(spark.createDataFrame(List.of(lines), LINES)));
  }

  private static Dataset<Row> lines(
      SparkSession spark, Random random, int count, int firstDay, int lastDay) {
    List<Row> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int day = firstDay + random.nextInt(lastDay - firstDay + 1);
      lines.add(line("c" + random.nextInt(40), day, String.valueOf(random.nextInt(9) - 3)));
    }
    return days(spark, lines.toArray(Row[]::new));
  }

  private record Result(Dataset<Row> states, Set<String> touched, Set<String> anew) {}

  private static Result carried(
      Dataset<Row> before, Dataset<Row> now, Dataset<Row> changed, LocalDate to) {
    Dataset<Row> states =
        kept(CustomerStates.at(before, FROM).withColumn("snapshot_date", lit(FROM)));
    StateChanges since = new StateChanges(FROM, to);
    Dataset<Row> days = kept(since.days(now, changed));
    Dataset<Row> changes = kept(since.of(days));
    StateStep step = new StateStep(since);
    Dataset<Row> touched = kept(step.touched(step.known(states, changes), changes));
    Set<String> anew = ids(touched.where(col(StateStep.ANEW)));
    Dataset<Row> few = step.changed(now, changes, touched, List.copyOf(anew));
    return new Result(step.unchanged(states, days).unionByName(few), ids(touched), anew);
  }

  private static Set<String> ids(Dataset<Row> rows) {
    Set<String> ids = new HashSet<>();
    rows.select("customer_id").collectAsList().forEach(row -> ids.add(row.getString(0)));
    return ids;
  }

  private static void assertEqualsAddedUp(Result result, Dataset<Row> now, LocalDate to) {
    Dataset<Row> expected = CustomerStates.at(now, to);
    assertThat(result.states().columns()).containsExactlyInAnyOrder(expected.columns());
    assertThat(
            Silver.CUSTOMER_STATE.columns().stream()
                .map(column -> column.name())
                .filter(name -> !name.equals("snapshot_date")))
        .containsExactlyInAnyOrder(expected.columns());
    assertThat(
            result
                .states()
                .select(expected.columns()[0], tail(expected.columns()))
                .orderBy("customer_id")
                .collectAsList())
        .isEqualTo(expected.orderBy("customer_id").collectAsList());
  }

  private static String[] tail(String[] names) {
    return List.of(names).subList(1, names.length).toArray(String[]::new);
  }
}
