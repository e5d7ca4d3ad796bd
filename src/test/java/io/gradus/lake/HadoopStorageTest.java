package io.gradus.lake;

import static io.gradus.lake.LakeFixture.CURRENT;
import static io.gradus.lake.LakeFixture.FIRST;
import static io.gradus.lake.LakeFixture.SECOND;
import static io.gradus.lake.LakeFixture.SNAPSHOT;
import static io.gradus.lake.LakeFixture.night;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradus.error.ExitCode;
import io.gradus.error.GradusException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Lake, lock, inputs and the record of failures by URI, on a file system other than the local. */
@ExtendWith(io.gradus.testing.SparkExtension.class)
class HadoopStorageTest {
  private static final Instant EVENING = Instant.parse("2026-02-01T20:00:00Z");

  @TempDir static Path folder;

  @BeforeAll
  static void register(SparkSession spark) {
    StrictFileSystem.register(spark.sparkContext().hadoopConfiguration());
  }

  private static String uri(String name) {
    return "strict://" + folder.resolve(name);
  }

  private static RunLock lock(SparkSession spark, String name, Instant at) {
    return RunLock.acquire(spark, uri(name), "test", InstantSource.fixed(at));
  }

  @Test
  void nightsPublishAndReadersSeeThem(SparkSession spark) {
    Lake lake = Lake.open(spark, uri("lake"));
    try (RunLock lock = lock(spark, "lake", EVENING)) {
      night(lake, spark, lake.begin(lock, "run-1", FIRST), 3, 10);
    }
    try (RunLock lock = lock(spark, "lake", EVENING)) {
      night(lake, spark, lake.begin(lock, "run-2", SECOND), 4, 20);
    }
    Lake reader = Lake.openToRead(spark, uri("lake"));
    assertThat(reader.root()).startsWith("strict:/");
    assertThat(reader.readPublished(CURRENT).count()).isEqualTo(4);
    assertThat(reader.readPublished(SNAPSHOT).count()).isEqualTo(7);

    FailedRun failed = new FailedRun(EVENING, "latest", "", "silver", 3, "no input", 1, "etl-1");
    FailedRuns.of(spark, uri("lake")).add(failed);
    FailedRuns.of(spark, uri("nothing-here")).add(failed);
    assertThat(FailedRuns.of(spark, uri("lake")).newestFirst()).containsExactly(failed);
    assertThat(Files.exists(folder.resolve("nothing-here"))).isFalse();
    assertThat(Lake.openToRead(spark, uri("lake")).published().rows()).hasSize(2);
  }

  @Test
  void ofManyCallersOneGetsTheLockAndADeadOneIsFenced(SparkSession spark) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(6);
    List<Callable<RunLock>> callers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      callers.add(() -> lock(spark, "busy", EVENING));
    }
    List<RunLock> held = new ArrayList<>();
    for (Future<RunLock> caller : pool.invokeAll(callers)) {
      try {
        held.add(caller.get());
      } catch (ExecutionException e) {
        assertThat(((GradusException) e.getCause()).exitCode()).isEqualTo(ExitCode.LOCK);
      }
    }
    pool.shutdown();
    assertThat(held).hasSize(1);

    Instant later = EVENING.plus(RunLock.STALE_AFTER).plusSeconds(1);
    try (RunLock next = lock(spark, "busy", later)) {
      assertThat(next.takenOver()).isTrue();
      assertThatThrownBy(held.get(0)::verifyHeld).hasMessageContaining("taken over");
    }
    held.get(0).close();
  }

  @Test
  void inputsAreReadByUri(SparkSession spark) {
    spark
        .range(20)
        .selectExpr(
            "concat('c', id % 4) AS customer_id",
            "timestamp_seconds(1767225600 + id * 86400) AS timestamp",
            "CAST(1.5 * id AS DECIMAL(18,2)) AS amount")
        .coalesce(1)
        .write()
        .parquet(folder.resolve("landing").toString());
    Manifest manifest =
        InputFiles.plan(
            spark, uri("landing"), new InputOptions(false, false, List.of(uri("landing"))));
    assertThat(manifest.rows()).isEqualTo(20);
    assertThat(InputFiles.read(spark, manifest).count()).isEqualTo(20);
    InputFiles.verifyUnchanged(spark, manifest);
    assertThatThrownBy(
            () ->
                InputFiles.plan(
                    spark, uri("landing"), new InputOptions(false, false, List.of(uri("other")))))
        .hasMessageContaining("outside the declared roots");
  }
}
