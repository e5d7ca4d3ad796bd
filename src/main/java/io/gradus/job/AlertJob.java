package io.gradus.job;

import io.gradus.lake.Lake;
import io.gradus.lake.Publication;
import io.gradus.lake.RunLock;
import io.gradus.lake.RunRef;
import io.gradus.lake.Upkeep;
import io.gradus.monitor.AlertBook;
import io.gradus.table.OpsMonitoring;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.function.BiFunction;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Changes the state of alerts, as a publication of the same run. */
public final class AlertJob {
  private final SparkSession spark;
  private final InstantSource clock;

  /** A job that takes the lake's lock by this clock. */
  public AlertJob(SparkSession spark, InstantSource clock) {
    this.spark = spark;
    this.clock = clock;
  }

  /**
   * Somebody takes an alert up.
   *
   * @throws io.gradus.error.GradusException (usage) for an unknown id or an alert that has ended;
   *     (lock held) while a run writes
   */
  public void acknowledge(String lake, String id, String by, @Nullable String note) {
    change(lake, "alert ack " + id, (book, date) -> book.acknowledge(id, by, note));
  }

  /**
   * Somebody closes an alert.
   *
   * @throws io.gradus.error.GradusException as {@link #acknowledge}
   */
  public void close(String lake, String id, String by, @Nullable String note) {
    change(lake, "alert close " + id, (book, date) -> book.close(id, by, note, date));
  }

  private void change(
      String root, String purpose, BiFunction<AlertBook, LocalDate, AlertBook> change) {
    Lake lake = Lake.openToRead(spark, root);
    try (RunLock lock = RunLock.acquire(spark, root, purpose, clock)) {
      Publication current = lake.published().current().orElseThrow();
      LocalDate newest =
          lake.published().published().stream()
              .map(Publication::asOf)
              .max(LocalDate::compareTo)
              .orElseThrow();
      RunRef run = lake.begin(lock, current.runId(), current.asOf());
      AlertTable table = new AlertTable(lake);
      table.write(change.apply(table.read(), newest), run);
      new Upkeep(lake).republish(OpsMonitoring.ALERT, run);
    }
  }
}
