package io.gradus.grade;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A grading policy: the file a business owner signs. Reading it proves that it is complete, that
 * its cuts cover everything exactly once and that no sensitive attribute is used; {@link
 * PolicyText} prints it in plain sentences.
 *
 * @param name the policy's name, stored with each grade
 * @param version the policy's number; raise it with each signed change
 * @param title what people call it
 * @param validFrom first day on which it is official; always when absent
 * @param scope the column within whose values customers are compared, such as {@code industry};
 *     {@code all} compares everybody with everybody
 * @param grades the ladder, best first; S, A, B, C, D when absent
 * @param dimensions what is judged, by {@link DimensionName#key()}
 * @param weighting where the weights come from
 * @param gradeBy which model decides the grade
 * @param abc the ABC analysis; with {@code grade_by: abc} its classes are grades
 * @param matrix the grid; needed with {@code grade_by: matrix}
 * @param score the cut-offs; needed with {@code grade_by: score}
 * @param stability when a change becomes official
 * @param provisional when a grade is marked provisional
 * @param caps the best grade of customers in a stage of the lifecycle, such as {@code lapsed}; none
 *     when absent
 * @param keyAccounts the gates of key accounts; none when absent
 * @param robustnessDraws perturbed weightings tried per customer, 0..1000; default 200
 * @param local whole policies for single values of the scope column; the reader builds them from
 *     this policy and the differences written in the file
 */
public record Policy(
    String name,
    Integer version,
    Label title,
    @Nullable LocalDate validFrom,
    String scope,
    List<GradeLevel> grades,
    Map<String, Dimension> dimensions,
    Weighting weighting,
    GradeBy gradeBy,
    AbcModel abc,
    @Nullable MatrixModel matrix,
    @Nullable ScoreModel score,
    StabilityRules stability,
    ProvisionalRules provisional,
    Map<String, StageCap> caps,
    @Nullable KeyAccountRules keyAccounts,
    @Nullable Integer robustnessDraws,
    Map<String, Policy> local)
    implements Serializable {

  /** The scope that compares everybody with everybody. */
  public static final String EVERYBODY = "all";

  private static final int MAX_DRAWS = 1000;

  /** The model that decides the grade. */
  public enum GradeBy {
    ABC,
    MATRIX,
    SCORE
  }

  public Policy {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("name is missing; give the policy a name");
    }
    if (version == null || version < 1) {
      throw new IllegalArgumentException("version must be 1 or more, found " + version);
    }
    title = title == null ? new Label(name, name) : title;
    scope = scope == null ? EVERYBODY : scope;
    SensitiveAttributes.refuse(scope);
    grades = grades == null ? standardGrades() : List.copyOf(grades);
    dimensions =
        dimensions == null
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(dimensions));
    weighting = weighting == null ? Weighting.given() : weighting;
    gradeBy = gradeBy == null ? GradeBy.MATRIX : gradeBy;
    abc = abc == null ? AbcModel.standard() : abc;
    stability = stability == null ? StabilityRules.defaults() : stability;
    provisional = provisional == null ? ProvisionalRules.defaults() : provisional;
    if (robustnessDraws != null && (robustnessDraws < 0 || robustnessDraws > MAX_DRAWS)) {
      throw new IllegalArgumentException(
          "robustness_draws must be within 0.." + MAX_DRAWS + ", found " + robustnessDraws);
    }
    caps = caps == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(caps));
    local = local == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(local));
    PolicyCheck.grades(grades);
    PolicyCheck.dimensions(dimensions);
    PolicyCheck.weights(dimensions, weighting);
    PolicyCheck.models(grades, dimensions, gradeBy, abc, matrix, score);
    PolicyCheck.caps(grades, caps);
    PolicyCheck.local(scope, grades, local);
  }

  /** Name and version. */
  public String label() {
    return name + " " + version;
  }

  /** All indicators in the order of the file. */
  public List<Indicator> indicators() {
    List<Indicator> all = new ArrayList<>();
    dimensions.values().forEach(dimension -> all.addAll(dimension.indicators()));
    return List.copyOf(all);
  }

  /** The policy that grades the customers of one value of the scope column. */
  public Policy of(String scopeValue) {
    return local.getOrDefault(scopeValue, this);
  }

  /** The policy in plain English sentences, one a line. */
  public String describe() {
    return String.join("\n", PolicyText.describe(this));
  }

  /** How many perturbed weightings are tried per customer. */
  public int draws() {
    return robustnessDraws == null ? 200 : robustnessDraws;
  }

  /** The dimension of each indicator, in the order of {@link #indicators()}. */
  List<DimensionName> dimensionOfIndicator() {
    List<DimensionName> names = new ArrayList<>();
    dimensions.forEach(
        (key, dimension) ->
            dimension.indicators().forEach(indicator -> names.add(DimensionName.of(key))));
    return List.copyOf(names);
  }

  /** The place of a grade on the ladder, 0 = best. */
  int place(String code) {
    for (int i = 0; i < grades.size(); i++) {
      if (grades.get(i).code().equals(code)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "there is no grade '" + code + "'; the ladder is " + codes());
  }

  /** The codes of the ladder, best first. */
  List<String> codes() {
    return grades.stream().map(GradeLevel::code).toList();
  }

  private static List<GradeLevel> standardGrades() {
    return List.of(
        new GradeLevel("S", "Strategic", "战略客户"),
        new GradeLevel("A", "Key", "重点客户"),
        new GradeLevel("B", "Core", "核心客户"),
        new GradeLevel("C", "Standard", "普通客户"),
        new GradeLevel("D", "Basic", "低价值客户"));
  }
}
