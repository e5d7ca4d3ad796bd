package io.gradus.job;

import io.gradus.ingest.Reconciliation;
import io.gradus.ingest.Reconciliation.Disposition;
import io.gradus.ingest.Reconciliation.Line;
import io.gradus.lake.Lake;
import io.gradus.lake.RunRef;
import io.gradus.report.RunFacts;
import io.gradus.report.RunFacts.Count;
import io.gradus.report.RunFacts.GradeShare;
import io.gradus.report.StageTime;
import io.gradus.table.Columns;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Row;

/** Gathers what a person is told from what the run has written. */
final class Facts {
  private final Lake lake;
  private final RunRef run;
  private final List<String> order;
  private List<Row> grades = List.of();
  private List<Row> cells = List.of();

  /**
   * @param order the policy's grades, best first
   */
  Facts(Lake lake, RunRef run, List<String> order) {
    this.order = List.copyOf(order);
    this.lake = lake;
    this.run = run;
  }

  /** The rows of {@code gold.grade_summary}. */
  void grades(List<Row> rows) {
    grades = List.copyOf(rows);
  }

  /** The rows of {@code gold.grade_summary}, as given. */
  List<Row> grades() {
    return grades;
  }

  /** The rows of {@code gold.matrix_summary}. */
  void cells(List<Row> rows) {
    cells = List.copyOf(rows);
  }

  /** What is told of a run that was published before. */
  static RunFacts alreadyPublished(Lake lake, String runId, LocalDate asOf) {
    return RunFacts.alreadyPublished(runId, asOf, place(lake));
  }

  RunFacts gather(
      String currency,
      long files,
      Reconciliation input,
      List<String> notes,
      List<String> warnings,
      List<StageTime> stages,
      double seconds) {
    List<GradeShare> shares = shares();
    return new RunFacts(
        run.runId(),
        run.asOf(),
        true,
        place(lake),
        currency,
        files,
        input.totalRows(),
        input.rows(Disposition.ACCEPTED),
        input.rows(Disposition.QUARANTINED),
        input.rows(Disposition.EXCLUDED),
        input.rows(Disposition.DUPLICATE),
        input.rows(Disposition.ERASED),
        input.amount(Disposition.ACCEPTED),
        input.lines().stream()
            .filter(line -> line.disposition() != Disposition.ACCEPTED)
            .sorted(Comparator.comparingLong(Line::rows).reversed())
            .map(line -> new Count(line.reason(), line.rows()))
            .toList(),
        shares.stream().mapToLong(GradeShare::customers).sum(),
        shares,
        counts(),
        notes,
        warnings,
        stages,
        seconds);
  }

  private List<GradeShare> shares() {
    return grades.stream()
        .filter(row -> row.getAs("scope_column").equals("all"))
        .map(
            row ->
                new GradeShare(
                    row.getAs(Columns.GRADE),
                    row.<Long>getAs("customers"),
                    orZero(row.getAs("customer_share")),
                    row.<BigDecimal>getAs("revenue_365d"),
                    orZero(row.getAs("revenue_share")),
                    row.<BigDecimal>getAs("clv_12m"),
                    orZero(row.getAs("mean_churn_probability"))))
        .sorted(Comparator.comparingInt(grade -> order.indexOf(grade.grade())))
        .toList();
  }

  private List<Count> counts() {
    return cells.stream()
        .map(
            row ->
                new Count(
                    row.getAs(Columns.MATRIX_CELL) + " " + row.getAs(Columns.MATRIX_CELL_ZH),
                    row.<Long>getAs("customers")))
        .sorted(Comparator.comparingLong(Count::count).reversed().thenComparing(Count::name))
        .toList();
  }

  /** Local folders without their scheme, as a person would type them. */
  private static String place(Lake lake) {
    return lake.root().replaceFirst("^file:/+", "/");
  }

  private static double orZero(Double value) {
    return Objects.requireNonNullElse(value, 0.0);
  }
}
