package io.gradus.lake;

import static io.gradus.lake.LakeFixture.CURRENT;
import static io.gradus.lake.LakeFixture.FIRST;
import static io.gradus.lake.LakeFixture.SECOND;
import static io.gradus.lake.LakeFixture.SNAPSHOT;
import static io.gradus.lake.LakeFixture.lock;
import static io.gradus.lake.LakeFixture.night;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.testing.Forked;
import io.gradus.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A night in a process of its own that is halted at a fail point, then repeated here. By default at
 * the two that decide; with {@code -Dgradus.test.faults=all} at each.
 */
@ExtendWith(SparkExtension.class)
class CrashTest {
  static List<String> failPoints() {
    return "all".equals(System.getProperty("gradus.test.faults"))
        ? List.of("after-commit-customer_current", "before-publish", "after-publish")
        : List.of("before-publish", "after-publish");
  }

  @ParameterizedTest
  @MethodSource("failPoints")
  void aHaltedNightIsInvisibleOrCompleteAndCanBeRepeated(
      String failPoint, SparkSession spark, @TempDir Path root) throws Exception {
    Lake lake = Lake.open(spark, root.toString());
    try (RunLock lock = lock(spark, root)) {
      night(lake, spark, lake.begin(lock, "run-1", FIRST), 2, 20);
    }
    assertThat(nightInAnotherProcess(root, failPoint)).isEqualTo(FailPoints.HALTED);

    Lake after = Lake.open(spark, root.toString());
    boolean published = after.published().ofRun("run-2").isPresent();
    assertThat(published).isEqualTo(failPoint.equals("after-publish"));
    assertThat(after.readPublished(CURRENT).count()).isEqualTo(published ? 3 : 2);
    if (!published) {
      try (RunLock lock = lock(spark, root)) {
        assertThat(lock.takenOver()).isTrue();
        night(after, spark, after.begin(lock, "run-2", SECOND), 3, 30);
      }
    }
    assertThat(after.readPublished(SNAPSHOT).count()).isEqualTo(5);
    assertThat(after.read(SNAPSHOT).count()).isEqualTo(5);
    assertThat(after.published().rows())
        .extracting(Publication::runId)
        .containsExactly("run-1", "run-2");
  }

  private static int nightInAnotherProcess(Path root, String failPoint)
      throws IOException, InterruptedException {
    List<String> armed = List.of("-D" + FailPoints.PROPERTY + "=" + failPoint);
    return Forked.start(Night.class, armed, root.toString()).waitFor();
  }

  /** The night of the other process. */
  static final class Night {
    private Night() {}

    public static void main(String[] arguments) {
      String root = arguments[0];
      SparkSession spark =
          SparkSessions.start(new SessionOptions("local[2]", "crash", 0, false, Map.of()));
      Lake lake = Lake.open(spark, root);
      try (RunLock lock = RunLock.acquire(spark, root, "crash", InstantSource.system())) {
        night(lake, spark, lake.begin(lock, "run-2", SECOND), 3, 30);
      }
    }
  }
}
