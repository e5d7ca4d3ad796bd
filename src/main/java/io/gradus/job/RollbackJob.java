package io.gradus.job;

import io.gradus.lake.Lake;
import io.gradus.lake.Publication;
import io.gradus.lake.RunLock;
import io.gradus.lake.RunRef;
import io.gradus.lake.Upkeep;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Goes back to an earlier publication. */
public final class RollbackJob {
  private final SparkSession spark;
  private final InstantSource clock;

  public RollbackJob(SparkSession spark, InstantSource clock) {
    this.spark = spark;
    this.clock = clock;
  }

  /**
   * Withdraws the newest publication, or every one after a run's.
   *
   * @param to the run to go back to, null for the one before the newest
   * @return what readers see from now on
   * @throws io.gradus.error.GradusException usage failure when there is nothing to go back to,
   *     storage failure when its files are gone, lock held while a night runs
   */
  public List<String> run(String root, @Nullable String to) {
    Lake lake = Lake.openExisting(spark, root);
    String before = lake.published().current().map(Publication::runId).orElse("none");
    try (RunLock lock = RunLock.acquire(spark, root, "rollback", clock)) {
      LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
      RunRef run = lake.begin(lock, "rollback-" + lock.epoch(), today);
      Upkeep upkeep = new Upkeep(lake);
      Publication now = to == null ? upkeep.rollBack(run) : upkeep.rollBack(run, to);
      if (now.runId().equals(before)) {
        return List.of("readers see run " + before + " already; nothing was changed");
      }
      return List.of(
          "readers saw run " + before + ", they see run " + now.runId() + " of " + now.asOf(),
          "a night that was withdrawn runs again when it is asked for");
    }
  }
}
