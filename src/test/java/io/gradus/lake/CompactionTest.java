package io.gradus.lake;

import static io.gradus.lake.LakeFixture.FIRST;
import static io.gradus.lake.LakeFixture.GROWING;
import static io.gradus.lake.LakeFixture.SNAPSHOT;
import static io.gradus.lake.LakeFixture.customers;
import static io.gradus.lake.LakeFixture.lock;
import static io.gradus.lake.LakeFixture.movements;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.testing.SparkExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The files that a night has to open do not grow with the nights before it. */
@ExtendWith(SparkExtension.class)
class CompactionTest {
  private static final int NIGHTS_PER_COMPACTION = 10;

  private static long live(Lake lake) {
    return lake.tables().log(GROWING).fileCount().orElseThrow();
  }

  private static List<String> night(Lake lake, SparkSession spark, RunRef run) {
    lake.append(GROWING, movements(spark, 2).coalesce(1), run);
    lake.replaceRun(SNAPSHOT, customers(spark, 2, 1), run);
    return new Compaction(lake).ofRun(run, List.of(GROWING, SNAPSHOT), NIGHTS_PER_COMPACTION);
  }

  @Test
  void nightsJoinWhatNightsHaveAdded(SparkSession spark, @TempDir Path root) {
    Lake lake = Lake.open(spark, root.toString());
    List<Long> files = new ArrayList<>();
    try (RunLock lock = lock(spark, root)) {
      for (int i = 1; i <= 11; i++) {
        RunRef run = lake.begin(lock, "run-" + i, FIRST.plusDays(i));
        List<String> joined = night(lake, spark, run);
        assertThat(joined.contains(GROWING.path())).isEqualTo(i % NIGHTS_PER_COMPACTION == 0);
        if (i == 10) {
          // The night dies here; what it joined is taken back by its repetition.
          assertThat(lake.readPublished(GROWING).count()).isEqualTo(18);
          run = Lake.open(spark, root.toString()).begin(lock, "run-10b", FIRST.plusDays(i));
          lake = Lake.open(spark, root.toString());
          night(lake, spark, run);
        }
        Publication publication = lake.publish(run, Map.of());
        assertThat(publication.versions()).containsEntry(GROWING.path(), lake.version(GROWING));
        assertThat(publication.rowCounts()).containsEntry(GROWING.path(), 2L);
        assertThat(lake.readPublished(GROWING).count()).isEqualTo(2L * i);
        assertThat(lake.readPublished(SNAPSHOT).count()).isEqualTo(2L * i);
        files.add(live(lake));
      }
      assertThat(files).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 1L, 2L);
    }
  }
}
