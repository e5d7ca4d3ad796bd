package io.gradus.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.config.Settings;
import io.gradus.config.YamlReader;
import io.gradus.error.ExitCode;
import io.gradus.error.GradusException;
import io.gradus.lake.Lake;
import io.gradus.report.RunFacts;
import io.gradus.table.Columns;
import io.gradus.table.Gold;
import io.gradus.table.GoldMonitoring;
import io.gradus.testing.SparkExtension;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.XZInputStream;

/** A lake that the first program wrote, under today's: see lakes/README.md of the resources. */
@ExtendWith(SparkExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UpgradeTest {
  private static final LocalDate OLD = LocalDate.of(2025, 11, 30);
  private static final LocalDate NEXT = LocalDate.of(2025, 12, 31);

  @TempDir static Path folder;

  /** The last run of the first program. */
  private static String oldRun = "";

  @BeforeAll
  static void unpack() throws IOException {
    try (InputStream in = UpgradeTest.class.getResourceAsStream("/lakes/first-release.tar.xz");
        var tar = new TarArchiveInputStream(new XZInputStream(Objects.requireNonNull(in)))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (!entry.isDirectory()) {
          Path file = folder.resolve(entry.getName());
          Files.createDirectories(file.getParent());
          Files.copy(tar, file);
        }
      }
    }
  }

  @Test
  @Order(1)
  void readingItIsRefusedWithTheWayOut(SparkSession spark) {
    refuses(() -> PublishedTables.open(spark, lake()), "layout 1", "gradus optimize --lake");
    refuses(() -> new StatusJob(spark, InstantSource.system()).run(lake(), 5), "layout 1");
  }

  @Test
  @Order(2)
  void theNextNightMigratesItAndKeepsItsRows(SparkSession spark) throws IOException {
    List<Row> before = oldRows(spark.read().format("delta").load(lake() + "/" + snapshot()));
    assertThat(before).isNotEmpty();
    oldRun =
        spark
            .read()
            .format("delta")
            .load(lake() + "/ops/publication")
            .orderBy(col(Columns.SEQUENCE).desc())
            .first()
            .getAs(Columns.RUN_ID);

    RunFacts facts =
        new NightlyJob(spark, InstantSource.system(), Progress.silent()).run(settings());

    assertThat(facts.asOf()).isEqualTo(NEXT);
    Lake lake = Lake.openToRead(spark, lake());
    assertThat(oldRows(lake.readPublished(Gold.CUSTOMER_SNAPSHOT))).isEqualTo(before);
    Dataset<Row> summary = lake.readPublished(GoldMonitoring.GRADE_SUMMARY);
    assertThat(scopes(summary, OLD)).containsExactly("all");
    assertThat(scopes(summary, NEXT)).contains("all", "industry");
    assertThat(lake.published().published()).hasSize(2);
    assertThat(Files.readString(folder.resolve("lake/_gradus/layout.json")))
        .isEqualTo("{\"layout\":2}");
  }

  @Test
  @Order(3)
  void goingBackToARunOfBeforeKeepsTheNewLayout(SparkSession spark) {
    new RollbackJob(spark, InstantSource.system()).run(lake(), null);

    Lake lake = Lake.openToRead(spark, lake());
    assertThat(lake.published().current().orElseThrow().runId()).isEqualTo(oldRun);
    assertThat(scopes(lake.readPublished(GoldMonitoring.GRADE_SUMMARY), OLD))
        .containsExactly("all");
  }

  @Test
  @Order(4)
  void aLakeOfANewerProgramIsRefused(SparkSession spark) throws IOException {
    writeLayout("{\"layout\": 3}");

    refuses(() -> PublishedTables.open(spark, lake()), "layout 3", "up to 2");
    refuses(
        () -> new NightlyJob(spark, InstantSource.system(), Progress.silent()).run(settings()),
        "layout 3",
        "nothing was changed");
    refuses(() -> new OptimizeJob(spark, InstantSource.system()).run(lake()), "layout 3");
  }

  @Test
  @Order(5)
  void aRecordThatNamesNoLayoutIsRefused(SparkSession spark) throws IOException {
    writeLayout("{");

    refuses(() -> PublishedTables.open(spark, lake()), "layout.json", "names no layout");
  }

  private static void writeLayout(String text) throws IOException {
    Files.writeString(folder.resolve("lake/_gradus/layout.json"), text);
    Files.deleteIfExists(folder.resolve("lake/_gradus/.layout.json.crc"));
  }

  private static void refuses(ThrowingCallable action, String... words) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            GradusException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.STORAGE))
        .hasMessageContainingAll(words);
  }

  private static List<Row> oldRows(Dataset<Row> snapshot) {
    return snapshot
        .where(col(Columns.SNAPSHOT_DATE).equalTo(lit(OLD)))
        .select(Columns.CUSTOMER_ID, "grade", "total_score", "clv_12m", "rfm_segment", "r_score")
        .orderBy(Columns.CUSTOMER_ID)
        .collectAsList();
  }

  private static List<String> scopes(Dataset<Row> summary, LocalDate date) {
    return summary
        .where(col(Columns.SNAPSHOT_DATE).equalTo(lit(date)))
        .select("scope_column")
        .distinct()
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private static String snapshot() {
    return Gold.CUSTOMER_SNAPSHOT.path();
  }

  private static String lake() {
    return folder.resolve("lake").toString();
  }

  private static Settings settings() throws IOException {
    Map<String, String> places =
        Map.of(
            "lake", lake(),
            "sources.transactions.path", folder.resolve("landing").toString(),
            "sources.customers.path", folder.resolve("master").toString());
    String yaml = Files.readString(Path.of("jobs", "demo", "demo.yaml"));
    return YamlReader.read("demo.yaml", yaml, places, Settings.class).at(NEXT);
  }
}
