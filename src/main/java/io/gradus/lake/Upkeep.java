package io.gradus.lake;

import io.gradus.error.GradusException;
import io.gradus.table.Columns;
import io.gradus.table.TableSpec;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a lake needs beside its nights: going back, ageing out, cleaning up. */
public final class Upkeep {
  private final Lake lake;

  /** The upkeep of a lake opened to write. */
  public Upkeep(Lake lake) {
    this.lake = lake;
  }

  /**
   * Takes the newest publication back: readers see the one before it at once, then its tables are
   * set back for readers that know no publication.
   *
   * @param run the roll-back's own name, date and lock
   * @return the publication readers see from now on
   * @throws GradusException usage failure when there is nothing to go back to; storage failure when
   *     the earlier versions are no longer kept
   */
  public Publication rollBack(RunRef run) {
    Publication last =
        lake.published()
            .current()
            .orElseThrow(
                () -> GradusException.usage("Nothing is published in " + lake.root() + " yet."));
    Publications without =
        new Publications(
            lake.published().rows().stream()
                .filter(row -> !row.runId().equals(last.runId()))
                .toList());
    Publication previous =
        without
            .current()
            .orElseThrow(
                () ->
                    GradusException.usage(
                        "Run "
                            + last.runId()
                            + " is the only publication of "
                            + lake.root()
                            + "."));
    lake.publicationTable()
        .add(
            last.again(lake.published().nextSequence(), true, last.versions()),
            run,
            lake.marker(run));
    FailPoints.reach("after-withdraw");
    Map<String, Long> versions = new TreeMap<>();
    last.versions()
        .keySet()
        .forEach(
            table -> {
              long version = previous.versions().getOrDefault(table, 0L);
              versions.put(table, setBack(table, version, run));
            });
    Publication republished = previous.again(lake.published().nextSequence(), false, versions);
    lake.publicationTable().add(republished, run, lake.marker(run));
    return republished;
  }

  private long setBack(String table, long version, RunRef run) {
    run.lock().verifyHeld();
    if (lake.tables().log(table).version() != version) {
      lake.tables().restore(table, version, lake.marker(run));
    }
    return lake.tables().log(table).version();
  }

  /**
   * Publishes the current run again with one table at its newest version: a change by a person
   * between two runs.
   */
  public void republish(TableSpec table, RunRef run) {
    Publications moment = lake.published();
    Publication current =
        moment
            .current()
            .orElseThrow(
                () -> GradusException.usage("Nothing is published in " + lake.root() + " yet."));
    Map<String, Long> versions = new TreeMap<>(current.versions());
    versions.put(table.path(), lake.version(table));
    lake.publicationTable()
        .add(current.again(moment.nextSequence(), false, versions), run, lake.marker(run));
  }

  /**
   * Deletes the snapshots that are due from the tables cut by {@value Columns#SNAPSHOT_DATE}. Call
   * it before {@link Lake#publish}, which then publishes the shortened tables; until then readers
   * see the longer ones.
   *
   * @return the as-of dates deleted
   */
  public List<LocalDate> retain(Retention retention, Collection<TableSpec> specs, RunRef run) {
    Set<LocalDate> dates = new TreeSet<>(Set.of(run.asOf()));
    lake.published().published().forEach(publication -> dates.add(publication.asOf()));
    List<LocalDate> due = retention.due(dates, Collections.max(dates));
    if (due.isEmpty()) {
      return due;
    }
    String condition =
        due.stream()
            .map(date -> "DATE'" + date + "'")
            .collect(Collectors.joining(", ", Columns.SNAPSHOT_DATE + " IN (", ")"));
    specs.stream()
        .filter(spec -> spec.partitionBy().contains(Columns.SNAPSHOT_DATE) && lake.exists(spec))
        .forEach(spec -> delete(spec, condition, run));
    return due;
  }

  private void delete(TableSpec spec, String condition, RunRef run) {
    run.lock().verifyHeld();
    String marker = lake.marker(run);
    long version = lake.tables().delete(spec, condition, marker);
    lake.remember(run, lake.written(run, spec).at(version));
  }

  /**
   * Deletes data files that no version of the last days needs. Call it after {@link Lake#publish}:
   * what is published are then the newest versions.
   *
   * @param keepHours how long files of replaced versions are kept for roll-backs and running
   *     readers; at least 168 unless the tables hold something that must go now
   */
  public void vacuum(Collection<TableSpec> specs, int keepHours, RunRef run) {
    specs.stream()
        .filter(lake::exists)
        .forEach(
            spec -> {
              run.lock().verifyHeld();
              lake.tables().vacuum(spec, keepHours);
            });
  }
}
