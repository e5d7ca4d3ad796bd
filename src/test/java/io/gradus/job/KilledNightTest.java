package io.gradus.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.lake.Lake;
import io.gradus.lake.Publication;
import io.gradus.lake.SessionOptions;
import io.gradus.lake.SparkSessions;
import io.gradus.table.Gold;
import io.gradus.testing.Folders;
import io.gradus.testing.Forked;
import io.gradus.testing.Landing;
import io.gradus.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole nights in a process of their own that is killed at a random moment after it took the lock,
 * {@code -Dgradus.test.kills} times, 50 unless told otherwise. Part of the profile {@code faults}.
 */
@ExtendWith(SparkExtension.class)
@EnabledIfSystemProperty(
    named = "gradus.test.faults",
    matches = "all",
    disabledReason = "takes many minutes; run mvn -P faults test")
class KilledNightTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 3, 10);
  private static final LocalDate SECOND = LocalDate.of(2026, 3, 17);
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-04-01T03:00:00Z"));

  @Test
  void aKilledNightIsInvisibleOrWholeAndCanBeRepeated(SparkSession spark, @TempDir Path folder)
      throws Exception {
    Landing landing = new Landing(folder);
    landing.write(
        "march.parquet",
        spark
            .range(40)
            .selectExpr(
                "concat('c', id % 12) AS customer",
                "timestampadd(MINUTE, CAST(id % 7 * 1440 + id AS INT),"
                    + " TIMESTAMP'2026-03-03 10:00:00') AS sold_at",
                "CAST(10 + id AS DOUBLE) AS price"));
    night(spark, folder, FIRST);
    Path lake = folder.resolve("lake");
    Folders.copy(lake, folder.resolve("start"));
    Map<String, String> golden = night(spark, folder, SECOND);
    renew(folder);
    Random random = new Random(7);
    long longest = nightMillis(folder, Long.MAX_VALUE);
    assertThat(published(spark, lake, golden)).isTrue();
    renew(folder);
    int kills = Integer.getInteger("gradus.test.kills", 50);
    int whole = 0;
    for (int i = 0; i < kills; i++) {
      nightMillis(folder, random.nextLong(longest));
      if (published(spark, lake, golden)) {
        whole++;
        renew(folder);
      }
      if ((i + 1) % 10 == 0 || i + 1 == kills) {
        System.err.println(
            "killed nights: " + (i + 1) + " within " + longest + " ms, " + whole + " published");
      }
    }
    assertThat(night(spark, folder, SECOND)).isEqualTo(golden);
    assertThat(whole).isLessThan(kills);
  }

  /** Readers see the first night or the second, whole; true for the second. */
  private static boolean published(SparkSession spark, Path root, Map<String, String> golden) {
    Lake lake = Lake.openToRead(spark, root.toString());
    List<Publication> rows = lake.published().rows();
    boolean second = rows.size() == 2;
    LocalDate expected = second ? SECOND : FIRST;
    assertThat(rows).extracting(Publication::asOf).first().isEqualTo(FIRST);
    assertThat(
            lake.readPublished(Gold.CUSTOMER_360)
                .select("snapshot_date")
                .distinct()
                .collectAsList())
        .extracting(row -> row.getDate(0).toLocalDate())
        .containsExactly(expected);
    assertThat(lake.readPublished(Gold.CUSTOMER_SNAPSHOT).count()).isEqualTo(second ? 24 : 12);
    if (second) {
      assertThat(hashes(rows.get(1))).isEqualTo(golden);
    }
    return second;
  }

  /** Runs the second night, killed so long after it took the lock; how long it held the lock. */
  private static long nightMillis(Path folder, long killAfter) throws Exception {
    Path locks = folder.resolve("lake/_gradus/lock");
    List<Path> before = list(locks);
    Process process = Forked.start(Other.class, List.of(), folder.toString());
    while (process.isAlive() && list(locks).stream().noneMatch(f -> isNew(f, before))) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    long start = System.nanoTime();
    if (!process.waitFor(Math.min(killAfter, 600_000), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly().waitFor();
    }
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  private static boolean isNew(Path file, List<Path> before) {
    return file.toString().endsWith(".lock") && !before.contains(file);
  }

  private static List<Path> list(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static void renew(Path folder) throws IOException {
    Folders.delete(folder.resolve("lake"));
    Folders.copy(folder.resolve("start"), folder.resolve("lake"));
  }

  private static Map<String, String> night(SparkSession spark, Path folder, LocalDate asOf) {
    var settings = new Landing(folder).settings(Map.of()).at(asOf);
    new NightlyJob(spark, CLOCK, Progress.silent()).run(settings);
    return hashes(
        Lake.openToRead(spark, folder.resolve("lake").toString())
            .published()
            .ofDate(asOf)
            .orElseThrow());
  }

  private static Map<String, String> hashes(Publication publication) {
    return publication.contentHashes().entrySet().stream()
        .filter(table -> table.getKey().startsWith("gold/"))
        .collect(
            Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
  }

  /** The process that is killed. */
  static final class Other {
    private Other() {}

    public static void main(String[] arguments) throws IOException {
      var options = new SessionOptions("local[2]", "killed", 0, false, Map.of());
      try (SparkSession spark = SparkSessions.start(options)) {
        night(spark, Path.of(arguments[0]), SECOND);
      }
    }
  }
}
