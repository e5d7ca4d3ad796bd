package io.gradus.grade;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.percentile;
import static org.apache.spark.sql.functions.when;

import io.gradus.error.GradusException;
import io.gradus.grade.Ruler.Limits;
import io.gradus.grade.Ruler.Scale;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the ruler of a policy from the customers of one night: exact first and 99th percentiles and
 * medians per scope, and the weights that depend on data. Run it once per policy version and keep
 * the result. One small job per indicator; each holds the distinct values of one indicator and
 * scope in the memory of one task.
 */
public final class RulerLearner {
  /** Customers below which a scope value has no ruler of its own. */
  static final int LEAST_CUSTOMERS = 30;

  /** Values beyond which a column is no scope. */
  static final int MOST_SCOPES = 1_000;

  private static final double UNIT_SHARE = .1;
  private static final String SCOPE = "_scope";
  private static final String VALUE = "_value";

  private final Dataset<Row> customers;
  private final Policy policy;
  private final Inputs inputs;

  private RulerLearner(Dataset<Row> customers, Policy policy) {
    this.customers = customers;
    this.policy = policy;
    this.inputs = new Inputs(policy, customers.schema());
  }

  /**
   * Learns the ruler.
   *
   * @param customers one row per customer with the policy's columns; read once per indicator, so
   *     persist it
   * @throws GradusException (usage) when the policy names a column that is not there, when the
   *     scope column has more than 1,000 values, or when no customer is in the scope of a local
   *     policy
   */
  public static Ruler learn(Dataset<Row> customers, Policy policy) {
    return new RulerLearner(customers, policy).learn();
  }

  /**
   * The ruler with new limits for the indicators that did not vary when it was cut, because their
   * feed was not there yet, and do now; the same ruler, without a job, when there are none.
   *
   * @param ruler cut for this policy
   * @param customers as for {@link #learn}
   */
  public static Ruler complete(Ruler ruler, Dataset<Row> customers, Policy policy) {
    Scale cut = ruler.scale(Policy.EVERYBODY);
    RulerLearner learner = new RulerLearner(customers, policy);
    List<Indicator> flat =
        learner.inputs.indicators().stream()
            .filter(indicator -> learner.inputs.isPresent(indicator.column()))
            .filter(indicator -> isFlat(cut.limits().get(indicator.column())))
            .toList();
    if (flat.isEmpty()) {
      return ruler;
    }
    Map<String, Map<String, Limits>> limits = new TreeMap<>();
    ruler
        .scopes()
        .forEach((scope, scale) -> limits.put(scope, new LinkedHashMap<>(scale.limits())));
    learner.learn(limits, flat);
    Map<String, Scale> scopes = new LinkedHashMap<>();
    limits.forEach((scope, all) -> scopes.put(scope, new Scale(all, ruler.scale(scope).weights())));
    return new Ruler(ruler.policy(), ruler.version(), scopes);
  }

  private static boolean isFlat(@Nullable Limits limits) {
    return limits == null || limits.lower() >= limits.upper();
  }

  private Ruler learn() {
    Map<String, Long> sizes = sizes();
    Map<String, Map<String, Limits>> limits = new TreeMap<>();
    sizes.forEach((scope, size) -> limits.put(scope, new LinkedHashMap<>()));
    limits.put(Policy.EVERYBODY, new LinkedHashMap<>());
    learn(limits, inputs.indicators());
    Map<String, Scale> scopes = new LinkedHashMap<>();
    limits.forEach((scope, learned) -> scopes.put(scope, scale(scope, learned)));
    Map<String, Limits> common = limits.getOrDefault(Policy.EVERYBODY, Map.of());
    for (String local : policy.local().keySet()) {
      scopes.computeIfAbsent(local, scope -> scale(scope, common));
    }
    return new Ruler(policy.name(), policy.version(), scopes);
  }

  private void learn(Map<String, Map<String, Limits>> limits, List<Indicator> indicators) {
    for (Indicator indicator : indicators) {
      add(limits, indicator, lit(Policy.EVERYBODY));
      if (limits.size() > 1) {
        add(limits, indicator, Grader.scope(policy));
      }
    }
  }

