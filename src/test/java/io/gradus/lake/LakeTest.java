package io.gradus.lake;

import static io.gradus.lake.LakeFixture.CURRENT;
import static io.gradus.lake.LakeFixture.FIRST;
import static io.gradus.lake.LakeFixture.GROWING;
import static io.gradus.lake.LakeFixture.SECOND;
import static io.gradus.lake.LakeFixture.SNAPSHOT;
import static io.gradus.lake.LakeFixture.customers;
import static io.gradus.lake.LakeFixture.lock;
import static io.gradus.lake.LakeFixture.movements;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.error.ExitCode;
import io.gradus.error.GradusException;
import io.gradus.testing.SparkExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
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
      publish(lake, spark, lake.begin(lock, "a", FIRST), 3, 10);
      publish(lake, spark, lake.begin(lock, "b", SECOND), 4, 20);
      publish(lake, spark, lake.begin(lock, "c", FIRST), 5, 30);
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
      publish(lake, spark, first, 3, 10);
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

  private static void publish(Lake lake, SparkSession spark, RunRef run, int n, double score) {
    lake.overwrite(CURRENT, customers(spark, n, score), run);
    lake.replaceRun(SNAPSHOT, customers(spark, n, score), run);
    lake.publish(run, Map.of());
  }

  private static List<Double> scores(Lake lake) {
    return lake.readPublished(CURRENT).select("total_score").distinct().collectAsList().stream()
        .map(row -> row.getDouble(0))
        .toList();
  }
}
