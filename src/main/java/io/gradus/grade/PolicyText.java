package io.gradus.grade;

import io.gradus.grade.AbcModel.AbcClass;
import io.gradus.grade.KeyAccountRules.Gate;
import io.gradus.grade.MatrixModel.Cell;
import io.gradus.grade.Policy.GradeBy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A policy in plain sentences, for the person who signs it. */
final class PolicyText {
  private final Policy policy;
  private final List<String> lines = new ArrayList<>();

  private PolicyText(Policy policy) {
    this.policy = policy;
  }

  /** One sentence each. */
  static List<String> describe(Policy policy) {
    return new PolicyText(policy).describe();
  }

  private List<String> describe() {
    say("Policy %s, version %d: %s.", policy.name(), policy.version(), policy.title().en());
    if (policy.validFrom() != null) {
      say("It is official from %s.", policy.validFrom());
    }
    say(
        policy.scope().equals(Policy.EVERYBODY)
            ? "Every customer is compared with every other."
            : "Customers are compared within each " + policy.scope() + ".");
    say("Grades, best first: %s.", grades());
    dimensions();
    models();
    policy.caps().forEach(this::cap);
    stability();
    if (policy.keyAccounts() != null) {
      keyAccounts(policy.keyAccounts());
    }
    policy
        .local()
        .forEach(
            (value, local) -> {
              say("For %s %s these rules apply instead:", policy.scope(), value);
              describe(local).stream().skip(3).forEach(line -> lines.add("  " + line));
            });
    return lines;
  }

  private void dimensions() {
    double[] weights = policy.weighting().isLearned() ? new double[0] : Weights.expert(policy);
    int j = 0;
    for (var entry : policy.dimensions().entrySet()) {
      List<String> parts = new ArrayList<>();
      for (Indicator indicator : entry.getValue().indicators()) {
        String share = weights.length == 0 ? "" : percent(weights[j]) + " ";
        parts.add(share + indicator.label().en() + treatment(indicator));
        j++;
      }
      say(
          "%s is judged by %s.",
          DimensionName.of(entry.getKey()).label().en(), String.join(", ", parts));
    }
    if (!policy.dimensions().isEmpty()) {
      say("%s", weighting());
    }
  }

  private String weighting() {
    Weighting weighting = policy.weighting();
    return switch (weighting.method()) {
      case GIVEN -> "The percentages are shares of the total score.";
      case AHP -> "The percentages follow from the pairwise comparisons of the dimensions.";
      case CRITIC ->
          "The weights are learned from how much the indicators differ and disagree (CRITIC).";
      case ENTROPY -> "The weights are learned from how unequal the indicators are (entropy).";
      case BLEND ->
          "The weights are "
              + percent(weighting.expert())
              + " the owner's and the rest learned from the customers (CRITIC).";
    };
  }

  private void models() {
    say("%s", abc());
    MatrixModel matrix = policy.matrix();
    if (matrix != null) {
      say("%s scores are %s.", label(matrix.rows()), levels(matrix.rows().levels()));
      say("%s scores are %s.", label(matrix.columns()), levels(matrix.columns().levels()));
      for (Cell cell : matrix.cells()) {
        say(
            "%s %s and %s %s: %s, %s%s.",
            cell.row(),
            matrix.rows().dimension(),
            cell.column(),
            matrix.columns().dimension(),
            cell.name().en(),
            policy.gradeBy() == GradeBy.MATRIX ? "grade " + cell.grade() + "; " : "",
            cell.strategy().en());
      }
    }
    ScoreModel score = policy.score();
    if (score != null) {
      say("The total score gives %s.", levels(score.grades()));
    }
    say(
        "The grade follows the %s.",
        policy.gradeBy() == GradeBy.ABC
            ? "ABC analysis"
            : policy.gradeBy().name().toLowerCase(java.util.Locale.ROOT));
  }

