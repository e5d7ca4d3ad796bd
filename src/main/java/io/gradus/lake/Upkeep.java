package io.gradus.lake;

import io.gradus.error.GradusException;
import io.gradus.table.Columns;
import io.gradus.table.TableSpec;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** What a lake needs beside its nights: going back, ageing out, cleaning up. */
public final class Upkeep {
  private final Lake lake;

  /** The upkeep of a lake opened to write. */
  public Upkeep(Lake lake) {
    this.lake = lake;
  }

  /**
   * Takes the newest publication back, see {@link #rollBack(RunRef, String)}.
   *
   * @return the publication readers see from now on
   */
  public Publication rollBack(RunRef run) {
    Publication last = current();
    Publications without =
        new Publications(
            lake.published().rows().stream()
                .filter(row -> !row.runId().equals(last.runId()))
                .toList());
    String previous =
        without
            .current()
            .map(Publication::runId)
            .orElseThrow(
                () ->
                    GradusException.usage(
                        "Run "
                            + last.runId()
                            + " is the only publication of "
                            + lake.root()
                            + "."));
    return rollBack(run, previous);
  }

  /**
   * Goes back to an earlier publication: every one after it is withdrawn. The tables are set back
   * first, which readers do not see; then one commit changes over.
   *
   * @param run the roll-back's own name, date and lock
   * @param runId the run whose publication readers see from now on
   * @return that publication
   * @throws GradusException usage failure when no such run is published; storage failure when its
   *     versions are no longer kept
   */
  public Publication rollBack(RunRef run, String runId) {
    Publications moment = lake.published();
    Publication target =
        moment.notWithdrawn().stream()
            .filter(publication -> publication.runId().equals(runId))
            .findFirst()
            .orElseThrow(
                () ->
                    GradusException.usage(
                        "No run "
                            + runId
                            + " is published in "
                            + lake.root()
                            + "; status lists the runs."));
    List<Publication> rows = new ArrayList<>();
    long sequence = moment.nextSequence();
    Set<String> tables = new TreeSet<>();
    for (Publication later : moment.notWithdrawn()) {
      if (later.sequence() > target.sequence()) {
        rows.add(later.again(sequence++, true, later.versions()));
        tables.addAll(later.versions().keySet());
      }
    }
    if (rows.isEmpty()) {
      return target;
    }
    Map<String, Long> versions = new TreeMap<>();
    tables.forEach(
        table ->
            versions.put(
                table, setBack(table, target.versions().getOrDefault(table, 0L), run, runId)));
    // A run of before a migration had its tables in an earlier layout.
    versions.putAll(new LakeMigration(lake).bring(run));
    FailPoints.reach("before-withdraw");
    Publication again = target.again(sequence, false, versions);
    rows.add(again);
    lake.publicationTable().add(rows, run, lake.marker(run));
    return again;
  }

  private Publication current() {
    return lake.requireCurrent(lake.published());
  }

  private long setBack(String table, long version, RunRef run, String target) {
    try {
      lake.setBack(table, version, run);
    } catch (GradusException e) {
      throw e;
    } catch (RuntimeException e) {
      throw GradusException.storage(
          "Table "
              + table
              + " no longer keeps its version "
              + version
              + " of run "
              + target
              + "; replaced files are kept for seven days, and an erasure ends them at once."
              + " Choose a later run, or backfill.",
          e);
    }
    return lake.tables().log(table).version();
  }

  /**
   * Publishes the current run again with one table at its newest version: a change by a person
   * between two runs.
   */
  public void republish(TableSpec table, RunRef run) {
    lake.requireCurrent(lake.published());
    lake.publicationTable()
        .addAgain(Map.of(table.path(), lake.version(table)), run, lake.marker(run));
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
    long due = run.lock().now().minus(Duration.ofHours(keepHours)).toEpochMilli();
    specs.stream()
        .filter(spec -> lake.exists(spec) && replaced(spec))
        .filter(spec -> keepHours == 0 || anyBefore(spec, due))
        .forEach(
            spec -> {
              run.lock().verifyHeld();
              lake.tables().vacuum(spec, keepHours);
            });
  }

  /** Whether there are more files than the newest version has: a look costs less than a vacuum. */
  private boolean replaced(TableSpec spec) {
    return lake.tables()
        .log(spec)
        .fileCount()
        .map(live -> live != fileUse(spec).files())
        .orElse(true);
  }

  private boolean anyBefore(TableSpec spec, long millis) {
    return dataFiles(lake.folders().table(spec)).stream()
        .anyMatch(file -> file.getModificationTime() <= millis);
  }

  /** The data files of a table's folder and their bytes, those of replaced versions included. */
  public FileUse fileUse(TableSpec spec) {
    List<FileStatus> data = dataFiles(lake.folders().table(spec));
    return new FileUse(data.size(), data.stream().mapToLong(FileStatus::getLen).sum());
  }

  private List<FileStatus> dataFiles(Path folder) {
    List<FileStatus> data = new ArrayList<>();
    for (FileStatus entry : lake.files().list(folder)) {
      String name = entry.getPath().getName();
      if (entry.isDirectory() && !name.startsWith("_")) {
        data.addAll(dataFiles(entry.getPath()));
      } else if (name.endsWith(".parquet")) {
        data.add(entry);
      }
    }
    return data;
  }

  /** A number of files and their size. */
  public record FileUse(long files, long bytes) {}
}
