package io.gradus.job;

import static org.apache.spark.sql.functions.col;

import io.gradus.ingest.Reconciliation;
import io.gradus.ingest.Reconciliation.Disposition;
import io.gradus.ingest.Reconciliation.Line;
import io.gradus.lake.Lake;
import io.gradus.lake.RunRef;
import io.gradus.report.RunFacts;
import io.gradus.report.RunFacts.Count;
import io.gradus.report.RunFacts.GradeShare;
import io.gradus.report.RunFacts.StageTime;
import io.gradus.table.Columns;
import io.gradus.table.Gold;
import io.gradus.table.TableSpec;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Gathers what a person is told from what the run has written. */
final class Facts {
  private final Lake lake;
  private final RunRef run;
  private final List<String> order;

  /**
   * @param order the policy's grades, best first
   */
  Facts(Lake lake, RunRef run, List<String> order) {
    this.order = List.copyOf(order);
    this.lake = lake;
    this.run = run;
  }

  RunFacts gather(
      String currency,
      long files,
      Reconciliation input,
      List<String> notes,
      List<String> warnings,
      List<Stages.Stage> stages,
      double seconds) {
    List<GradeShare> grades = grades();
    return new RunFacts(
        run.runId(),
        run.asOf(),
        true,
        lake.root().replaceFirst("^file:/+", "/"),
        currency,
        files,
        input.totalRows(),
        input.rows(Disposition.ACCEPTED),
        input.rows(Disposition.QUARANTINED),
        input.rows(Disposition.EXCLUDED),
        input.rows(Disposition.DUPLICATE),
        input.amount(Disposition.ACCEPTED),
        input.lines().stream()
            .filter(line -> line.disposition() != Disposition.ACCEPTED)
            .sorted(Comparator.comparingLong(Line::rows).reversed())
            .map(line -> new Count(line.reason(), line.rows()))
            .toList(),
        grades.stream().mapToLong(GradeShare::customers).sum(),
        grades,
        cells(),
        notes,
        warnings,
        stages.stream().map(s -> new StageTime(s.name(), s.rows(), s.seconds())).toList(),
        seconds);
  }

  private List<GradeShare> grades() {
    return ofRun(Gold.GRADE_SUMMARY).orderBy(Columns.GRADE).collectAsList().stream()
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

  private List<Count> cells() {
    return ofRun(Gold.MATRIX_SUMMARY).orderBy(col("customers").desc()).collectAsList().stream()
        .map(
            row ->
                new Count(
                    row.getAs(Columns.MATRIX_CELL) + " " + row.getAs(Columns.MATRIX_CELL_ZH),
                    row.<Long>getAs("customers")))
        .toList();
  }

  private Dataset<Row> ofRun(TableSpec table) {
    return lake.readPublished(table).where(col(Columns.RUN_ID).equalTo(run.runId()));
  }

  private static double orZero(Double value) {
    return Objects.requireNonNullElse(value, 0.0);
  }
}
