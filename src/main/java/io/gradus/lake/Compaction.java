package io.gradus.lake;

import io.gradus.error.GradusException;
import io.gradus.table.TableSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Joins small files. Each night adds at least one to every table that grows, and a reader opens
 * them all, so that nights would cost more and more without it.
 */
public final class Compaction {
  private static final long ALL = 1L << 30;
  private static final long SMALL = 8L << 20;
  private static final long FEW_FILES = 8;

  private final Lake lake;

  /** The compaction of a lake opened to write. */
  public Compaction(Lake lake) {
    this.lake = lake;
  }

  /**
   * Joins files below 8 MB of the tables that a run has written, when it is one in so many. Call it
   * before {@link Lake#publish}, which then publishes the joined files; larger files stay as they
   * are, so that the cost follows what was added, and so do later changes of their rows.
   *
   * @param nights the publications from one compaction to the next
   * @return the tables that have new files
   */
  public List<String> ofRun(RunRef run, Collection<TableSpec> specs, int nights) {
    if (lake.published().nextSequence() % nights != 0) {
      return List.of();
    }
    List<String> changed = new ArrayList<>();
    for (TableSpec spec : specs) {
      Commit written = lake.written(run, spec);
      if (written.version() > 0
          && lake.tables().log(spec).fileCount().orElse(FEW_FILES + 1) > FEW_FILES) {
        run.lock().verifyHeld();
        long version = lake.tables().compact(spec, SMALL, lake.marker(run));
        if (version > written.version()) {
          lake.remember(run, written.at(version));
          changed.add(spec.path());
        }
      }
    }
    return changed;
  }

  /**
   * Joins the small files of tables into larger ones, then publishes the same rows in their new
   * files by one commit. A table that is one file per partition already stays as it is.
   *
   * @return the tables that have new files
   * @throws GradusException usage failure when nothing is published
   */
  public List<String> ofPublished(Collection<TableSpec> specs, RunRef run) {
    Map<String, Long> versions = lake.requireCurrent(lake.published()).versions();
    Map<String, Long> changed = new LinkedHashMap<>();
    for (TableSpec spec : specs) {
      Long published = versions.get(spec.path());
      if (published == null || lake.tables().log(spec).fileCount().orElse(2L) < 2) {
        continue;
      }
      // What an unfinished run left goes before anything is built on the newest version.
      lake.setBack(spec.path(), published, run);
      long before = lake.version(spec);
      long after = lake.tables().compact(spec, ALL, lake.marker(run));
      if (after > before) {
        changed.put(spec.path(), after);
      }
    }
    if (!changed.isEmpty()) {
      lake.publicationTable().addAgain(changed, run, lake.marker(run));
    }
    return List.copyOf(changed.keySet());
  }
}
