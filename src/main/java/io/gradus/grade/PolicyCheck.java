package io.gradus.grade;

import io.gradus.config.YamlReader;
import io.gradus.grade.AbcModel.AbcClass;
import io.gradus.grade.Policy.GradeBy;
import io.gradus.insight.Lifecycle;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must hold between the parts of a policy; each refusal names the key and the fix. */
final class PolicyCheck {
  private static final double SUM_TOLERANCE = 1e-6;

  private PolicyCheck() {}

  static void grades(List<GradeLevel> grades) {
    if (grades.isEmpty()) {
      throw new IllegalArgumentException("grades: at least one is needed");
    }
    Set<String> seen = new HashSet<>();
    for (GradeLevel grade : grades) {
      if (!seen.add(grade.code())) {
        throw new IllegalArgumentException(
            "grades: '" + grade.code() + "' is listed twice, keep one");
      }
    }
  }

  static void dimensions(Map<String, Dimension> dimensions) {
    Set<String> columns = new HashSet<>();
    for (Map.Entry<String, Dimension> entry : dimensions.entrySet()) {
      DimensionName.of(entry.getKey());
      for (Indicator indicator : entry.getValue().indicators()) {
        if (!columns.add(indicator.column())) {
          throw new IllegalArgumentException(
              "dimensions: column '"
                  + indicator.column()
                  + "' is used twice and would count double, keep one");
        }
      }
    }
  }

  static void weights(Map<String, Dimension> dimensions, Weighting weighting) {
    if (dimensions.isEmpty()) {
      return;
    }
    if (weighting.needsGiven()) {
      sum(
          "dimensions: the weights",
          dimensions.values().stream().mapToDouble(Dimension::weight).sum());
    }
    if (weighting.needsGiven() || weighting.method() == Weighting.Method.AHP) {
      dimensions.forEach(
          (key, dimension) ->
              sum(
                  "dimensions." + key + ".indicators: the weights",
                  dimension.indicators().stream().mapToDouble(Indicator::weight).sum()));
    }
    if (!weighting.comparisons().isEmpty()) {
      Ahp.of(List.copyOf(dimensions.keySet()), weighting.comparisons());
    }
    WeightBounds bounds = WeightBounds.of(dimensions, weighting);
    if (weighting.method() == Weighting.Method.GIVEN) {
      bounds.refuseOutside(dimensions);
    }
  }

  static void models(
      List<GradeLevel> grades,
      Map<String, Dimension> dimensions,
      GradeBy gradeBy,
      AbcModel abc,
      @Nullable MatrixModel matrix,
      @Nullable ScoreModel score) {
    if (gradeBy == GradeBy.ABC) {
      for (AbcClass c : abc.classes()) {
        known("abc.classes", c.name(), grades);
      }
    }
    if (matrix != null) {
      matrix.cells().forEach(cell -> known("matrix.cells", cell.grade(), grades));
      present("matrix.rows", matrix.rows().dimension(), dimensions);
      present("matrix.columns", matrix.columns().dimension(), dimensions);
    } else if (gradeBy == GradeBy.MATRIX) {
      throw new IllegalArgumentException("matrix: grade_by is matrix, describe the matrix");
    }
    if (score != null) {
      score.grades().forEach(range -> known("score.grades", range.name(), grades));
      ordered(score.grades(), grades);
    } else if (gradeBy == GradeBy.SCORE) {
      throw new IllegalArgumentException("score: grade_by is score, list the cut-offs");
    }
    if (gradeBy == GradeBy.SCORE && dimensions.isEmpty()) {
      throw new IllegalArgumentException("dimensions: a score needs at least one");
    }
  }

  static void caps(List<GradeLevel> grades, Map<String, StageCap> caps) {
    caps.forEach(
        (stage, cap) -> {
          if (!Lifecycle.STAGES.contains(stage)) {
            String near = YamlReader.nearest(stage, Lifecycle.STAGES);
            throw new IllegalArgumentException(
                "caps: there is no stage '"
                    + stage
                    + (near == null
                        ? "'; use one of " + Lifecycle.STAGES
                        : "'; did you mean '" + near + "'?"));
          }
          known("caps." + stage, cap.grade(), grades);
        });
  }

  static void local(String scope, List<GradeLevel> grades, Map<String, Policy> local) {
    if (!local.isEmpty() && scope.equals(Policy.EVERYBODY)) {
      throw new IllegalArgumentException(
          "local: the scope is all; set 'scope' to the column whose values are listed");
    }
    local.forEach(
        (value, policy) -> {
          if (!policy.grades().equals(grades)) {
            throw new IllegalArgumentException(
                "local."
                    + value
                    + ": grades are one ladder for the whole policy, remove them here");
          }
        });
  }

  private static void ordered(List<Range> ranges, List<GradeLevel> grades) {
    List<String> codes = grades.stream().map(GradeLevel::code).toList();
    for (int i = 1; i < ranges.size(); i++) {
      if (codes.indexOf(ranges.get(i).name()) < codes.indexOf(ranges.get(i - 1).name())) {
        throw new IllegalArgumentException(
            "score.grades: "
                + ranges.get(i).name()
                + " is the better grade but begins below "
                + ranges.get(i - 1).name()
                + "; swap their cut-offs");
      }
    }
  }

  private static void known(String key, String code, List<GradeLevel> grades) {
    List<String> codes = grades.stream().map(GradeLevel::code).toList();
    if (!codes.contains(code)) {
      throw new IllegalArgumentException(
          key + ": there is no grade '" + code + "'; use one of " + codes + " or add it to grades");
    }
  }

  private static void present(String key, String dimension, Map<String, Dimension> dimensions) {
    if (!dimensions.containsKey(dimension)) {
      String near = YamlReader.nearest(dimension, dimensions.keySet());
      throw new IllegalArgumentException(
          key
              + ": dimension '"
              + dimension
              + "' has no indicators; add it to dimensions"
              + (near == null ? "" : " or take '" + near + "'"));
    }
  }

  private static void sum(String what, double sum) {
    if (Math.abs(sum - 1) > SUM_TOLERANCE) {
      throw new IllegalArgumentException(
          what + " must add up to 1, found " + Math.round(sum * 1e6) / 1e6);
    }
  }
}
