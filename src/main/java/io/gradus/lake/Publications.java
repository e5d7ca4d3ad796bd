package io.gradus.lake;

import static java.util.stream.Collectors.toSet;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The publications of a lake at one moment. A run counts by its newest row; a withdrawn run does
 * not count; of several runs for one as-of date the one published last counts.
 *
 * @param rows every row of the publication table, by sequence
 */
public record Publications(List<Publication> rows) {
  public Publications {
    rows = rows.stream().sorted(Comparator.comparingLong(Publication::sequence)).toList();
  }

  /** The publications that count, one per as-of date, by as-of date. */
  public List<Publication> published() {
    Map<LocalDate, Publication> byDate = new HashMap<>();
    notWithdrawn().forEach(row -> byDate.put(row.asOf(), row));
    List<Publication> result = new ArrayList<>(byDate.values());
    result.sort(Comparator.comparing(Publication::asOf));
    return result;
  }

  /** The newest row of each run that is not withdrawn, superseded ones included, by sequence. */
  List<Publication> notWithdrawn() {
    Map<String, Publication> byRun = new HashMap<>();
    rows.forEach(row -> byRun.put(row.runId(), row));
    return byRun.values().stream()
        .filter(row -> !row.withdrawn())
        .sorted(Comparator.comparingLong(Publication::sequence))
        .toList();
  }

  /** The one whose table versions readers use: of those that count the one published last. */
  public Optional<Publication> current() {
    return published().stream().max(Comparator.comparingLong(Publication::sequence));
  }

  /** The publication of this run, if it counts. */
  public Optional<Publication> ofRun(String runId) {
    return published().stream().filter(row -> row.runId().equals(runId)).findFirst();
  }

  /** The publication for this as-of date, if one counts. */
  public Optional<Publication> ofDate(LocalDate asOf) {
    return published().stream().filter(row -> row.asOf().equals(asOf)).findFirst();
  }

  /** The identifiers of the runs that count. */
  public Set<String> runIds() {
    return published().stream().map(Publication::runId).collect(toSet());
  }

  /** The sequence number the next row takes. */
  long nextSequence() {
    return rows.isEmpty() ? 1 : rows.get(rows.size() - 1).sequence() + 1;
  }
}