  private Map<String, Long> sizes() {
    Map<String, Long> sizes = new HashMap<>();
    if (policy.scope().equals(Policy.EVERYBODY)) {
      return sizes;
    }
    List<Row> rows =
        customers
            .groupBy(Grader.scope(policy).as(SCOPE))
            .agg(count(lit(1)))
            .limit(MOST_SCOPES + 1)
            .collectAsList();
    if (rows.size() > MOST_SCOPES) {
      throw GradusException.usage(
          "policy: scope: column '"
              + policy.scope()
              + "' has more than "
              + MOST_SCOPES
              + " values; take a coarser one");
    }
    rows.forEach(row -> sizes.put(row.getString(0), row.getLong(1)));
    for (String local : policy.local().keySet()) {
      if (!sizes.containsKey(local)) {
        throw GradusException.usage(
            "policy: local."
                + local
                + ": no customer has "
                + policy.scope()
                + " '"
                + local
                + "'; values found: "
                + sizes.keySet().stream().sorted().limit(20).toList());
      }
    }
    sizes.values().removeIf(size -> size < LEAST_CUSTOMERS);
    return sizes;
  }

  private void add(Map<String, Map<String, Limits>> limits, Indicator indicator, Column scope) {
    boolean log = indicator.transform() == Indicator.Transform.LOG;
    Column positive = when(lit(log).and(col(VALUE).gt(0)), col(VALUE));
    customers
        .select(scope.as(SCOPE), inputs.number(indicator).as(VALUE))
        .groupBy(SCOPE)
        .agg(
            percentile(col(VALUE), array(lit(.01), lit(.5), lit(.99))),
            min(VALUE),
            max(VALUE),
            percentile(positive, lit(.5)))
        .collectAsList()
        .forEach(
            row -> {
              Map<String, Limits> own = limits.get(row.getString(0));
              if (own != null) {
                own.put(indicator.column(), limits(policy.of(row.getString(0)), indicator, row));
              }
            });
  }

  private static Limits limits(Policy policy, Indicator input, Row row) {
    Indicator indicator =
        policy.indicators().stream()
            .filter(i -> i.column().equals(input.column()))
            .findFirst()
            .orElse(input);
    double[] p = {0, 0, 0};
    double unit = 1;
    if (!row.isNullAt(1)) {
      List<Double> percentiles = row.getList(1);
      boolean flat = percentiles.get(0).equals(percentiles.get(2));
      p[0] = flat ? row.getDouble(2) : percentiles.get(0);
      p[1] = percentiles.get(1);
      p[2] = flat ? row.getDouble(3) : percentiles.get(2);
      unit = row.isNullAt(4) ? 1 : UNIT_SHARE * row.getDouble(4);
    }
    return new Limits(
        indicator.lower() == null ? p[0] : indicator.lower(),
        indicator.upper() == null ? p[2] : indicator.upper(),
        indicator.unit() == null ? unit : indicator.unit(),
        p[1]);
  }

  private Scale scale(String scope, Map<String, Limits> limits) {
    Policy own = policy.of(scope);
    double[] learned = {};
    if (own.weighting().isLearned()) {
      Map<String, Double> equal = new LinkedHashMap<>();
      own.indicators().forEach(i -> equal.put(i.column(), 1.0));
      Scorecard card = Scorecard.of(own, new Scale(limits, equal));
      Dataset<Row> members =
          scope.equals(Policy.EVERYBODY)
              ? customers
              : customers.where(Grader.scope(policy).equalTo(scope));
      learned = LearnedWeights.of(members, inputs, own, card);
    }
    double[] weights = Weights.combine(own, learned);
    Map<String, Double> byColumn = new LinkedHashMap<>();
    for (int j = 0; j < weights.length; j++) {
      byColumn.put(own.indicators().get(j).column(), weights[j]);
    }
    return new Scale(limits, byColumn);
  }
}
