package io.gradus.lake;

import io.gradus.table.Gold;
import io.gradus.table.Ops;
import io.gradus.table.Silver;
import io.gradus.table.TableSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Brings the tables of an earlier layout to today's contracts and publishes the run that readers
 * see once more, with the same rows. It can be repeated: what an interrupted migration or a dead
 * run left goes first.
 *
 * <p>From layout 1: customers without purchases are allowed, so RFM scores and segments may be
 * NULL; summaries by grade have a scope, which in older rows is everybody; columns that have come
 * since are NULL in older rows.
 */
final class LakeMigration {
  /** What older rows have in a column that has come since, by table; NULL is not listed. */
  private static final Map<String, Map<String, String>> OLDER_ROWS =
      Map.of("gold/grade_summary", Map.of("scope_column", "'all'", "scope_value", "'all'"));

  private final Lake lake;
  private final TableMigration tables;

  LakeMigration(Lake lake) {
    this.lake = lake;
    this.tables = new TableMigration(lake.spark(), lake.tables(), lake.folders());
  }

  /** Migrates every table of the lake, under the run's lock. */
  void run(RunRef run) {
    existing().forEach(spec -> lake.settle(spec, run));
    Map<String, Long> changed = bring(run);
    Optional<Publication> current = lake.published().current();
    if (changed.isEmpty() || current.isEmpty()) {
      return;
    }
    changed.keySet().retainAll(current.get().versions().keySet());
    FailPoints.reach("before-migrated");
    lake.publicationTable().addAgain(changed, run, lake.marker(run));
  }

  /**
   * Brings the tables as they are now to their contracts.
   *
   * @return the newest version of each table that was changed
   */
  Map<String, Long> bring(RunRef run) {
    Map<String, Long> changed = new TreeMap<>();
    for (TableSpec spec : existing()) {
      run.lock().verifyHeld();
      Map<String, String> values = OLDER_ROWS.getOrDefault(spec.path(), Map.of());
      if (tables.bring(spec, values, lake.marker(run))) {
        changed.put(spec.path(), lake.version(spec));
      }
    }
    return changed;
  }

  private List<TableSpec> existing() {
    return Stream.of(Gold.tables(), Silver.tables(), Ops.tables())
        .flatMap(List::stream)
        .filter(lake::exists)
        .toList();
  }
}
