package io.gradus.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.ingest.Reconciliation;
import io.gradus.lake.Lake;
import io.gradus.table.Silver;
import io.gradus.table.TableSpec;
import io.gradus.testing.Landing;
import io.gradus.testing.SparkExtension;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any sequence of nights leaves the rows that one full rebuild makes of the last input. */
@ExtendWith(SparkExtension.class)
class IncrementalNightsTest {
  private static final LocalDate START = LocalDate.of(2024, 3, 1);

  @TempDir Path folder;

  private static List<String> rows(Lake lake, TableSpec table) {
    List<String> rows = new ArrayList<>();
    lake.readPublished(table).toJSON().collectAsList().forEach(rows::add);
    rows.sort(null);
    return rows;
  }

  private void assertEqualsOneRebuild(
      SparkSession spark,
      SilverNights nights,
      SilverNights.Result last,
      Path landing,
      Map<String, String> rules,
      LocalDate asOf)
      throws IOException {
    SilverNights once =
        new SilverNights(spark, Files.createTempDirectory(folder, "once"), landing, rules, false);
    SilverNights.Result rebuilt = once.night(asOf, true);
    assertThat(rebuilt.way()).isEqualTo("silver");
    assertThat(last.features()).isEqualTo(rebuilt.features()).isNotEmpty();
    assertThat(last.reconciliation().lines()).isEqualTo(rebuilt.reconciliation().lines());
    assertThat(last.reconciliation().firstDay()).isEqualTo(rebuilt.reconciliation().firstDay());
    assertThat(last.reconciliation().lastDay()).isEqualTo(rebuilt.reconciliation().lastDay());
    for (TableSpec table : List.of(Silver.TRANSACTION, Silver.QUARANTINE, Silver.PURCHASE_DAY)) {
      assertThat(rows(nights.lake(), table))
          .as(table.name())
          .isEqualTo(rows(once.lake(), table))
          .isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 2, 3})
  void anySequenceOfNightsEqualsOneRebuild(long seed, SparkSession spark) throws IOException {
    Random random = new Random(seed);
    Path landing = Files.createDirectories(folder.resolve("landing"));
    Map<String, String> rules =
        switch ((int) seed) {
          case 4 -> Map.of();
          case 2 -> Map.of("duplicates", "keep");
          default -> Map.of("columns.line_id", "line");
        };
    RandomFeed feed = new RandomFeed(spark, landing, START, seed);
    SilverNights nights = new SilverNights(spark, folder.resolve("lake"), landing, rules, true);
    feed.deliver(60);
    nights.night(START, true);
    SilverNights.Result last = null;
    LocalDate asOf = START;
    for (int night = 0; night < 3; night++) {
      feed.wait(List.of(0, 1, 2, 7, 40).get(random.nextInt(5)));
      switch (random.nextInt(8)) {
        case 0 -> feed.correct();
        case 1 -> feed.remove();
        case 2 -> {}
        default -> feed.deliver(15);
      }
      if (random.nextInt(6) == 0) {
        nights.night(feed.today(), false);
      }
      // The last night is never back-filled, so that the state is what is compared.
      asOf = night < 2 && random.nextInt(6) == 0 ? START : feed.today();
      last = nights.night(asOf, true);
    }
    assertEqualsOneRebuild(spark, nights, last, landing, rules, asOf);
  }

  @Test
  void onlyNewFilesAreReadUnlessSomethingElseChanged(SparkSession spark) throws IOException {
    Path landing = Files.createDirectories(folder.resolve("landing"));
    RandomFeed feed = new RandomFeed(spark, landing, START, 9);
    Path lake = folder.resolve("lake");
    SilverNights nights = new SilverNights(spark, lake, landing, Map.of(), true);
    feed.deliver(40);
    assertThat(nights.night(START, true).way()).isEqualTo("silver");

    feed.wait(1);
    feed.deliver(20);
    assertThat(nights.night(feed.today(), true).way()).isEqualTo("silver (new files)");

    feed.wait(1);
    assertThat(nights.night(feed.today(), true).way()).isEqualTo("silver (reused)");

    feed.correct();
    assertThat(nights.night(feed.today(), false).way()).isEqualTo("silver");
    SilverNights mapped =
        new SilverNights(spark, lake, landing, Map.of("duplicates", "keep"), true);
    assertThat(mapped.night(feed.today(), false).way()).isEqualTo("silver");
  }

