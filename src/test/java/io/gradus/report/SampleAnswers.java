package io.gradus.report;

import io.gradus.report.TextTable.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers to every question of the report, as a company with hostile customers would give. */
final class SampleAnswers {
  /** Names that end scripts, open elements, quote, turn the writing around or are no letters. */
  static final List<String> NAMES =
      List.of(
          "<script>document.title='taken'</script>",
          "</script><img src=x onerror=alert(1)>",
          "O'Hara & \"Sons\" <!-- ",
          "שלום\u202e בע״מ",
          "🦊 Fox\u2028Ltd",
          "东方贸易公司");

  private static final String NOW = "2025-12-31";
  private static final String BEFORE = "2025-11-30";
  private static final List<String> GRADES = List.of("S", "A", "B", "C", "D");

  private final Map<String, Result> answers = new LinkedHashMap<>();

  private SampleAnswers() {}

  /** One answer per question of {@link ReportQueries}, but for the policy. */
  static Map<String, Result> all() {
    SampleAnswers sample = new SampleAnswers();
    sample.structure();
    sample.models();
    sample.customers();
    sample.run();
    return sample.answers;
  }

  /** What the page knows beside its tables. */
  static Map<String, @Nullable Object> facts() {
    List<Object> grades = new ArrayList<>();
    GRADES.forEach(
        code -> grades.add(Map.of("code", code, "en", "Grade " + code, "zh", code + "级")));
    Map<String, Object> label = Map.of("en", "Best", "zh", "最好");
    Map<String, Object> axis = Map.of("dimension", "value", "levels", List.of("high", "low"));
    List<Object> cells = new ArrayList<>();
    for (String row : List.of("high", "low")) {
      for (String column : List.of("high", "low")) {
        cells.add(
            Map.of("row", row, "column", column, "grade", "A", "name", label, "strategy", label));
      }
    }
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("as_of", NOW);
    facts.put("previous", BEFORE);
    facts.put(
        "policy",
        Map.of(
            "title",
            label,
            "version",
            1,
            "grades",
            grades,
            "matrix",
            Map.of("rows", axis, "columns", axis, "cells", cells)));
    facts.put("titles", Map.of("spend_365d", Map.of("en", "Revenue", "zh", "收入")));
    return facts;
  }

  private void structure() {
    add(
        "totals",
        "snapshot_date customers active_customers revenue_365d clv_12m clv_36m revenue_at_risk"
            + " mean_churn_probability churn_horizon_days provisional currency",
        row(NOW, 600, 500, 90000.5, 30000, 70000, 9000, .31, 90, 12, "EUR"),
        row(BEFORE, 580, 490, 88000, 29000, 69000, 9100, .33, 90, 12, "EUR"));
    for (String date : List.of(BEFORE, NOW)) {
      for (String grade : GRADES) {
        add(
            "grades",
            "snapshot_date grade customers customer_share revenue_365d revenue_share clv_12m"
                + " headroom revenue_at_risk mean_churn_probability provisional_share",
            row(date, grade, 120, .2, 18000, .2, 6000, null, 1800, .3, 0));
      }
    }
    add(
        "migration",
        "from_grade to_grade customers revenue_365d",
        row("A", "A", 100, 500),
        row("A", "B", 9, 50),
        row("B", "A", 7, 40),
        row(null, "D", 20, 30),
        row("D", null, 1, 0));
    for (int point = 0; point <= 100; point++) {
      double share = point / 100.0;
      add("lorenz", "point customer_share revenue_share", row(point, share, share * share));
    }
    add(
        "concentration",
        "units gini hhi effective_number cr1 cr5 cr10 cr20 above_10_percent loss_of_1 loss_of_3"
            + " loss_of_5 expected_loss",
        row(500, .4, .01, 100, .03, .1, .2, .3, 0, 100, 200, 300, 400));
    add("matrix", "matrix_cell customers revenue_365d", row("Best", 150, 20000));
    add(
        "rfm",
        "r_score f_score customers revenue_365d mean_m_score",
        row(5, 5, 80, 9000, 4.5),
        row(1, 1, 90, 100, 1.2));
    add(
        "segments",
        "segment_rank rfm_segment rfm_segment_zh customers customer_share revenue revenue_share"
            + " mean_days_since_last mean_purchases mean_revenue",
        row(1, "Champions", "冠军客户", 80, .13, 9000, .1, 4, 20, 112));
  }

