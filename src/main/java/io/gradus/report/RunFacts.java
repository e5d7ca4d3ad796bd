package io.gradus.report;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * What a person is told of one run.
 *
 * @param published false when the same run had been published before and nothing was written
 * @param quarantinedReasons reason → rows, in words, largest first
 * @param seconds wall-clock seconds of the run
 */
public record RunFacts(
    String runId,
    LocalDate asOf,
    boolean published,
    String lake,
    String currency,
    long files,
    long rowsIn,
    long rowsAccepted,
    long rowsQuarantined,
    long rowsExcluded,
    long rowsDuplicate,
    long rowsErased,
    BigDecimal amountAccepted,
    List<Count> quarantinedReasons,
    long customers,
    List<GradeShare> grades,
    List<Count> cells,
    List<String> notes,
    List<String> warnings,
    List<StageTime> stages,
    double seconds) {

  /** A name with its count. */
  public record Count(String name, long count) {}

  /**
   * One grade of the structure.
   *
   * @param revenue net revenue of the last 365 days
   * @param clv expected margin of the next 12 months
   */
  public record GradeShare(
      String grade,
      long customers,
      double customerShare,
      BigDecimal revenue,
      double revenueShare,
      BigDecimal clv,
      double meanChurn) {}

  public RunFacts {
    quarantinedReasons = List.copyOf(quarantinedReasons);
    grades = List.copyOf(grades);
    cells = List.copyOf(cells);
    notes = List.copyOf(notes);
    warnings = List.copyOf(warnings);
    stages = List.copyOf(stages);
  }

  /** What is told of a run that had been published before. */
  public static RunFacts alreadyPublished(String runId, LocalDate asOf, String lake) {
    return new RunFacts(
        runId,
        asOf,
        false,
        lake,
        "",
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        BigDecimal.ZERO,
        List.of(),
        0,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        0);
  }
}
