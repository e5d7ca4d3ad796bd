package io.gradus.grade;

import io.gradus.grade.GradeChange.Rule;
import io.gradus.grade.Ruler.Limits;
import io.gradus.grade.Ruler.Scale;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** One customer's score under each step from the old date and policy to the new ones. */
final class ScoreSteps implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double MICRO = 1e6;

  private final Cards published;
  private final Cards onNewRuler;
  private final Cards renewed;

  ScoreSteps(Rule before, Inputs old, Rule after, Inputs fresh) {
    this.published = new Cards(before.policy(), before.ruler(), null, old);
    this.onNewRuler = new Cards(before.policy(), before.ruler(), after.ruler(), old);
    this.renewed = new Cards(after.policy(), after.ruler(), null, fresh);
  }

  /** The columns of {@link GradeChange}; null when a score is unknown. */
  @Nullable Row split(Row row) {
    double[] scores = {
      published.total(row.getStruct(0)),
      published.total(row.getStruct(1)),
      published.total(row.getStruct(2)),
      onNewRuler.total(row.getStruct(2)),
      renewed.total(row.getStruct(3))
    };
    long[] micros = new long[scores.length];
    for (int i = 0; i < scores.length; i++) {
      if (Double.isNaN(scores[i])) {
        return null;
      }
      micros[i] = Math.round(scores[i] * MICRO);
    }
    return RowFactory.create(
        points(micros[0]),
        points(micros[4]),
        points(micros[1] - micros[0]),
        points(micros[2] - micros[1]),
        points(micros[3] - micros[2]),
        points(micros[4] - micros[3]));
  }

  private static BigDecimal points(long micros) {
    return BigDecimal.valueOf(micros, 6);
  }

  /** The scorecards of one policy by scope. */
  private static final class Cards implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Map<String, Scorecard> byScope = new HashMap<>();
    private final Map<String, int[]> positions = new HashMap<>();
    private final Scorecard standard;
    private final int[] standardPositions;

    Cards(Policy policy, Ruler ruler, @Nullable Ruler limits, Inputs inputs) {
      for (String scope : ruler.scopes().keySet()) {
        byScope.put(scope, card(policy, ruler, limits, scope));
        positions.put(scope, inputs.positions(policy.of(scope)));
      }
      this.standard = card(policy, ruler, limits, Policy.EVERYBODY);
      this.standardPositions = inputs.positions(policy);
    }

    double total(Row facts) {
      String scope = facts.getString(0);
      List<Double> all = facts.getList(1);
      int[] order = positions.getOrDefault(scope, standardPositions);
      double[] values = new double[order.length];
      for (int j = 0; j < values.length; j++) {
        Double value = all.get(order[j]);
        values[j] = value == null ? Double.NaN : value;
      }
      return byScope.getOrDefault(scope, standard).assess(values).total();
    }

    private static Scorecard card(
        Policy policy, Ruler ruler, @Nullable Ruler limits, String scope) {
      Scale own = ruler.scale(scope);
      Map<String, Limits> mixed = new LinkedHashMap<>(own.limits());
      if (limits != null) {
        limits.scale(scope).limits().forEach((column, limit) -> mixed.replace(column, limit));
      }
      return Scorecard.of(policy.of(scope), new Scale(mixed, own.weights()));
    }
  }
}
