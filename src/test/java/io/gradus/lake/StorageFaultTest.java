package io.gradus.lake;

import static io.gradus.lake.LakeFixture.CURRENT;
import static io.gradus.lake.LakeFixture.FIRST;
import static io.gradus.lake.LakeFixture.SECOND;
import static io.gradus.lake.LakeFixture.SNAPSHOT;
import static io.gradus.lake.LakeFixture.night;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.error.ExitCode;
import io.gradus.error.GradusException;
import io.gradus.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A night on another file system in which one changing operation fails. By default some of them;
 * with {@code -Dgradus.test.faults=all} each in turn.
 */
@ExtendWith(SparkExtension.class)
class StorageFaultTest {
  private static final int SAMPLES = 2;

  @Test
  void whateverFailsReadersSeeOneRunAndARepeatGivesTheSameResult(
      SparkSession spark, @TempDir Path folder) throws IOException {
    FaultyFileSystem.register(spark.sparkContext().hadoopConfiguration());
    FaultyFileSystem.failAt = 0;
    Path golden = folder.resolve("golden");
    run(spark, golden, "run-1", 2);
    Path start = folder.resolve("start");
    copy(golden, start);
    FaultyFileSystem.OPERATIONS.set(0);
    Map<String, String> expected = run(spark, golden, "run-2", 3);
    int operations = FaultyFileSystem.OPERATIONS.get();
    assertThat(operations).isGreaterThan(10);

    boolean all = "all".equals(System.getProperty("gradus.test.faults"));
    int step = all ? 1 : Math.max(1, operations / SAMPLES);
    Map<Integer, String> failures = new TreeMap<>();
    for (int k = 1; k <= operations; k += step) {
      Path lake = folder.resolve("lake-" + k);
      copy(start, lake);
      FaultyFileSystem.OPERATIONS.set(0);
      FaultyFileSystem.failAt = k;
      try {
        run(spark, lake, "run-2", 3);
      } catch (GradusException e) {
        assertThat(e.exitCode()).isIn(ExitCode.STORAGE, ExitCode.FENCED);
        failures.put(k, e.getMessage());
      } finally {
        FaultyFileSystem.failAt = 0;
      }
      Lake reader = Lake.openToRead(spark, uri(lake));
      long seen = reader.readPublished(CURRENT).count();
      assertThat(seen).as("rows after operation %s failed", k).isIn(2L, 3L);
      assertThat(reader.readPublished(SNAPSHOT).count()).isEqualTo(seen == 2 ? 2 : 5);
      if (seen == 2) {
        assertThat(run(spark, lake, "run-2", 3)).as("repeat after %s", k).isEqualTo(expected);
      }
      assertThat(Lake.openToRead(spark, uri(lake)).readPublished(SNAPSHOT).count()).isEqualTo(5);
    }
    assertThat(failures).isNotEmpty();
  }

  private static Map<String, String> run(SparkSession spark, Path root, String runId, int n) {
    try (RunLock lock = RunLock.acquire(spark, uri(root), runId, InstantSource.system())) {
      Lake lake = Lake.open(spark, uri(root));
      RunRef run = lake.begin(lock, runId, runId.equals("run-1") ? FIRST : SECOND);
      return night(lake, spark, run, n, 10.0 * n).contentHashes();
    }
  }

  private static String uri(Path path) {
    return "faulty://" + path;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
