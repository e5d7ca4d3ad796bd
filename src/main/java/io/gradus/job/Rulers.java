package io.gradus.job;

import static org.apache.spark.sql.functions.col;

import io.gradus.grade.Policy;
import io.gradus.grade.Ruler;
import io.gradus.grade.Ruler.Limits;
import io.gradus.grade.Ruler.Scale;
import io.gradus.grade.RulerLearner;
import io.gradus.insight.Lifecycle;
import io.gradus.lake.Lake;
import io.gradus.table.Gold;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * The ruler of a policy version: cut on the first night that grades by it, frozen from then on, and
 * published as {@code gold.policy_ruler}.
 */
final class Rulers {
  private Rulers() {}

  /**
   * The published ruler of this policy version, completed where an indicator has values for the
   * first time, or a new one cut on these customers, prospects apart.
   */
  static Ruler currentOrNew(Lake lake, Policy policy, Dataset<Row> known) {
    Dataset<Row> customers = known.where(Lifecycle.isCustomer());
    if (lake.published().current().isPresent()) {
      List<Row> rows =
          lake.readPublished(Gold.POLICY_RULER)
              .where(
                  col("policy")
                      .equalTo(policy.name())
                      .and(col("version").equalTo(policy.version())))
              .orderBy("snapshot_date", "position")
              .collectAsList();
      if (!rows.isEmpty()) {
        return RulerLearner.complete(ofRows(policy, rows), customers, policy);
      }
    }
    return RulerLearner.learn(customers, policy);
  }

  /** Rulers as rows of {@code gold.policy_ruler}. */
  static Dataset<Row> rows(SparkSession spark, List<Ruler> rulers) {
    List<Row> rows = new ArrayList<>();
    for (Ruler ruler : rulers) {
      ruler.scopes().forEach((scope, scale) -> addTo(rows, ruler, scope, scale));
    }
    return spark.createDataFrame(rows, Gold.POLICY_RULER.ownSchema());
  }

  private static void addTo(List<Row> rows, Ruler ruler, String scope, Scale scale) {
    scale
        .limits()
        .forEach(
            (indicator, limits) ->
                rows.add(
                    RowFactory.create(
                        rows.size(),
                        ruler.policy(),
                        ruler.version(),
                        scope,
                        indicator,
                        limits.lower(),
                        limits.upper(),
                        limits.unit(),
                        limits.median(),
                        scale.weights().get(indicator))));
  }

  /** The ruler of rows of {@code gold.policy_ruler}, later rows before earlier ones. */
  static Ruler ofRows(Policy policy, List<Row> rows) {
    Map<String, Map<String, Limits>> limits = new LinkedHashMap<>();
    Map<String, Map<String, Double>> weights = new LinkedHashMap<>();
    for (Row row : rows) {
      String scope = row.getAs("scope");
      String indicator = row.getAs("indicator");
      limits
          .computeIfAbsent(scope, key -> new LinkedHashMap<>())
          .put(
              indicator,
              new Limits(
                  row.getAs("lower"), row.getAs("upper"), row.getAs("unit"), row.getAs("median")));
      Double weight = row.getAs("weight");
      if (weight != null) {
        weights.computeIfAbsent(scope, key -> new LinkedHashMap<>()).put(indicator, weight);
      }
    }
    Map<String, Scale> scopes = new LinkedHashMap<>();
    limits.forEach(
        (scope, byIndicator) ->
            scopes.put(scope, new Scale(byIndicator, weights.getOrDefault(scope, Map.of()))));
    return new Ruler(policy.name(), policy.version(), scopes);
  }
}
