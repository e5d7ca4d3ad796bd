package io.gradus.job;

import io.gradus.error.GradusException;
import io.gradus.lake.Compaction;
import io.gradus.lake.Lake;
import io.gradus.lake.RunLock;
import io.gradus.lake.RunRef;
import io.gradus.lake.Upkeep;
import io.gradus.lake.Upkeep.FileUse;
import io.gradus.table.TableSpec;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Joins the small files of a lake and deletes those that no version of the last days needs. */
public final class OptimizeJob {
  private static final int KEEP_HOURS = 168;

  private final SparkSession spark;
  private final InstantSource clock;

  public OptimizeJob(SparkSession spark, InstantSource clock) {
    this.spark = spark;
    this.clock = clock;
  }

  /**
   * Compacts and vacuums every table; the rows that readers see stay the same.
   *
   * @return what changed, one line per table and a total
   * @throws GradusException lock held while a night runs; usage failure without a lake
   */
  public List<String> run(String root) {
    Lake lake = Lake.openExisting(spark, root);
    List<TableSpec> tables = AllTables.list().stream().filter(lake::exists).toList();
    Upkeep upkeep = new Upkeep(lake);
    Map<TableSpec, FileUse> before = new LinkedHashMap<>();
    tables.forEach(table -> before.put(table, upkeep.fileUse(table)));
    List<String> compacted;
    try (RunLock lock = RunLock.acquire(spark, root, "optimize", clock)) {
      LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
      RunRef run = lake.begin(lock, "optimize-" + lock.epoch(), today);
      compacted = new Compaction(lake).ofPublished(tables, run);
      upkeep.vacuum(tables, KEEP_HOURS, run);
    }
    List<String> lines = new ArrayList<>();
    FileUse all = new FileUse(0, 0);
    FileUse left = new FileUse(0, 0);
    for (TableSpec table : tables) {
      FileUse old = before.getOrDefault(table, new FileUse(0, 0));
      FileUse now = upkeep.fileUse(table);
      all = sum(all, old);
      left = sum(left, now);
      if (compacted.contains(table.path()) || !old.equals(now)) {
        lines.add(line(table.path(), old, now));
      }
    }
    lines.add(line("all " + tables.size() + " tables", all, left));
    lines.add("replaced files stay for seven days, for roll-backs and running readers");
    return lines;
  }

  private static FileUse sum(FileUse a, FileUse b) {
    return new FileUse(a.files() + b.files(), a.bytes() + b.bytes());
  }

  private static String line(String what, FileUse before, FileUse after) {
    return String.format(
        Locale.ROOT,
        "%-34s %,8d files %,12.1f kB  →  %,8d files %,12.1f kB",
        what,
        before.files(),
        before.bytes() / 1e3,
        after.files(),
        after.bytes() / 1e3);
  }
}
