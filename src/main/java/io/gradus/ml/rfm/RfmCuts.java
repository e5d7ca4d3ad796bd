package io.gradus.ml.rfm;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.jspecify.annotations.Nullable;

/** What a scorer has learned or was given: four cut-points per scope and measure. */
record RfmCuts(List<RfmCutPoint> cutPoints) {

  RfmCuts {
    cutPoints =
        cutPoints.stream()
            .sorted(
                Comparator.comparing(RfmCutPoint::scope)
                    .thenComparing(RfmCutPoint::measure)
                    .thenComparing(RfmCutPoint::score))
            .toList();
    byScope(cutPoints);
  }

  /** The score of one measure; NULL values score 1. */
  Column score(RfmMeasure measure, Column value, @Nullable Column scope) {
    Map<String, Map<RfmMeasure, Double[]>> scopes = byScope(cutPoints);
    Column overall = steps(measure, value, cuts(scopes, RfmCutPoint.OVERALL, measure));
    if (scope == null) {
      return overall;
    }
    @Nullable Column own = null;
    for (String name : scopes.keySet()) {
      if (!name.equals(RfmCutPoint.OVERALL)) {
        Column steps = steps(measure, value, cuts(scopes, name, measure));
        own = own == null ? when(scope.equalTo(name), steps) : own.when(scope.equalTo(name), steps);
      }
    }
    return own == null ? overall : coalesce(own, overall);
  }

  private static Column steps(RfmMeasure measure, Column value, @Nullable Double[] cuts) {
    Column score = lit(1);
    for (int s = 2; s <= 5; s++) {
      @Nullable Double cut = cuts[s - 2];
      if (cut != null) {
        Column earned = measure.smallerIsBetter() ? value.leq(lit(cut)) : value.geq(lit(cut));
        score = when(earned, lit(s)).otherwise(score);
      }
    }
    return score;
  }

  private static @Nullable Double[] cuts(
      Map<String, Map<RfmMeasure, Double[]>> scopes, String scope, RfmMeasure measure) {
    Map<RfmMeasure, Double[]> measures = scopes.get(scope);
    Double[] cuts = measures == null ? null : measures.get(measure);
    return cuts == null ? new Double[4] : cuts;
  }

  private static Map<String, Map<RfmMeasure, Double[]>> byScope(List<RfmCutPoint> points) {
    Map<String, Map<RfmMeasure, Double[]>> scopes = new TreeMap<>();
    boolean overall = false;
    for (RfmCutPoint point : points) {
      Double[] cuts =
          scopes
              .computeIfAbsent(point.scope(), s -> new EnumMap<>(RfmMeasure.class))
              .computeIfAbsent(point.measure(), m -> new Double[4]);
      overall |= point.scope().equals(RfmCutPoint.OVERALL);
      cuts[point.score() - 2] = point.threshold();
    }
    if (!points.isEmpty() && !overall) {
      throw new IllegalArgumentException(
          "RFM cut-points lack the scope '" + RfmCutPoint.OVERALL + "' of all customers");
    }
    scopes.forEach((scope, measures) -> measures.forEach((m, c) -> requireOrder(scope, m, c)));
    return scopes;
  }

  private static void requireOrder(String scope, RfmMeasure measure, @Nullable Double[] cuts) {
    @Nullable Double last = null;
    for (int s = 2; s <= 5; s++) {
      @Nullable Double cut = cuts[s - 2];
      if (cut != null && last != null && (measure.smallerIsBetter() ? cut > last : cut < last)) {
        throw new IllegalArgumentException(
            String.format(
                "RFM cut-points of %s (scope %s) must %s from score 2 to 5; score %d has %s after"
                    + " %s",
                measure.column(),
                scope,
                measure.smallerIsBetter() ? "fall" : "rise",
                s,
                cut,
                last));
      }
      last = cut == null ? last : cut;
    }
  }
}
