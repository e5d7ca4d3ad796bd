package io.gradus.lake;

import static io.gradus.lake.LakeFixture.CURRENT;
import static io.gradus.lake.LakeFixture.FIRST;
import static io.gradus.lake.LakeFixture.GROWING;
import static io.gradus.lake.LakeFixture.SECOND;
import static io.gradus.lake.LakeFixture.SNAPSHOT;
import static io.gradus.lake.LakeFixture.customers;
import static io.gradus.lake.LakeFixture.lock;
import static io.gradus.lake.LakeFixture.movements;
import static io.gradus.lake.LakeFixture.night;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.error.ExitCode;
import io.gradus.error.GradusException;
import io.gradus.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class LakeTest {
  @Test
  void readersSeeARunOnlyOncePublished(SparkSession spark, @TempDir Path root) {
    Lake lake = Lake.open(spark, root.toString());
    try (RunLock lock = lock(spark, root)) {
      RunRef first = lake.begin(lock, "run-1", FIRST);
      lake.overwrite(CURRENT, customers(spark, 3, 10), first);
      lake.replaceRun(SNAPSHOT, customers(spark, 3, 10), first);
      assertThatThrownBy(() -> lake.readPublished(CURRENT)).hasMessageContaining("Nothing");
      lake.publish(first, Map.of("code", "test"));
      assertThat(scores(lake)).containsExactly(10.0);

      RunRef second = lake.begin(lock, "run-2", SECOND);
      lake.overwrite(CURRENT, customers(spark, 4, 20), second);
      lake.replaceRun(SNAPSHOT, customers(spark, 4, 20), second);
      assertThat(scores(lake)).containsExactly(10.0);
      assertThat(lake.readPublished(CURRENT).count()).isEqualTo(3);
      assertThat(lake.readPublished(SNAPSHOT).count()).isEqualTo(3);

      Publication publication = lake.publish(second, Map.of());
      assertThat(publication.sequence()).isEqualTo(2);
      assertThat(publication.rowCounts()).containsEntry(CURRENT.path(), 4L);
      assertThat(scores(lake)).containsExactly(20.0);
      assertThat(lake.readPublished(SNAPSHOT).count()).isEqualTo(7);
      assertThat(lake.published().ofRun("run-1")).isPresent();
      assertThat(Lake.openToRead(spark, root.toString()).published().rows()).hasSize(2);
    }
  }

  @Test
  void aRepeatedDateReplacesItsRowsOnly(SparkSession spark, @TempDir Path root) {
    Lake lake = Lake.open(spark, root.toString());
    try (RunLock lock = lock(spark, root)) {
      night(lake, spark, lake.begin(lock, "a", FIRST), 3, 10);
      night(lake, spark, lake.begin(lock, "b", SECOND), 4, 20);
      night(lake, spark, lake.begin(lock, "c", FIRST), 5, 30);
    }
    assertThat(lake.readPublished(SNAPSHOT).groupBy("run_id").count().collectAsList())
        .extracting(row -> row.getString(0) + row.getLong(1))
        .containsExactlyInAnyOrder("b4", "c5");
    assertThat(lake.published().published())
        .extracting(Publication::runId)
        .containsExactly("c", "b");
  }

  @Test
  void anAbandonedRunIsReplacedAndNeverSeen(SparkSession spark, @TempDir Path root) {
    Lake lake = Lake.open(spark, root.toString());
    try (RunLock lock = lock(spark, root)) {
      RunRef first = lake.begin(lock, "run-1", FIRST);
      lake.append(GROWING, movements(spark, 3), first);
      night(lake, spark, first, 3, 10);
      RunRef abandoned = lake.begin(lock, "run-2", SECOND);
      lake.append(GROWING, movements(spark, 50), abandoned);
      lake.replaceRun(SNAPSHOT, customers(spark, 50, 99), abandoned);
    }
    Lake next = Lake.open(spark, root.toString());
    assertThat(next.readPublished(GROWING).count()).isEqualTo(3);
    try (RunLock lock = lock(spark, root)) {
      RunRef run = next.begin(lock, "run-3", SECOND);
      next.append(GROWING, movements(spark, 2), run);
      next.append(GROWING, movements(spark, 2), run);
      next.replaceRun(SNAPSHOT, customers(spark, 1, 1), run);
      next.publish(run, Map.of());
    }
    assertThat(next.readPublished(GROWING).count()).isEqualTo(7);
    assertThat(next.read(SNAPSHOT).count()).isEqualTo(4);
  }

  @Test
  void tablesCarryTheirContract(SparkSession spark, @TempDir Path root) {
    Lake lake = Lake.open(spark, root.toString());
    try (RunLock lock = lock(spark, root)) {
      RunRef run = lake.begin(lock, "run-1", FIRST);
      lake.prepare(run, List.of(CURRENT));
      StructType schema = lake.read(CURRENT).schema();
      assertThat(schema.apply("customer_id").getComment().get()).isEqualTo("The customer's key.");
      assertThat(
              spark
                  .sql("DESCRIBE DETAIL '" + root + "/gold/customer_current'")
                  .first()
                  .<String>getAs("description"))
          .isEqualTo("Customers, graded.");

      assertThatThrownBy(() -> lake.overwrite(CURRENT, customers(spark, 2, 101), run))
          .isInstanceOfSatisfying(
              GradusException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.GATE))
          .hasMessageContaining("score_range")
          .hasMessageContaining("gold/customer_current");
      assertThatThrownBy(
              () ->
                  lake.overwrite(
                      CURRENT,
                      customers(spark, 2, 1)
                          .selectExpr("total_score", "CAST(NULL AS STRING) AS customer_id"),
                      run))
          .hasMessageContaining("customer_id");
      assertThatThrownBy(
              () -> lake.overwrite(CURRENT, customers(spark, 2, 1).drop("total_score"), run))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("lack the column total_score");
    }
  }

  @Test
  void contentHashIgnoresOrderAndSplit(SparkSession spark, @TempDir Path root) {
    Lake lake = Lake.open(spark, root.toString());
    try (RunLock lock = lock(spark, root)) {
      RunRef run = lake.begin(lock, "run-1", FIRST);
      String whole = lake.overwrite(CURRENT, customers(spark, 9, 5), run).contentHash();
      String split =
          lake.overwrite(CURRENT, customers(spark, 9, 5).repartition(5).orderBy("customer_id"), run)
              .contentHash();
      String other = lake.overwrite(CURRENT, customers(spark, 9, 6), run).contentHash();
      assertThat(split).isEqualTo(whole);
      assertThat(other).isNotEqualTo(whole);
      assertThat(whole).startsWith("9-");
    }
  }

  @Test
  void whatIsNotOursIsRefused(SparkSession spark, @TempDir Path root) throws IOException {
    Lake lake = Lake.open(spark, root.toString());
    try (RunLock lock = lock(spark, root)) {
      RunRef run = lake.begin(lock, "run-1", FIRST);
      Path junk = Files.createDirectories(root.resolve("gold/customer_current"));
      Files.writeString(junk.resolve("notes.txt"), "mine");
      refuses(() -> lake.prepare(run, List.of(CURRENT)), "is not a table of this lake");
      spark.range(1).write().format("delta").save(root + "/gold/customer_history");
      refuses(() -> lake.prepare(run, List.of(SNAPSHOT)), "was not made by Gradus");
      lake.prepare(run, List.of(GROWING));
      Path checksum = root.resolve("silver/movement/_delta_log/00000000000000000000.crc");
      String text = Files.readString(checksum);
      Files.deleteIfExists(checksum.resolveSibling("." + checksum.getFileName() + ".crc"));
      Files.writeString(checksum, text.replace("\"minReaderVersion\":1", "\"minReaderVersion\":9"));
      Lake again = Lake.open(spark, root.toString());
      refuses(() -> again.prepare(run, List.of(GROWING)), "newer program");
    }
    refuses(
        () -> Lake.open(spark, root.resolve("gold/customer_history").toString()),
        "is itself a table");
    refuses(() -> Lake.open(spark, "/proc/nowhere"), "/proc/nowhere");
    assertThatThrownBy(() -> Lake.openToRead(spark, root.resolve("absent").toString()))
        .hasMessageContaining("There is no lake");
  }

  @Test
  void aConcurrentReaderSeesExactlyOneRun(SparkSession spark, @TempDir Path root) throws Exception {
    Lake lake = Lake.open(spark, root.toString());
    try (RunLock lock = lock(spark, root)) {
      night(lake, spark, lake.begin(lock, "run-0", FIRST), 2, 0);
      AtomicBoolean done = new AtomicBoolean();
      CompletableFuture<Set<String>> reader =
          CompletableFuture.supplyAsync(() -> observe(spark, root, done));
      for (int run = 1; run <= 2; run++) {
        night(lake, spark, lake.begin(lock, "run-" + run, FIRST.plusDays(run)), 2 + run, run);
      }
      done.set(true);
      assertThat(reader.get(60, TimeUnit.SECONDS))
          .isSubsetOf("run-0 2 2 0.0", "run-1 3 5 1.0", "run-2 4 9 2.0")
          .contains("run-2 4 9 2.0");
    }
  }

  /** What a reader met: run, current rows, history rows, score; one line per distinct state. */
  private static Set<String> observe(SparkSession spark, Path root, AtomicBoolean done) {
    Set<String> seen = new TreeSet<>();
    boolean last;
    do {
      last = done.get();
      Lake lake = Lake.openToRead(spark, root.toString());
      Publications moment = lake.published();
      List<Row> current = lake.readPublished(CURRENT, moment).collectAsList();
      long history = lake.readPublished(SNAPSHOT, moment).count();
      for (Row row : current) {
        seen.add(row.getString(3) + " " + current.size() + " " + history + " " + row.getDouble(2));
      }
    } while (!last);
    return seen;
  }

  private static void refuses(ThrowingCallable action, String words) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            GradusException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.STORAGE))
        .hasMessageContaining(words);
  }

  private static List<Double> scores(Lake lake) {
    return lake.readPublished(CURRENT).select("total_score").distinct().collectAsList().stream()
        .map(row -> row.getDouble(0))
        .toList();
  }
}
