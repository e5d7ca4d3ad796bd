package io.gradus.report;

import io.gradus.report.RunFacts.Count;
import io.gradus.report.RunFacts.GradeShare;
import java.util.Locale;

/** The facts of a run as a page of text. */
public final class RunSummary {
  private static final int BAR = 24;

  private final StringBuilder text = new StringBuilder();
  private final RunFacts facts;

  private RunSummary(RunFacts facts) {
    this.facts = facts;
  }

  /** The page, ending with a newline. */
  public static String of(RunFacts facts) {
    RunSummary page = new RunSummary(facts);
    page.head();
    if (facts.published()) {
      page.input();
      page.grades();
      page.list("Value and potential", facts.cells());
      page.remarks();
      page.stages();
    }
    page.foot();
    return page.text.toString();
  }

  private void head() {
    line("");
    line("Gradus  %s  run %s", facts.asOf(), facts.runId());
    if (!facts.published()) {
      line(
          "  Already published: same input, date, settings, policy and code. Nothing was written.");
    }
  }

  private void input() {
    line("");
    line("Input");
    line("  files        %,14d", facts.files());
    line("  rows         %,14d", facts.rowsIn());
    line(
        "  accepted     %,14d   net %,.2f %s",
        facts.rowsAccepted(), facts.amountAccepted(), facts.currency());
    line("  quarantined  %,14d", facts.rowsQuarantined());
    line("  excluded     %,14d", facts.rowsExcluded());
    line("  duplicates   %,14d", facts.rowsDuplicate());
    if (facts.rowsErased() > 0) {
      line("  erased       %,14d", facts.rowsErased());
    }
    for (Count reason : facts.quarantinedReasons()) {
      line("    %-32s %,12d", reason.name(), reason.count());
    }
  }

  private void grades() {
    line("");
    line(
        "Grades of %,d customers (revenue of the last 365 days, CLV of the next 12 months)",
        facts.customers());
    line(
        "  %-6s %10s %7s %18s %7s %18s %7s",
        "grade", "customers", "share", "revenue", "share", "CLV", "churn");
    for (GradeShare grade : facts.grades()) {
      line(
          "  %-6s %,10d %6.1f%% %,18.2f %6.1f%% %,18.2f %6.1f%%  %s",
          grade.grade(),
          grade.customers(),
          100 * grade.customerShare(),
          grade.revenue(),
          100 * grade.revenueShare(),
          grade.clv(),
          100 * grade.meanChurn(),
          "█".repeat((int) Math.round(BAR * Math.max(0, grade.revenueShare()))));
    }
  }

  private void list(String title, java.util.List<Count> counts) {
    if (counts.isEmpty()) {
      return;
    }
    line("");
    line("%s", title);
    for (Count count : counts) {
      line("  %-34s %,12d", count.name(), count.count());
    }
  }

  private void remarks() {
    if (!facts.notes().isEmpty()) {
      line("");
      line("Models");
      facts.notes().forEach(note -> line("  %s", note));
    }
    if (!facts.warnings().isEmpty()) {
      line("");
      line("Warnings");
      facts.warnings().forEach(warning -> line("  ! %s", warning));
    }
  }

  private void stages() {
    line("");
    line("Stages");
    for (StageTime stage : facts.stages()) {
      String rows = stage.rows() < 0 ? "" : String.format(Locale.ROOT, "%,d rows", stage.rows());
      line("  %-22s %20s %8.1f s", stage.name(), rows, stage.seconds());
    }
    line("  %-22s %20s %8.1f s", "total", "", facts.seconds());
  }

  private void foot() {
    line("");
    line("Tables are in %s; ask them with", facts.lake());
    line(
        "  jobs/gradus sql --lake %s \"SELECT grade, count(*) FROM customer_360 GROUP BY grade\"",
        facts.lake());
    line("The report of the run: jobs/gradus report --lake %s --out report.html", facts.lake());
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
