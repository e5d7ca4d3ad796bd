package io.gradus.export;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What makes a target's table equal to the published one. Rows of a run never change, so a run that
 * the target holds with the same number of rows stays as it is.
 *
 * @param everything whether no row of the target is kept
 * @param obsolete the runs whose rows go
 * @param missing the runs whose rows come; of no meaning when everything comes
 */
public record Change(boolean everything, Set<String> obsolete, Set<String> missing) {
  public Change {
    obsolete = Set.copyOf(obsolete);
    missing = Set.copyOf(missing);
  }

  /** A table that is filled from nothing. */
  public static Change all() {
    return new Change(true, Set.of(), Set.of());
  }

  /**
   * The difference of two tables.
   *
   * @param there rows by run in the target
   * @param published rows by run in the lake
   */
  public static Change between(Map<String, Long> there, Map<String, Long> published) {
    Set<String> obsolete = new TreeSet<>(there.keySet());
    Set<String> missing = new TreeSet<>(published.keySet());
    there.forEach(
        (run, rows) -> {
          if (Objects.equals(published.get(run), rows)) {
            obsolete.remove(run);
            missing.remove(run);
          }
        });
    return obsolete.size() == there.size() ? all() : new Change(false, obsolete, missing);
  }

  /** Whether the target's table is already right. */
  public boolean isNone() {
    return !everything && obsolete.isEmpty() && missing.isEmpty();
  }
}