  @Test
  void nightsOfAWeekAreCarriedOverFromOneState(SparkSession spark) throws IOException {
    Path landing = Files.createDirectories(folder.resolve("landing"));
    RandomFeed feed = new RandomFeed(spark, landing, START, 7);
    SilverNights nights = new SilverNights(spark, folder.resolve("lake"), landing, Map.of(), true);
    feed.deliver(60);
    nights.night(START, true);
    List<String> state = rows(nights.lake(), Silver.CUSTOMER_STATE);

    feed.wait(1);
    feed.deliver(15);
    nights.night(feed.today(), true);
    List<String> first = rows(nights.lake(), Silver.CUSTOMER_CHANGE);
    feed.wait(5);
    feed.deliver(15);
    SilverNights.Result last = nights.night(feed.today(), true);
    assertThat(rows(nights.lake(), Silver.CUSTOMER_STATE)).isEqualTo(state);
    assertThat(rows(nights.lake(), Silver.CUSTOMER_CHANGE)).containsAll(first).isNotEqualTo(first);
    assertEqualsOneRebuild(spark, nights, last, landing, Map.of(), feed.today());

    feed.wait(1);
    nights.night(feed.today(), true);
    assertThat(rows(nights.lake(), Silver.CUSTOMER_STATE)).isNotEqualTo(state);
    feed.wait(1);
    feed.deliver(15);
    last = nights.night(feed.today(), true);
    assertThat(rows(nights.lake(), Silver.CUSTOMER_CHANGE))
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row).contains(feed.today().toString()));
    assertEqualsOneRebuild(spark, nights, last, landing, Map.of(), feed.today());
  }

  @Test
  void aLineThatIsOverturnedIsDecidedByARebuild(SparkSession spark) throws IOException {
    Path landing = Files.createDirectories(folder.resolve("landing"));
    SilverNights nights =
        new SilverNights(
            spark, folder.resolve("lake"), landing, Map.of("columns.line_id", "line"), true);
    String row = "'c1', TIMESTAMP_NTZ'2024-03-01 10:00:00', %s.00BD, 'd1', 'p1', '1'";
    deliver(spark, landing.resolve("5.parquet"), row.formatted(1), row.formatted(1));
    assertThat(nights.night(START, true).way()).isEqualTo("silver");

    deliver(spark, landing.resolve("6.parquet"), row.formatted(2));
    assertThat(nights.night(START, true).way()).isEqualTo("silver (new files)");
    assertThat(reasons(nights)).containsExactly("1.00 duplicate", "2.00 line_conflict");

    deliver(
        spark,
        landing.resolve("4.parquet"),
        row.formatted(2),
        row.formatted(3).replace(", '1'", ", '2'"));
    SilverNights.Result last = nights.night(START, true);
    assertThat(last.way()).isEqualTo("silver");
    assertThat(reasons(nights))
        .containsExactly("1.00 line_conflict", "1.00 line_conflict", "2.00 duplicate");
    assertThat(last.reconciliation().amount(Reconciliation.Disposition.ACCEPTED))
        .isEqualByComparingTo("5.00");
  }

  private static void deliver(SparkSession spark, Path file, String... rows) {
    Landing.save(
        spark.sql(
            "SELECT * FROM VALUES ("
                + String.join("), (", rows)
                + ") AS t(customer, time, amount, document, product, line)"),
        file);
  }

  private static List<String> reasons(SilverNights nights) {
    return nights.lake().readPublished(Silver.QUARANTINE).collectAsList().stream()
        .map(row -> row.<BigDecimal>getAs("amount") + " " + row.<String>getAs("reason"))
        .sorted()
        .toList();
  }
}
