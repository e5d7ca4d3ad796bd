package io.gradus.grade;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udaf;

import io.gradus.error.GradusException;
import io.gradus.grade.IndicatorFigures.Figures;
import io.gradus.grade.Ruler.Limits;
import io.gradus.grade.Ruler.Scale;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.RelationalGroupedDataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the ruler of a policy from the customers of one night: exact first and 99th percentiles and
 * medians per scope, and the weights that depend on data. Run it once per policy version and keep
 * the result. One job for all indicators, see {@link IndicatorFigures} for its memory; one more
 * where there are scopes, and one where weights are learned. An indicator that is known for fewer
 * than {@value #LEAST_CUSTOMERS} customers and fewer than half of them is not cut yet: it says
 * nothing, and {@link #complete} cuts it once there is enough.
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
   * @param customers one row per customer with the policy's columns; read once to three times, so
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

  /** One job for all indicators, of everybody and of each scope. */
  private void learn(Map<String, Map<String, Limits>> limits, List<Indicator> indicators) {
    if (indicators.isEmpty()) {
      return;
    }
    IndicatorFigures figures = new IndicatorFigures(indicators.size());
    UserDefinedFunction learned = udaf(figures, Encoders.row(figures.input()));
    List<Column> columns = new ArrayList<>();
    columns.add(Grader.scope(policy).as(SCOPE));
    Column[] values = new Column[indicators.size()];
    for (int j = 0; j < values.length; j++) {
      columns.add(inputs.number(indicators.get(j)).as(VALUE + j));
      values[j] = col(VALUE + j);
    }
    Dataset<Row> rows = customers.select(columns.toArray(Column[]::new));
    RelationalGroupedDataset groups =
        limits.size() > 1 ? rows.rollup(col(SCOPE)) : rows.groupBy(lit(null).cast("string"));
    groups
        .agg(count(lit(1)), learned.apply(values))
        .collectAsList()
        .forEach(row -> limits(limits, indicators, row));
  }

  /** A row of scope (NULL for everybody), customers and figures. */
  private void limits(
      Map<String, Map<String, Limits>> limits, List<Indicator> indicators, Row row) {
    String scope = row.isNullAt(0) ? Policy.EVERYBODY : row.getString(0);
    Map<String, Limits> own = limits.get(scope);
    if (own == null) {
      return;
    }
    for (int j = 0; j < indicators.size(); j++) {
      Indicator indicator = indicators.get(j);
      Figures figures = IndicatorFigures.figures(row.getStruct(2), j);
      own.put(indicator.column(), limits(policy.of(scope), indicator, figures, row.getLong(1)));
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

  private static Limits limits(Policy policy, Indicator input, Figures figures, long customers) {
    Indicator indicator =
        policy.indicators().stream()
            .filter(i -> i.column().equals(input.column()))
            .findFirst()
            .orElse(input);
    Double ownUnit = indicator.unit();
    double unit =
        ownUnit != null
            ? ownUnit
            : figures.positiveMedian() > 0 ? UNIT_SHARE * figures.positiveMedian() : 1;
    boolean enough = figures.known() >= Math.min(LEAST_CUSTOMERS, customers / 2.0);
    double[] learned =
        enough && figures.known() > 0 ? ends(indicator, figures, unit) : new double[2];
    Double lower = indicator.lower();
    Double upper = indicator.upper();
    return new Limits(
        lower == null ? learned[0] : lower,
        upper == null ? learned[1] : upper,
        unit,
        figures.median());
  }

  /**
   * The first and 99th percentile, or least and most where these are equal; never narrower than the
   * least width of the indicator, around the median, so that noise is not stretched to the whole
   * scale.
   */
  private static double[] ends(Indicator indicator, Figures figures, double unit) {
    boolean flat = figures.p01() == figures.p99();
    double low = flat ? figures.min() : figures.p01();
    double high = flat ? figures.max() : figures.p99();
    double width = indicator.leastWidth();
    double given = indicator.transformed(high, unit) - indicator.transformed(low, unit);
    boolean fixed = indicator.lower() != null || indicator.upper() != null;
    if (fixed || given >= width) {
      return new double[] {low, high};
    }
    double middle = indicator.transformed(figures.median(), unit);
    return new double[] {
      indicator.original(middle - width / 2, unit), indicator.original(middle + width / 2, unit)
    };
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
