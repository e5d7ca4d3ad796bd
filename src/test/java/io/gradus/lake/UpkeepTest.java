package io.gradus.lake;

import static io.gradus.lake.LakeFixture.CURRENT;
import static io.gradus.lake.LakeFixture.FIRST;
import static io.gradus.lake.LakeFixture.SECOND;
import static io.gradus.lake.LakeFixture.SNAPSHOT;
import static io.gradus.lake.LakeFixture.customers;
import static io.gradus.lake.LakeFixture.lock;
import static io.gradus.lake.LakeFixture.night;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.testing.SparkExtension;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.ml.feature.Bucketizer;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class UpkeepTest {
  @Test
  void nightsOfTheLastDaysAndTheLastOfEachMonthAreKept() {
    Set<LocalDate> nights = new TreeSet<>();
    for (LocalDate d = LocalDate.of(2026, 1, 1); d.getYear() < 2027; d = d.plusDays(1)) {
      if (d.getDayOfMonth() != 31) {
        nights.add(d);
      }
    }
    LocalDate newest = LocalDate.of(2026, 12, 30);
    List<LocalDate> due = new Retention(90, 1).due(nights, newest);
    assertThat(due).contains(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 10, 1));
    assertThat(due)
        .doesNotContain(
            LocalDate.of(2026, 1, 30), LocalDate.of(2026, 2, 28), LocalDate.of(2026, 10, 2));
    // 1 January to 1 October are 274 days, less five 31sts without a night; nine close a month.
    assertThat(due).hasSize(274 - 5 - 9);
    assertThat(new Retention(90, 300).due(nights, newest)).isEmpty();
  }

  @Test
  void rollBackShowsThePublicationBefore(SparkSession spark, @TempDir Path root) {
    Lake lake = Lake.open(spark, root.toString());
    Upkeep upkeep = new Upkeep(lake);
    try (RunLock lock = lock(spark, root)) {
      night(lake, spark, lake.begin(lock, "good", FIRST), 3, 10);
      assertThatThrownBy(() -> upkeep.rollBack(lake.begin(lock, "back", SECOND)))
          .hasMessageContaining("only publication");
      night(lake, spark, lake.begin(lock, "bad", SECOND), 9, 90);
      Publication current = upkeep.rollBack(lake.begin(lock, "back", SECOND));
      assertThat(current.runId()).isEqualTo("good");
      assertThat(lake.readPublished(CURRENT).count()).isEqualTo(3);
      assertThat(lake.read(CURRENT).count()).isEqualTo(3);
      assertThat(lake.read(SNAPSHOT).count()).isEqualTo(3);
      assertThat(lake.published().ofRun("bad")).isEmpty();
    }
  }

  @Test
  void dueSnapshotsGoWithTheNextPublicationAndFilesWithVacuum(
      SparkSession spark, @TempDir Path root) {
    Lake lake = Lake.open(spark, root.toString());
    Upkeep upkeep = new Upkeep(lake);
    try (RunLock lock = lock(spark, root)) {
      night(lake, spark, lake.begin(lock, "a", FIRST.minusDays(2)), 2, 1);
      night(lake, spark, lake.begin(lock, "b", FIRST.minusDays(1)), 3, 1);
      RunRef run = lake.begin(lock, "c", FIRST.plusDays(30));
      lake.replaceRun(SNAPSHOT, customers(spark, 4, 1), run);
      assertThat(upkeep.retain(new Retention(10, 1), List.of(CURRENT, SNAPSHOT), run))
          .containsExactly(FIRST.minusDays(2));
      assertThat(lake.readPublished(SNAPSHOT).count()).isEqualTo(5);
      Publication publication = lake.publish(run, Map.of());
      assertThat(publication.rowCounts()).containsEntry(SNAPSHOT.path(), 4L);
      assertThat(lake.readPublished(SNAPSHOT).count()).isEqualTo(7);
      upkeep.vacuum(List.of(SNAPSHOT), 168, run);
      assertThat(lake.version(SNAPSHOT)).isEqualTo(publication.versions().get(SNAPSHOT.path()));
      assertThat(lake.read(SNAPSHOT, 2).count()).isEqualTo(5);
    }
  }

  @Test
  void modelsCountWhenCompleteAndPublished(SparkSession spark, @TempDir Path root) {
    Lake lake = Lake.open(spark, root.toString());
    ModelStore models = new ModelStore(spark, root.toString());
    try (RunLock lock = lock(spark, root)) {
      RunRef first = lake.begin(lock, "a", FIRST);
      models.save("churn", first, bucketizer(1), Map.of("rows", "7"));
      assertThat(models.latest("churn", lake.published())).isEmpty();
      lake.publish(first, Map.of());
      RunRef second = lake.begin(lock, "b", SECOND);
      models.save("churn", second, bucketizer(2), Map.of());
      SavedModel latest = models.latest("churn", lake.published()).orElseThrow();
      assertThat(latest.runId()).isEqualTo("a");
      assertThat(latest.provenance())
          .containsEntry("rows", "7")
          .containsEntry("as_of", "2026-01-31");
      assertThat(Bucketizer.load(latest.path()).getSplits()).containsExactly(0, 1, 10);
      lake.publish(second, Map.of());
      assertThat(models.latest("churn", lake.published())).map(SavedModel::runId).contains("b");
      assertThat(models.latestBefore("churn", lake.published(), SECOND))
          .map(SavedModel::runId)
          .contains("a");
      models.prune("churn", lake.published(), 1);
      assertThat(models.ofRun("churn", "a")).isEqualTo(Optional.empty());
      assertThat(models.ofRun("churn", "b")).isPresent();
      assertThatThrownBy(() -> models.ofRun("../churn", "a")).hasMessageContaining("cannot name");
    }
  }

  private static Bucketizer bucketizer(double split) {
    return new Bucketizer()
        .setInputCol("x")
        .setOutputCol("y")
        .setSplits(new double[] {0, split, 10});
  }
}
