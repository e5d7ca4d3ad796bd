package io.gradus.grade;

import io.gradus.grade.CustomerGrader.Facts;
import io.gradus.grade.CustomerGrader.Verdict;
import io.gradus.grade.Reasons.Reason;
import io.gradus.insight.Lifecycle;
import io.gradus.table.Columns;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** A verdict in the columns of the customer table. Unknown scores are NULL. */
final class VerdictRow {
  /** The contribution as it travels inside {@code indicator_points}. */
  static final String MILLIONTHS = "millionths";

  private static final StructType INDICATOR =
      new StructType()
          .add(Columns.INDICATOR_VALUE, DataTypes.DoubleType)
          .add(Columns.INDICATOR_SCORE, DataTypes.DoubleType)
          .add(MILLIONTHS, DataTypes.LongType);
  private static final StructType SCHEMA = build();

  private VerdictRow() {}

  /** The columns that grading adds, in order. */
  static StructType schema() {
    return SCHEMA;
  }

  static Row of(Policy policy, Facts facts, Verdict verdict) {
    List<@Nullable Object> cells = new ArrayList<>(SCHEMA.size());
    for (double score : verdict.assessment().dimensionScores()) {
      cells.add(known(score));
    }
    double total = verdict.assessment().total();
    cells.add(known(total));
    cells.add(Double.isNaN(total) ? null : verdict.assessment().referenceTotal());
    cells.add(verdict.assessment().scores().length == 0 ? null : coverage(verdict));
    cells.add(known(verdict.robustness()));
    // A prospect takes no place among the customers: neither class nor cell.
    boolean prospect = Lifecycle.PROSPECT.equals(facts.stage());
    cells.add(prospect ? null : policy.abc().classes().get(verdict.abcClass()).name());
    grades(cells, policy, verdict, prospect ? null : verdict.cell());
    cells.add(verdict.provisional());
    cells.add(known(verdict.pointsToNext()));
    cells.add(verdict.next() < 0 ? null : code(policy, verdict.next()));
    cells.add(verdict.nextStep() == null ? null : verdict.nextStep().en());
    cells.add(verdict.nextStep() == null ? null : verdict.nextStep().zh());
    cells.add(verdict.reasons().stream().map(Reason::code).toList().toArray(new String[0]));
    cells.add(joined(verdict.reasons(), Reason::en, "; "));
    cells.add(joined(verdict.reasons(), Reason::zh, "；"));
    cells.add(points(facts, verdict));
    return RowFactory.create(cells.toArray());
  }

  private static void grades(
      List<@Nullable Object> cells,
      Policy policy,
      Verdict verdict,
      MatrixModel.@Nullable Cell cell) {
    cells.add(cell == null ? null : cell.name().en());
    cells.add(cell == null ? null : cell.name().zh());
    String shown = code(policy, verdict.shown());
    Label own = verdict.strategy();
    Label strategy = own != null ? own : cell == null ? StrategyCatalog.of(shown) : cell.strategy();
    cells.add(strategy.en());
    cells.add(strategy.zh());
    cells.add(code(policy, verdict.raw()));
    cells.add(code(policy, verdict.state().candidate()));
    cells.add(code(policy, verdict.state().official()));
    cells.add(shown);
    cells.add(LocalDate.ofEpochDay(verdict.state().since()));
    cells.add(verdict.state().runs());
  }

  private static Row[] points(Facts facts, Verdict verdict) {
    double[] scores = verdict.assessment().scores();
    Row[] rows = new Row[scores.length];
    for (int j = 0; j < rows.length; j++) {
      rows[j] =
          RowFactory.create(
              known(facts.values()[j]), known(scores[j]), verdict.assessment().contribution(j));
    }
    return rows;
  }

  private static double coverage(Verdict verdict) {
    return Math.min(1, Math.round(verdict.assessment().coverage() * 1e6) / 1e6);
  }

  private static String code(Policy policy, int place) {
    return policy.grades().get(place).code();
  }

  private static @Nullable Double known(double value) {
    return Double.isNaN(value) ? null : value;
  }

  private static String joined(
      List<Reason> reasons, Function<Reason, String> text, String separator) {
    return reasons.stream().map(text).collect(Collectors.joining(separator));
  }

  private static StructType build() {
    StructType schema = new StructType();
    for (DimensionName dimension : DimensionName.values()) {
      schema = schema.add(dimension.column(), DataTypes.DoubleType);
    }
    for (String score :
        List.of(
            Columns.TOTAL_SCORE,
            Columns.REFERENCE_SCORE,
            Columns.SCORE_COVERAGE,
            Columns.ROBUSTNESS)) {
      schema = schema.add(score, DataTypes.DoubleType);
    }
    for (String text :
        List.of(
            Columns.ABC_CLASS,
            Columns.MATRIX_CELL,
            Columns.MATRIX_CELL_ZH,
            Columns.STRATEGY_EN,
            Columns.STRATEGY_ZH,
            Columns.GRADE_RAW,
            Columns.GRADE_CANDIDATE,
            Columns.GRADE_SYSTEM,
            Columns.GRADE)) {
      schema = schema.add(text, DataTypes.StringType);
    }
    return schema
        .add(Columns.GRADE_SINCE, DataTypes.DateType)
        .add(Columns.CANDIDATE_RUNS, DataTypes.IntegerType)
        .add(Columns.PROVISIONAL, DataTypes.BooleanType)
        .add(Columns.POINTS_TO_NEXT_GRADE, DataTypes.DoubleType)
        .add(Columns.NEXT_GRADE, DataTypes.StringType)
        .add(Columns.NEXT_STEP_EN, DataTypes.StringType)
        .add(Columns.NEXT_STEP_ZH, DataTypes.StringType)
        .add(Columns.REASONS, DataTypes.createArrayType(DataTypes.StringType))
        .add(Columns.REASONS_EN, DataTypes.StringType)
        .add(Columns.REASONS_ZH, DataTypes.StringType)
        .add(Columns.INDICATOR_POINTS, DataTypes.createArrayType(INDICATOR));
  }
}
