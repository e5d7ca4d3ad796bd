package io.gradus.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.config.Settings;
import io.gradus.config.YamlReader;
import io.gradus.lake.Lake;
import io.gradus.simulate.Company;
import io.gradus.table.Columns;
import io.gradus.table.Gold;
import io.gradus.table.Ops;
import io.gradus.table.Silver;
import io.gradus.table.TableSpec;
import io.gradus.testing.Folders;
import io.gradus.testing.Landing;
import io.gradus.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nights, the second with new, late and repeated rows, the third with none: once carried on
 * from night to night, once with everything read and added up again each night, once as a single
 * night on an empty lake. Seven nights take minutes, so it runs with {@code -P faults};
 * IncrementalNightsTest holds silver tables and features each time.
 */
@EnabledIfSystemProperty(
    named = "gradus.test.faults",
    matches = "all",
    disabledReason = "seven nights take minutes; run mvn -P faults test")
@ExtendWith(SparkExtension.class)
class NightsEqualRebuildTest {
  private static final LocalDate FIRST = LocalDate.of(2025, 5, 28);
  private static final LocalDate SECOND = FIRST.plusDays(2);
  private static final LocalDate THIRD = FIRST.plusDays(3);
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2025-06-02T03:00:00Z"));
  private static final Company COMPANY =
      Company.of(120, LocalDate.of(2024, 1, 1), THIRD, 5L).withDirtyShare(0.03);

  /**
   * Columns in which earlier nights show: clusters start from those of the month's first night, and
   * so do the peers of a wallet; the ruler stays as the first night cut it, and grades resist small
   * moves. Features, RFM, lifetime value and churn are not among them.
   */
  private static final Set<String> WITH_MEMORY =
      Set.of(
          "cluster_distance",
          "cluster_key",
          "cluster_margin",
          "cluster_name",
          "cluster_name_zh",
          "cluster_second_key",
          "grade",
          "grade_candidate",
          "grade_raw",
          "grade_since",
          "grade_system",
          "headroom",
          "loyalty_score",
          "matrix_cell",
          "matrix_cell_zh",
          "next_grade",
          "next_step_en",
          "next_step_zh",
          "points_to_next_grade",
          "potential_score",
          "reasons",
          "reasons_en",
          "reasons_zh",
          "reference_score",
          "robustness",
          "run_id",
          "strategy_en",
          "strategy_zh",
          "total_score",
          "value_score",
          "wallet",
          "wallet_peers",
          "white_space");

  @TempDir static Path folder;

  @BeforeAll
  static void nights(SparkSession spark) throws IOException {
    SimulateJob simulation = new SimulateJob(spark);
    simulation.deliver(COMPANY, folder.toString(), COMPANY.from(), FIRST);
    night(spark, "carried", FIRST, 0);
    Folders.copy(folder.resolve("carried"), folder.resolve("again"));
    simulation.deliver(COMPANY, folder.toString(), FIRST.plusDays(1), SECOND);
    Dataset<Row> known = spark.read().parquet(folder.resolve("landing").toString());
    Dataset<Row> late =
        known
            .where("pmod(xxhash64(order_id), 40) = 0")
            .withColumn("line_no", org.apache.spark.sql.functions.expr("line_no + 100"));
    Landing.save(
        late.unionByName(known.where("pmod(xxhash64(order_id), 40) = 1")),
        folder.resolve("landing/zz-late.parquet"));
    for (LocalDate date : List.of(SECOND, THIRD)) {
      night(spark, "carried", date, 0);
      Folders.delete(folder.resolve("again/_gradus/input"));
      night(spark, "again", date, Long.MAX_VALUE);
    }
    night(spark, "once", THIRD, Long.MAX_VALUE);
  }

  private static void night(SparkSession spark, String lake, LocalDate asOf, long leastRowsOfState)
      throws IOException {
    Map<String, String> places = new TreeMap<>();
    places.put("lake", "'" + folder.resolve(lake) + "'");
    places.put("sources.transactions.path", "'" + folder.resolve("landing") + "'");
    places.put("rfm.mode", "quantile");
    places.put("churn.retrain", "nightly");
    String yaml = Files.readString(Path.of("jobs", "demo", "demo.yaml"));
    yaml = yaml.replaceAll("(?m)^ {2}customers:\\n( {4}.*\\n)+", "");
    Settings settings = YamlReader.read("demo.yaml", yaml, places, Settings.class);
    new NightlyJob(spark, CLOCK, Progress.silent(), leastRowsOfState).run(settings.at(asOf));
  }

  private static Lake lake(SparkSession spark, String name) {
    return Lake.openToRead(spark, folder.resolve(name).toString());
  }

  private static List<String> rows(Dataset<Row> rows) {
    List<String> json = new ArrayList<>(rows.toJSON().collectAsList());
    json.sort(null);
    return json;
  }

  private static List<String> ways(SparkSession spark, String name) {
    return lake(spark, name)
        .readPublished(Ops.RUN_STAGE)
        .where("stage LIKE 'silver%'")
        .orderBy(Columns.SNAPSHOT_DATE)
        .collectAsList()
        .stream()
        .map(row -> row.<String>getAs("stage"))
        .toList();
  }

  @Test
  void theNightsTookTheWaysThatAreCompared(SparkSession spark) {
    assertThat(ways(spark, "carried"))
        .containsExactly("silver", "silver (new files)", "silver (reused)");
    assertThat(ways(spark, "again")).containsExactly("silver", "silver", "silver (reused)");
    assertThat(lake(spark, "carried").exists(Silver.CUSTOMER_STATE)).isTrue();
    assertThat(lake(spark, "once").exists(Silver.CUSTOMER_STATE)).isFalse();
  }

  @Test
  void everyColumnOfEverySnapshotIsThatOfRebuiltNights(SparkSession spark) {
    for (TableSpec table :
        List.of(
            Gold.CUSTOMER_SNAPSHOT,
            Gold.CUSTOMER_360,
            Silver.TRANSACTION,
            Silver.QUARANTINE,
            Silver.PURCHASE_DAY,
            Ops.RECONCILIATION)) {
      assertThat(rows(lake(spark, "carried").readPublished(table).drop(Columns.RUN_ID)))
          .as(table.name())
          .isEqualTo(rows(lake(spark, "again").readPublished(table).drop(Columns.RUN_ID)))
          .isNotEmpty();
    }
  }

  @Test
  void whatHasNoMemoryIsThatOfOneNightOnAnEmptyLake(SparkSession spark) {
    Dataset<Row> carried = lake(spark, "carried").readPublished(Gold.CUSTOMER_360);
    Dataset<Row> once = lake(spark, "once").readPublished(Gold.CUSTOMER_360);
    Set<String> differ = new TreeSet<>();
    for (String column : carried.columns()) {
      if (!rows(carried.select(Columns.CUSTOMER_ID, column))
          .equals(rows(once.select(Columns.CUSTOMER_ID, column)))) {
        differ.add(column);
      }
    }
    assertThat(differ).isSubsetOf(WITH_MEMORY);
  }

  @Test
  void anEmptyNightWritesNoSilverTable(SparkSession spark) {
    Lake carried = lake(spark, "carried");
    var second = carried.published().ofDate(SECOND).orElseThrow().versions();
    var third = carried.published().ofDate(THIRD).orElseThrow().versions();
    for (TableSpec table : Silver.tables()) {
      assertThat(third.get(table.path())).as(table.name()).isEqualTo(second.get(table.path()));
    }
    assertThat(carried.readPublished(Gold.CUSTOMER_360).select("snapshot_date").distinct().head())
        .hasToString("[" + THIRD + "]");
  }
}
