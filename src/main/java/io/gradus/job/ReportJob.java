package io.gradus.job;

import io.gradus.config.YamlReader;
import io.gradus.error.GradusException;
import io.gradus.grade.GradeLevel;
import io.gradus.grade.MatrixModel;
import io.gradus.grade.Policy;
import io.gradus.grade.Range;
import io.gradus.lake.Lake;
import io.gradus.lake.Publication;
import io.gradus.report.ReportPage;
import io.gradus.report.ReportPage.Language;
import io.gradus.report.ReportQueries;
import io.gradus.report.TextTable.Result;
import io.gradus.table.Gold;
import io.gradus.table.Titles;
import io.gradus.table.Titles.Title;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** The HTML report of one published run: asks the questions, hands the answers to the page. */
public final class ReportJob {
  private final SparkSession spark;

  public ReportJob(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Writes the report; a file of that name is replaced once the new one is whole.
   *
   * @param run the run to report, the one of the newest as-of date when null
   * @throws GradusException (usage) when no such run is published, (storage) when the file cannot
   *     be written
   */
  public void run(String lakeRoot, @Nullable String run, Language language, Path out) {
    List<Publication> runs = Lake.openToRead(spark, lakeRoot).published().published();
    Publication shown = shown(runs, run, lakeRoot);
    Optional<Publication> previous =
        runs.stream()
            .filter(p -> p.asOf().isBefore(shown.asOf()))
            .max(Comparator.comparing(Publication::asOf));
    Map<String, Result> answers =
        answers(lakeRoot, shown, previous.map(Publication::asOf).orElse(null));
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("as_of", shown.asOf().toString());
    facts.put("previous", previous.map(p -> p.asOf().toString()).orElse(null));
    facts.put("policy", policy(answers.remove("policy")));
    facts.put("titles", titles());
    write(ReportPage.of(language, facts, answers), out);
  }

  /** The answer to every question whose tables are there. */
  private Map<String, Result> answers(
      String lakeRoot, Publication shown, @Nullable LocalDate previous) {
    PublishedTables tables = PublishedTables.open(spark, lakeRoot);
    Map<String, Result> answers = new LinkedHashMap<>();
    ReportQueries.tables()
        .forEach(
            (question, asked) -> {
              if (asked.stream().allMatch(tables::has)) {
                String sql = ReportQueries.sql(question, shown.runId(), shown.asOf(), previous);
                answers.put(question, tables.query(sql, ReportQueries.MOST_ROWS));
              }
            });
    return answers;
  }

  private static Publication shown(List<Publication> runs, @Nullable String run, String lake) {
    return runs.stream()
        .filter(p -> run == null || p.runId().equals(run))
        .max(Comparator.comparing(Publication::asOf))
        .orElseThrow(
            () ->
                GradusException.usage(
                    run == null
                        ? "nothing is published in " + lake
                        : "no run '" + run + "' counts in " + lake + "; status lists the runs"));
  }

  /** The labels of the policy that graded the run; the built-in one's without a record of it. */
  private static Map<String, @Nullable Object> policy(@Nullable Result found) {
    Policy policy =
        found == null || found.size() == 0
            ? Policies.load(null)
            : YamlReader.read(
                "policy", String.valueOf(found.rows().get(0).get(0)), Map.of(), Policy.class);
    Map<String, @Nullable Object> labels = new LinkedHashMap<>();
    labels.put("title", policy.title());
    labels.put("version", policy.version());
    labels.put("grades", policy.grades().stream().map(ReportJob::grade).toList());
    labels.put("matrix", policy.matrix() == null ? null : matrix(policy.matrix()));
    return labels;
  }

  private static Map<String, String> grade(GradeLevel level) {
    return Map.of("code", level.code(), "en", level.en(), "zh", level.zh());
  }

  private static Map<String, Object> matrix(MatrixModel matrix) {
    return Map.of(
        "rows", axis(matrix.rows()), "columns", axis(matrix.columns()), "cells", matrix.cells());
  }

  private static Map<String, Object> axis(MatrixModel.Axis axis) {
    return Map.of(
        "dimension", axis.dimension(), "levels", axis.levels().stream().map(Range::name).toList());
  }

  private static Map<String, Title> titles() {
    Map<String, Title> titles = new LinkedHashMap<>();
    Gold.CUSTOMER_360
        .columns()
        .forEach(
            column ->
                titles.put(column.name(), Titles.standard().column(Gold.CUSTOMER_360, column)));
    return titles;
  }

  private static void write(String page, Path out) {
    Path target = out.toAbsolutePath();
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      Files.writeString(part, page);
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw GradusException.storage(out + " cannot be written; check the folder", e);
    }
  }
}