  private void cap(String stage, StageCap cap) {
    Label strategy = cap.strategy();
    say(
        "Whatever the figures say, a customer in the stage %s has grade %s at best%s.",
        stage.replace('_', ' '), cap.grade(), strategy == null ? "" : "; " + strategy.en());
  }

  private String abc() {
    AbcModel abc = policy.abc();
    String amount = IndicatorCatalog.of(abc.column()).label().en();
    List<String> parts = new ArrayList<>();
    for (AbcClass c : abc.classes()) {
      Double until = c.until();
      parts.add(
          until == null
              ? c.name() + " is everybody else"
              : switch (abc.rule()) {
                case CUMULATIVE_SHARE ->
                    c.name()
                        + " while those before make less than "
                        + percent(until)
                        + " of the total";
                case COUNT_SHARE ->
                    c.name() + " is up to the first " + percent(until) + " of customers";
                case COUNT -> c.name() + " is up to the first " + Range.text(until) + " customers";
                case VALUE -> c.name() + " is from " + Range.text(until) + " upwards";
              });
    }
    return "By "
        + amount
        + ", largest first: "
        + String.join("; ", parts)
        + "; equal amounts stay together.";
  }

  private void stability() {
    StabilityRules rules = policy.stability();
    say(
        "An official grade changes %s, after %d runs that propose it, not within %d days, by at most"
            + " %d grade%s, and only beyond %s score points or %s of share from the cut.",
        switch (rules.commit()) {
          case NIGHTLY -> "on any night";
          case MONTHLY -> "on the first run of a month";
          case QUARTERLY -> "on the first run of a quarter";
        },
        rules.runsToConfirm(),
        rules.stayDays(),
        rules.steps(),
        rules.steps() == 1 ? "" : "s",
        Range.text(rules.scoreBand()),
        percent(rules.shareBand()));
    say("%s", policy.provisional().text());
  }

  private void keyAccounts(KeyAccountRules rules) {
    String gates = rules.gates().stream().map(PolicyText::gate).collect(Collectors.joining("; "));
    say(
        "Key accounts are looked at per %s: %s.",
        rules.group() == null ? "customer" : rules.group(), gates);
    say(
        "%d gates passed make a strategic account, %d a key account.",
        rules.passesForStrategic(), rules.passesForKey());
  }

  private static String gate(Gate gate) {
    String how = gate.over() == KeyAccountRules.Gate.Over.SUM ? "the sum of " : "the largest ";
    return gate.name()
        + " passes when "
        + how
        + IndicatorCatalog.of(gate.column()).label().en()
        + " is at least "
        + Range.text(gate.least())
        + (gate.required() ? " (required)" : "");
  }

  private String grades() {
    return policy.grades().stream()
        .map(grade -> grade.code() + " (" + grade.en() + ", " + grade.zh() + ")")
        .collect(Collectors.joining(", "));
  }

  private static String treatment(Indicator indicator) {
    StringBuilder text = new StringBuilder();
    if (indicator.direction() == Indicator.Direction.LOWER) {
      text.append(", less is better");
    }
    if (indicator.lower() != null && indicator.upper() != null && !indicator.hasLevels()) {
      text.append(", from ")
          .append(Range.text(indicator.lower()))
          .append(" to ")
          .append(Range.text(indicator.upper()));
    }
    return text.isEmpty() ? "" : " (" + text.substring(2) + ")";
  }

  private static String label(MatrixModel.Axis axis) {
    return DimensionName.of(axis.dimension()).label().en();
  }

  private static String levels(List<Range> ranges) {
    return ranges.stream()
        .map(range -> range.name() + " from " + Range.text(range.from()))
        .collect(Collectors.joining(", "));
  }

  private static String percent(double share) {
    return Numbers.en(share, Indicator.Format.PERCENT).replace(".0 %", " %");
  }

  private void say(String format, Object... values) {
    lines.add(String.format(java.util.Locale.ROOT, format, values));
  }
}
