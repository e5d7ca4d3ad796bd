package io.gradus.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a lake stands: its published runs and what failed.
 *
 * @param today the day it is looked at, UTC
 * @param newestInputDay the newest business day with accepted rows that the last run saw; null
 *     before the first
 * @param runs the published runs, newest as-of date first
 * @param failures runs that ended without publishing, newest first
 */
public record LakeStatus(
    String lake,
    LocalDate today,
    @Nullable LocalDate newestInputDay,
    List<Run> runs,
    List<Failure> failures) {

  /**
   * One published run.
   *
   * @param usualSeconds the median of the published runs that started before it; null for the first
   */
  public record Run(
      LocalDate asOf,
      String runId,
      Instant started,
      double seconds,
      @Nullable Double usualSeconds,
      long customers,
      long inputFiles,
      long inputRows,
      String codeVersion) {}

  /** One run that failed; texts are empty where it ended before they were known. */
  public record Failure(
      Instant at,
      String asOf,
      String runId,
      String stage,
      int exitCode,
      String message,
      double seconds,
      String host) {}

  public LakeStatus {
    runs = List.copyOf(runs);
    failures = List.copyOf(failures);
  }

  /** The newest graded day. */
  public Optional<LocalDate> asOf() {
    return runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(0).asOf());
  }

  /** Days from the newest graded day to today. */
  public Optional<Long> ageDays() {
    return asOf().map(day -> ChronoUnit.DAYS.between(day, today));
  }

  /** Days that the newest graded day is behind the input that was there for it. */
  public Optional<Long> daysBehindInput() {
    LocalDate newest = newestInputDay;
    return newest == null
        ? Optional.empty()
        : asOf().map(day -> Math.max(0, ChronoUnit.DAYS.between(day, newest)));
  }

  /** The newest failure, unless a run has published since. */
  public Optional<Failure> openFailure() {
    Optional<Instant> lastEnd =
        runs.stream()
            .map(run -> run.started().plusMillis((long) (run.seconds() * 1000)))
            .max(Instant::compareTo);
    return failures.stream()
        .findFirst()
        .filter(failure -> lastEnd.isEmpty() || failure.at().isAfter(lastEnd.get()));
  }
}