  private void models() {
    for (String key : List.of("K1", "K2")) {
      add(
          "clusters",
          "cluster_key cluster_name cluster_name_zh customers customer_share revenue revenue_share"
              + " feature feature_mean population_mean z_score",
          row(key, "frequent " + key, "高频" + key, 300, .5, 45000, .5, "spend_365d", 1, 2, .5),
          row(key, "frequent " + key, "高频" + key, 300, .5, 45000, .5, "recency", 1, 2, -.5));
      add(
          "cluster_map",
          "cluster_key days_since_last purchases_365d spend_365d",
          row(key, 3, 20, 900.5),
          row(key, 90, 2, 10));
    }
    add(
        "churn",
        "tenth churn_band customers revenue_365d revenue_at_risk",
        row(0, "low", 300, 50000, 2000),
        row(9, "very_high", 100, 9000, 8000));
    for (int tenth = 1; tenth <= 10; tenth++) {
      ledger("decile", String.valueOf(tenth), tenth / 11.0, tenth / 12.0);
    }
    ledger("all", "*", .4, .38);
    add(
        "clv",
        "half_decade grade customers clv_12m",
        row(2, "A", 40, 900),
        row(5, "S", 20, 9000),
        row(null, "D", 100, 0));
  }

  private void ledger(String type, String group, double predicted, double actual) {
    add(
        "ledger",
        "prediction predicted_on horizon_days group_type group_value customers predicted actual"
            + " calibration error baseline_error",
        row(
            "churn_probability",
            "2025-09-30",
            90,
            type,
            group,
            50,
            predicted,
            actual,
            actual / predicted,
            .1,
            .2));
  }

  private void customers() {
    for (int i = 0; i < 60; i++) {
      String name = NAMES.get(i % NAMES.size());
      add(
          "customers",
          "rank customer_id customer_name owner grade provisional spend_365d clv_12m"
              + " churn_probability churn_band revenue_at_risk rfm_segment rfm_segment_zh lifecycle"
              + " reasons_en reasons_zh next_grade next_step_en next_step_zh strategy_en"
              + " strategy_zh",
          row(
              i + 1,
              "C" + i,
              name,
              name,
              "A",
              false,
              900.5,
              300,
              .2,
              "low",
              60,
              "Loyal",
              "忠诚客户",
              "mature",
              "Reason of " + name,
              "原因：" + name,
              "S",
              "More",
              "更多",
              "Keep",
              "保持"));
      if (i < 6) {
        add(
            "risks",
            "customer_id customer_name owner grade spend_365d churn_probability revenue_at_risk"
                + " churn_reasons_en churn_reasons_zh",
            row("C" + i, name, null, "B", 900, .8, 600, name, name));
      }
    }
  }

  private void run() {
    add(
        "run",
        "run_id snapshot_date started_at seconds code_version input_files input_rows customers"
            + " manifest_hash settings_hash policy_hash",
        row("r1", NOW, "2026-01-01 03:00:00.0", 40.5, "0.1.0", 2, 1000, 600, "m", "s", "p"));
    add(
        "alerts",
        "severity source type subject state owner message_en message_zh",
        row("warning", "clusters", "born", "K2", "open", null, NAMES.get(0), NAMES.get(1)));
    add(
        "quality",
        "check_name value bound status message_en message_zh",
        row("net_reconciles", 0, 0, "pass", "customers hold all", "合计一致"));
    add(
        "reconciliation",
        "disposition reason currency rows amount",
        row("accepted", "", "EUR", 900, 90000.5),
        row("excluded", "excluded:" + NAMES.get(1), "EUR", 100, 3));
    add(
        "stages",
        "position stage seconds rows",
        row(1, "silver", 3.5, 900),
        row(2, "rfm", 1, null));
    add(
        "metrics",
        "model scope metric value lower upper note",
        row("clv", "all", "chosen", 1, null, null, NAMES.get(2)));
  }

  private static List<@Nullable Object> row(@Nullable Object... cells) {
    return Arrays.asList(cells);
  }

  @SafeVarargs
  private void add(String question, String header, List<@Nullable Object>... rows) {
    List<List<@Nullable Object>> all = new ArrayList<>();
    Result before = answers.get(question);
    if (before != null) {
      all.addAll(before.rows());
    }
    all.addAll(Arrays.asList(rows));
    answers.put(question, new Result(List.of(header.split(" ")), all));
  }
}
