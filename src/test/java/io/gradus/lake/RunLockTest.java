package io.gradus.lake;

import static io.gradus.lake.LakeFixture.CURRENT;
import static io.gradus.lake.LakeFixture.FIRST;
import static io.gradus.lake.LakeFixture.SECOND;
import static io.gradus.lake.LakeFixture.customers;
import static io.gradus.lake.LakeFixture.night;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.error.ExitCode;
import io.gradus.error.GradusException;
import io.gradus.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class RunLockTest {
  private static final Instant NIGHT = Instant.parse("2026-02-01T01:00:00Z");

  @Test
  void aSecondRunIsToldWhoHoldsTheLock(SparkSession spark, @TempDir Path root) {
    RunLock held = acquire(spark, root, NIGHT);
    assertThatThrownBy(() -> acquire(spark, root, NIGHT.plusSeconds(300)))
        .isInstanceOfSatisfying(
            GradusException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.LOCK))
        .hasMessageContaining("nightly 2026-01-31")
        .hasMessageContaining("process " + ProcessHandle.current().pid())
        .hasMessageContaining("2026-02-01T01:00:00Z");
    held.close();
    try (RunLock next = acquire(spark, root, NIGHT)) {
      assertThat(next.epoch()).isEqualTo(held.epoch() + 1);
      assertThat(next.takenOver()).isFalse();
    }
  }

  @Test
  void ofManyCallersOneGetsTheLock(SparkSession spark, @TempDir Path root) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    List<Callable<RunLock>> callers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      callers.add(() -> acquire(spark, root, NIGHT));
    }
    int acquired = 0;
    for (Future<RunLock> caller : pool.invokeAll(callers)) {
      try {
        caller.get();
        acquired++;
      } catch (java.util.concurrent.ExecutionException e) {
        assertThat(e.getCause()).hasMessageContaining("locked by");
      }
    }
    pool.shutdown();
    assertThat(acquired).isEqualTo(1);
  }

  @Test
  void aDeadProcessIsTakenOverAtOnceAndASilentOneAfterTenMinutes(
      SparkSession spark, @TempDir Path root) throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    RunLock first = acquire(spark, root, NIGHT);
    Path file = root.resolve("_gradus/lock/0000000001.lock");
    String text = Files.readString(file);
    Files.writeString(
        file, text.replace("\"pid\":" + ProcessHandle.current().pid(), "\"pid\":" + dead.pid()));
    RunLock second = acquire(spark, root, NIGHT);
    assertThat(second.takenOver()).isTrue();
    assertThatThrownBy(first::verifyHeld).hasMessageContaining("taken over by a later run");

    RunLock third = acquire(spark, root, NIGHT.plus(RunLock.STALE_AFTER).plusSeconds(1));
    assertThat(third.takenOver()).isTrue();
    second.close();
    third.verifyHeld();
    third.close();
  }

  @Test
  void aPausedRunFindsItselfFenced(SparkSession spark, @TempDir Path root) throws IOException {
    RunLock paused = acquire(spark, root, NIGHT);
    Lake pausedLake = Lake.open(spark, root.toString());
    RunRef old = pausedLake.begin(paused, "old", FIRST);
    night(pausedLake, spark, old, 1, 1);
    RunRef late = pausedLake.begin(paused, "late", SECOND);
    pausedLake.overwrite(CURRENT, customers(spark, 5, 5), late);

    try (RunLock later = acquire(spark, root, NIGHT.plusSeconds(3600))) {
      Lake lake = Lake.open(spark, root.toString());
      RunRef run = lake.begin(later, "new", SECOND);
      fenced(() -> pausedLake.overwrite(CURRENT, customers(spark, 6, 6), late));
      // Even a run that cannot see the other's lock must not publish.
      Path lockFile = root.resolve("_gradus/lock/0000000001.lock");
      Path newer = root.resolve("_gradus/lock/0000000002.lock");
      Files.writeString(lockFile, "{}");
      Files.move(newer, root.resolve("hidden"));
      fenced(() -> pausedLake.publish(late, Map.of()));
      Files.move(root.resolve("hidden"), newer);
      assertThat(lake.published().runIds()).containsExactly("old");
      night(lake, spark, run, 2, 2);
      assertThat(lake.published().runIds()).containsExactlyInAnyOrder("old", "new");
      assertThat(lake.readPublished(CURRENT).count()).isEqualTo(2);
    }
  }

  @Test
  void createIfAbsentHasOneWinnerOnAnyFileSystem(@TempDir Path root) {
    SmallFiles files = new SmallFiles(new Configuration());
    var path = new org.apache.hadoop.fs.Path(root.resolve("a/b.txt").toUri());
    assertThat(files.createIfAbsent(path, "one")).isTrue();
    assertThat(files.createIfAbsent(path, "two")).isFalse();
    assertThat(files.read(path)).contains("one");
    files.write(path, "three");
    assertThat(files.read(path)).contains("three");
  }

  private static RunLock acquire(SparkSession spark, Path root, Instant now) {
    return RunLock.acquire(spark, root.toString(), "nightly 2026-01-31", InstantSource.fixed(now));
  }

  private static void fenced(org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            GradusException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FENCED));
  }
}
