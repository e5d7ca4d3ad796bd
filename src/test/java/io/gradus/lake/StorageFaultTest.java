package io.gradus.lake;

import static io.gradus.lake.LakeFixture.CURRENT;
import static io.gradus.lake.LakeFixture.FIRST;
import static io.gradus.lake.LakeFixture.SECOND;
import static io.gradus.lake.LakeFixture.SNAPSHOT;
import static io.gradus.lake.LakeFixture.night;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.error.ExitCode;
import io.gradus.error.GradusException;
import io.gradus.testing.Folders;
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
 * A night on another file system of which each changing operation in turn is the one that fails:
 * alone, as on a full disk, or with all that follow, as when the power goes. By default the two
 * alternate; with {@code -Dgradus.test.faults=all} each operation fails both ways.
 */
@ExtendWith(SparkExtension.class)
class StorageFaultTest {
  @Test
  void whateverFailsReadersSeeOneRunAndARepeatGivesTheSameResult(
      SparkSession spark, @TempDir Path folder) throws IOException {
    FaultyFileSystem.register(spark.sparkContext().hadoopConfiguration());
    FaultyFileSystem.disarm();
    Path golden = folder.resolve("golden");
    run(spark, golden, "run-1", 2);
    Path start = folder.resolve("start");
    Folders.copy(golden, start);
    FaultyFileSystem.disarm();
    Map<String, String> expected = run(spark, golden, "run-2", 3);
    int operations = FaultyFileSystem.operations();
    assertThat(operations).isGreaterThan(10);

    boolean both = "all".equals(System.getProperty("gradus.test.faults"));
    Map<Integer, String> failures = new TreeMap<>();
    for (int k = 1; k <= operations; k++) {
      for (boolean power : both ? new boolean[] {false, true} : new boolean[] {k % 2 == 0}) {
        String name = "operation " + k + (power ? " and all after it" : "") + " failed";
        Path lake = folder.resolve("lake-" + k + power);
        Folders.copy(start, lake);
        String failure = failingRun(spark, lake, k, power);
        if (failure != null) {
          failures.put(2 * k + (power ? 1 : 0), failure);
        }
        forgetOwner(lake);
        check(spark, lake, name, expected);
      }
    }
    System.err.println(
        "storage faults: " + operations + " operations, " + failures.size() + " failed runs");
    assertThat(failures).hasSizeGreaterThan(operations / 3);
  }

  private static String failingRun(SparkSession spark, Path lake, int k, boolean power) {
    FaultyFileSystem.arm(k, power);
    try {
      run(spark, lake, "run-2", 3);
      return null;
    } catch (GradusException e) {
      assertThat(e.exitCode()).as(e.getMessage()).isIn(ExitCode.STORAGE, ExitCode.FENCED);
      return e.getMessage();
    } finally {
      FaultyFileSystem.disarm();
    }
  }

  /** The lock of a process that is gone: this one lives on, so its number is taken away. */
  private static void forgetOwner(Path lake) throws IOException {
    try (var files = Files.list(lake.resolve("_gradus/lock"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".lock")).toList()) {
        String pid = "\"pid\":" + ProcessHandle.current().pid();
        Files.writeString(file, Files.readString(file).replace(pid, "\"pid\":999999999"));
      }
    }
  }

  /** Readers see one run, whole; the night is there or can be repeated with the same result. */
  private static void check(
      SparkSession spark, Path lake, String name, Map<String, String> expected) {
    Lake reader = Lake.openToRead(spark, uri(lake));
    long seen = reader.readPublished(CURRENT).count();
    assertThat(seen).as("customers after %s", name).isIn(2L, 3L);
    assertThat(reader.readPublished(SNAPSHOT).count())
        .as("snapshots after %s", name)
        .isEqualTo(seen == 2 ? 2 : 5);
    if (seen == 2) {
      assertThat(run(spark, lake, "run-2", 3)).as("repeat after %s", name).isEqualTo(expected);
    }
    assertThat(Lake.openToRead(spark, uri(lake)).published().rows())
        .as("publications after %s", name)
        .extracting(Publication::runId)
        .containsExactly("run-1", "run-2");
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
}
