package io.gradus.lake;

import static java.util.stream.Collectors.toMap;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which snapshots stay: every one of the last days, and of each month before them the last one.
 *
 * @param days how many days back every snapshot is kept, counted from the newest as-of date
 * @param batch how many snapshots must be due before any is deleted; each deletion rewrites a
 *     table's log once, so that a night on which few are due costs nothing
 */
public record Retention(int days, int batch) {
  public Retention {
    if (days < 1 || batch < 1) {
      throw new IllegalArgumentException("days and batch start at 1, found " + days + ", " + batch);
    }
  }

  /** Ninety days, deleted by the week. */
  public static Retention standard() {
    return new Retention(90, 7);
  }

  /** The as-of dates whose snapshots are due; none while there are fewer than {@link #batch}. */
  public List<LocalDate> due(Set<LocalDate> kept, LocalDate newest) {
    LocalDate horizon = newest.minusDays(days);
    Set<LocalDate> lastOfMonth =
        Set.copyOf(
            kept.stream()
                .collect(toMap(YearMonth::from, date -> date, (a, b) -> a.isAfter(b) ? a : b))
                .values());
    List<LocalDate> due =
        kept.stream()
            .filter(date -> !date.isAfter(horizon) && !lastOfMonth.contains(date))
            .sorted()
            .collect(Collectors.toList());
    return due.size() < batch ? List.of() : due;
  }
}
