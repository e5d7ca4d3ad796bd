package io.gradus.grade;

import io.gradus.grade.Reasons.Reason;
import io.gradus.grade.Scorecard.Assessment;
import io.gradus.grade.Stability.State;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One compiled policy for the customers of one scope: everything said of a customer. */
final class CustomerGrader implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Policy policy;
  private final Scorecard card;
  private final AbcGrades abc;
  private final @Nullable MatrixGrades matrix;
  private final GradeModel model;
  private final Stability stability;
  private final Robustness robustness;
  private final Reasons reasons;

  CustomerGrader(
      Policy policy, Ruler.Scale scale, LocalDate asOf, @Nullable LocalDate previousAsOf) {
    this.policy = policy;
    this.card = Scorecard.of(policy, scale);
    this.abc = AbcGrades.of(policy);
    this.matrix = policy.matrix() == null ? null : MatrixGrades.of(policy, policy.matrix());
    this.model = model(policy, abc, matrix);
    this.stability = new Stability(policy.stability(), asOf, previousAsOf);
    int draws = model instanceof AbcGrades ? 0 : policy.draws();
    this.robustness = new Robustness(card, draws);
    this.reasons = new Reasons(card);
  }

  /** Everything said of one customer. */
  Verdict grade(Facts facts) {
    Assessment assessment = card.assess(facts.values());
    Standing standing =
        new Standing(
            assessment.dimensionScores(),
            assessment.total(),
            facts.cumulativeShare(),
            facts.countShare(),
            facts.rank(),
            facts.amount());
    StageCap cap = facts.stage() == null ? null : policy.caps().get(facts.stage());
    GradeModel rule = cap == null ? model : new Capped(model, policy.place(cap.grade()));
    int raw = rule.place(standing);
    int uncapped = model.place(standing);
    State before = facts.before();
    boolean keeps = before != null && rule.isNear(standing, before.official());
    State state = stability.next(before, raw, keeps);
    int official = facts.creditStop() ? policy.grades().size() - 1 : state.official();
    int shown = facts.override() < 0 ? official : facts.override();
    GradeModel.Step step = rule.next(standing);
    int next = uncapped < raw ? uncapped : step.place();
    return new Verdict(
        assessment,
        robustness.share(assessment.scores(), rule, raw),
        abc.index(standing),
        matrix == null ? null : matrix.cell(standing),
        raw,
        state,
        shown,
        policy.provisional().applies(facts.tenureDays(), facts.purchases(), coverage(assessment)),
        next,
        uncapped < raw ? 0 : step.points(),
        nextStep(facts, assessment, step, uncapped < raw, next),
        cap == null ? null : cap.strategy(),
        reasons(facts, assessment, standing, uncapped < raw ? cap : null));
  }

  private @Nullable Label nextStep(
      Facts facts, Assessment assessment, GradeModel.Step step, boolean capped, int next) {
    if (next < 0) {
      return null;
    }
    String grade = policy.grades().get(next).code();
    return capped && facts.stage() != null
        ? NextStep.leaving(facts.stage(), grade)
        : NextStep.of(card, assessment, facts.values(), step, grade);
  }

  Policy policy() {
    return policy;
  }

  /** A policy without indicators rests on the ABC analysis, which is always known. */
  private double coverage(Assessment assessment) {
    return card.size() == 0 ? 1 : assessment.coverage();
  }

  private List<Reason> reasons(
      Facts facts, Assessment assessment, Standing standing, @Nullable StageCap cap) {
    List<Reason> all = new ArrayList<>(6);
    if (facts.override() >= 0) {
      String code = policy.grades().get(facts.override()).code();
      all.add(new Reason("override", "grade " + code + " set by hand", "人工设定为" + code + "级"));
    } else if (facts.creditStop()) {
      all.add(new Reason("credit_stop", "credit stop", "信用冻结"));
    }
    if (cap != null && facts.stage() != null) {
      all.add(Reasons.capped(facts.stage(), facts.silentDays(), cap.grade()));
    }
    if (model instanceof AbcGrades) {
      all.add(rankReason(facts, policy.abc().classes().get(abc.index(standing)).name()));
    }
    all.addAll(reasons.top(assessment, facts.values(), facts.texts()));
    return all;
  }

  private Reason rankReason(Facts facts, String name) {
    Label amount = IndicatorCatalog.of(policy.abc().column()).label();
    String money = Numbers.en(facts.amount(), Indicator.Format.MONEY);
    String share = Numbers.en(facts.cumulativeShare(), Indicator.Format.PERCENT);
    String rank = Numbers.en(facts.rank(), Indicator.Format.NUMBER);
    return new Reason(
        "abc:" + name,
        amount.en() + " " + money + " is rank " + rank + "; " + share + " of the total lies before",
        amount.zh() + money + "，排名第" + rank + "，之前累计占比" + share);
  }

  private static GradeModel model(Policy policy, AbcGrades abc, @Nullable MatrixGrades matrix) {
    return switch (policy.gradeBy()) {
      case ABC -> abc;
      case MATRIX -> present(matrix);
      case SCORE -> ScoreGrades.of(policy, present(policy.score()));
    };
  }

  private static <T> T present(@Nullable T model) {
    if (model == null) {
      throw new IllegalStateException("the policy was read without its model");
    }
    return model;
  }

  /**
   * What is known of a customer.
   *
   * @param values per indicator, NaN when missing
   * @param texts per indicator, for text columns
   * @param rank 1 for the scope's largest amount
   * @param amount the amount of the ABC analysis
   * @param tenureDays days since the first purchase; −1 without
   * @param before yesterday's state; absent for a new customer
   * @param override the place of a grade set by hand; −1 without
   * @param stage the stage of the lifecycle; absent when it is not known
   * @param silentDays days since the last purchase; −1 without
   */
  record Facts(
      double[] values,
      @Nullable String[] texts,
      long rank,
      double cumulativeShare,
      double countShare,
      double amount,
      int tenureDays,
      int purchases,
      @Nullable State before,
      int override,
      boolean creditStop,
      @Nullable String stage,
      int silentDays) {}

  /**
   * What is said of a customer.
   *
   * @param abcClass the number of the ABC class
   * @param raw the place tonight's standing gives
   * @param shown the place that counts: override, credit stop or the official one
   * @param next the place of the next better grade; −1 for none
   * @param pointsToNext how far it is; 0 where only the stage stands in the way
   * @param strategy what to do in this stage; absent where the stage says nothing
   */
  record Verdict(
      Assessment assessment,
      double robustness,
      int abcClass,
      MatrixModel.@Nullable Cell cell,
      int raw,
      State state,
      int shown,
      boolean provisional,
      int next,
      double pointsToNext,
      @Nullable Label nextStep,
      @Nullable Label strategy,
      List<Reason> reasons) {}
}
