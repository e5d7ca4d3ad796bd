package io.gradus.grade;

import io.gradus.grade.CustomerGrader.Facts;
import io.gradus.grade.Stability.State;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.jspecify.annotations.Nullable;

/** Facts as a row to a verdict as a row. */
final class VerdictUdf implements UDF1<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final Map<String, CustomerGrader> graders;
  private final Map<String, int[]> positions = new HashMap<>();
  private final CustomerGrader standard;
  private final int[] standardPositions;
  private final Map<String, Integer> places = new HashMap<>();

  VerdictUdf(Map<String, CustomerGrader> graders, Inputs inputs, Policy policy) {
    this.graders = graders;
    graders.forEach((scope, grader) -> positions.put(scope, inputs.positions(grader.policy())));
    CustomerGrader everybody = graders.get(Policy.EVERYBODY);
    if (everybody == null) {
      throw new IllegalStateException("a ruler without " + Policy.EVERYBODY);
    }
    this.standard = everybody;
    this.standardPositions = inputs.positions(policy);
    policy.codes().forEach(code -> places.put(code, policy.place(code)));
  }

  @Override
  public Row call(Row facts) {
    String scope = facts.getString(0);
    CustomerGrader grader = graders.getOrDefault(scope, standard);
    int[] order = positions.getOrDefault(scope, standardPositions);
    Facts known = facts(facts, order);
    return VerdictRow.of(grader.policy(), known, grader.grade(known));
  }

  private Facts facts(Row row, int[] order) {
    List<String> texts = row.getList(2);
    @Nullable String[] own = new @Nullable String[order.length];
    for (int j = 0; j < own.length; j++) {
      own[j] = texts.get(order[j]);
    }
    String override = row.isNullAt(9) ? null : row.getString(9);
    return new Facts(
        values(row, order),
        own,
        row.getLong(3),
        row.getDouble(4),
        row.getDouble(5),
        row.getDouble(6),
        row.getInt(7),
        row.getInt(8),
        before(row),
        override == null ? -1 : places.getOrDefault(override, -1),
        row.getBoolean(10),
        row.isNullAt(15) ? null : row.getString(15),
        row.getInt(16));
  }

  private static double[] values(Row row, int[] order) {
    List<Double> all = row.getList(1);
    double[] own = new double[order.length];
    for (int j = 0; j < own.length; j++) {
      Double value = all.get(order[j]);
      own[j] = value == null ? Double.NaN : value;
    }
    return own;
  }

  private @Nullable State before(Row row) {
    Integer official = row.isNullAt(11) ? null : places.get(row.getString(11));
    Integer candidate = row.isNullAt(12) ? null : places.get(row.getString(12));
    return official == null || candidate == null || row.isNullAt(13) || row.isNullAt(14)
        ? null
        : new State(official, candidate, row.getInt(13), row.getInt(14));
  }
}
