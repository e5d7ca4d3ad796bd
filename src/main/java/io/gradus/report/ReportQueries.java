package io.gradus.report;

import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The questions of the HTML report, one SQL file each among the resources. They name {@code :run},
 * {@code :as_of} and {@code :previous}, and every answer is bounded: by its grouping or by a limit.
 */
public final class ReportQueries {
  /** Most rows that a question may return; its own limit or grouping keeps it well below. */
  public static final int MOST_ROWS = 20_000;

  /** Each question with the tables it asks. */
  private static final Map<String, List<String>> TABLES = new LinkedHashMap<>();

  static {
    TABLES.put("policy", List.of("policy", "policy_ruler"));
    TABLES.put("run", List.of("run"));
    TABLES.put("totals", List.of("customer_snapshot"));
    TABLES.put("grades", List.of("grade_summary"));
    TABLES.put("migration", List.of("grade_migration"));
    TABLES.put("lorenz", List.of("lorenz_curve"));
    TABLES.put("concentration", List.of("concentration"));
    TABLES.put("matrix", List.of("matrix_summary"));
    TABLES.put("rfm", List.of("customer_snapshot"));
    TABLES.put("segments", List.of("rfm_segment_summary"));
    TABLES.put("clusters", List.of("cluster_profile"));
    TABLES.put("cluster_map", List.of("customer_snapshot"));
    TABLES.put("churn", List.of("customer_snapshot"));
    TABLES.put("risks", List.of("customer_snapshot"));
    TABLES.put("clv", List.of("customer_snapshot"));
    TABLES.put("ledger", List.of("prediction_ledger"));
    TABLES.put("alerts", List.of("alert"));
    TABLES.put("quality", List.of("quality_result"));
    TABLES.put("reconciliation", List.of("reconciliation"));
    TABLES.put("stages", List.of("run_stage"));
    TABLES.put("metrics", List.of("model_metric"));
    TABLES.put("customers", List.of("customer_snapshot"));
  }

  private ReportQueries() {}

  /** The questions in order, each with the tables it asks. */
  public static Map<String, List<String>> tables() {
    return Collections.unmodifiableMap(TABLES);
  }

  /**
   * The SQL of one question with its values in place.
   *
   * @param run the run that is reported
   * @param asOf its as-of date
   * @param previous the as-of date before; null when there is none
   */
  public static String sql(
      String question, String run, LocalDate asOf, @Nullable LocalDate previous) {
    return PageResources.text("queries/" + question + ".sql")
        .replace(":run", "'" + run.replace("\\", "\\\\").replace("'", "\\'") + "'")
        .replace(":as_of", date(asOf))
        .replace(":previous", date(previous));
  }

  private static String date(@Nullable LocalDate day) {
    return day == null ? "CAST(NULL AS DATE)" : "DATE'" + day + "'";
  }
}
