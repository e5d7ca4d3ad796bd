package io.gradus.grade;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.gradus.table.Columns;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The grades that a coming policy would give, beside the official ones: with its own ruler and its
 * own stability, as if it had counted since its first night in the shadow. The official grade knows
 * nothing of it.
 */
public final class ShadowGrades {
  private static final String OFFICIAL = "_official";
  private static final Map<String, String> COLUMNS = new LinkedHashMap<>();

  static {
    COLUMNS.put(Columns.GRADE, Columns.GRADE_SHADOW);
    COLUMNS.put(Columns.GRADE_RAW, Columns.GRADE_SHADOW_RAW);
    COLUMNS.put(Columns.GRADE_SYSTEM, Columns.GRADE_SHADOW_SYSTEM);
    COLUMNS.put(Columns.GRADE_CANDIDATE, Columns.GRADE_SHADOW_CANDIDATE);
    COLUMNS.put(Columns.CANDIDATE_RUNS, Columns.GRADE_SHADOW_RUNS);
    COLUMNS.put(Columns.GRADE_SINCE, Columns.GRADE_SHADOW_SINCE);
    COLUMNS.put(Columns.TOTAL_SCORE, Columns.SCORE_SHADOW);
  }

  private ShadowGrades() {}

  /**
   * Adds {@code grade_shadow, grade_shadow_raw, grade_shadow_system, grade_shadow_candidate,
   * grade_shadow_runs, grade_shadow_since, score_shadow, shadow_policy}.
   *
   * @param graded customers with their official grades
   * @param known the columns that the customers had before they were graded
   * @param shadow the grader of the coming policy
   * @param previous the published customers of the run before; the states of another shadow policy
   *     or version do not count
   * @param previousAsOf the as-of date of that run
   */
  public static Dataset<Row> add(
      Dataset<Row> graded,
      String[] known,
      Grader shadow,
      @Nullable Dataset<Row> previous,
      @Nullable LocalDate previousAsOf) {
    List<String> before = Arrays.asList(known);
    List<Column> kept = new ArrayList<>(before.stream().map(name -> col(name)).toList());
    kept.add(
        struct(
                Arrays.stream(graded.columns())
                    .filter(name -> !before.contains(name))
                    .map(name -> col(name))
                    .toArray(Column[]::new))
            .as(OFFICIAL));
    Dataset<Row> both =
        shadow.grade(
            graded.select(kept.toArray(Column[]::new)),
            previous == null ? null : states(previous, shadow.policy().label()),
            previousAsOf);
    List<Column> out = new ArrayList<>(before.stream().map(name -> col(name)).toList());
    out.add(col(OFFICIAL + ".*"));
    COLUMNS.forEach((own, name) -> out.add(col(own).as(name)));
    out.add(lit(shadow.policy().label()).as(Columns.SHADOW_POLICY));
    return both.select(out.toArray(Column[]::new));
  }

  private static Dataset<Row> states(Dataset<Row> previous, String label) {
    List<Column> states = new ArrayList<>();
    states.add(col(Columns.CUSTOMER_ID));
    COLUMNS.forEach((own, name) -> states.add(col(name).as(own)));
    return previous
        .where(col(Columns.SHADOW_POLICY).equalTo(label))
        .select(states.toArray(Column[]::new));
  }
}
