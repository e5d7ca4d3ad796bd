package io.gradus.grade;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import io.gradus.error.GradusException;
import io.gradus.insight.Lifecycle;
import io.gradus.table.Columns;
import io.gradus.table.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Grades every customer by a policy: scores, ranks, raw, candidate and official grade, reasons and
 * the way to the next grade. The decision itself is plain Java on one customer, see {@link
 * Scorecard}, {@link GradeModel} and {@link Stability}; this class only brings it to the data.
 *
 * <pre>{@code
 * Ruler ruler = RulerLearner.learn(customers, policy);            // once per policy version
 * Dataset<Row> graded = new Grader(policy, ruler, asOf).grade(customers, yesterday);
 * Dataset<Row> contributions = Grader.contributions(graded, policy);
 * }</pre>
 */
public final class Grader {
  /** The scope of customers whose scope column is NULL. */
  public static final String UNKNOWN_SCOPE = "unknown";

  private static final DecimalType POINTS = DataTypes.createDecimalType(9, 6);
  private static final String FACTS = "_facts";
  private static final String VERDICT = "_verdict";
  private static final String BEFORE = "_before_";
  private static final List<String> STATE =
      List.of(
          Columns.GRADE_SYSTEM,
          Columns.GRADE_CANDIDATE,
          Columns.CANDIDATE_RUNS,
          Columns.GRADE_SINCE);

  private final Policy policy;
  private final Ruler ruler;
  private final LocalDate asOf;

  /**
   * A grader for one night.
   *
   * @throws GradusException (usage) when the ruler was cut for another policy or version
   */
  public Grader(Policy policy, Ruler ruler, LocalDate asOf) {
    if (!ruler.fits(policy)) {
      throw GradusException.usage(
          "the ruler was cut for policy "
              + ruler.policy()
              + " version "
              + ruler.version()
              + ", not for "
              + policy.name()
              + " version "
              + policy.version()
              + "; cut a new one");
    }
    this.policy = policy;
    this.ruler = ruler;
    this.asOf = asOf;
  }

  /** The policy it grades by. */
  Policy policy() {
    return policy;
  }

  /** The first grades, without a night before. */
  public Dataset<Row> grade(Dataset<Row> customers) {
    return grade(customers, null, null);
  }

  /**
   * The grades of this night. Adds to each customer the columns of {@link VerdictRow}, {@code
   * rank}, {@code cumulative_share} and {@code grade_scope}; replaces none.
   *
   * @param customers one row per customer: features, models, insight and feeds; read twice, so
   *     persist it
   * @param previous the published customers of the run before, with {@code grade_system}, {@code
   *     grade_candidate}, {@code candidate_runs} and {@code grade_since}; absent in the first run
   * @param previousAsOf the as-of date of that run
   * @throws GradusException (usage) when the policy needs a column that the customers do not have
   */
  public Dataset<Row> grade(
      Dataset<Row> customers, @Nullable Dataset<Row> previous, @Nullable LocalDate previousAsOf) {
    Inputs inputs = new Inputs(policy, customers.schema());
    if (!policy.caps().isEmpty()) {
      inputs.require("caps", Columns.LIFECYCLE);
    }
    Dataset<Row> ranked = ValueRanks.add(customers, scope(policy), amount(), isCustomer(inputs));
    Dataset<Row> known = previous == null ? ranked : withState(ranked, previous);
    VerdictUdf verdict = new VerdictUdf(graders(previousAsOf), inputs, policy);
    Column facts = facts(inputs, previous != null);
    List<Column> out = new ArrayList<>();
    for (String column : customers.columns()) {
      out.add(col(column));
    }
    out.add(scope(policy).as(Columns.GRADE_SCOPE));
    out.add(when(isCustomer(inputs), col(ValueRanks.RANK)).as(Columns.RANK));
    out.add(when(isCustomer(inputs), col(ValueRanks.SHARE)).as(Columns.CUMULATIVE_SHARE));
    for (String field : VerdictRow.schema().fieldNames()) {
      out.add(col(VERDICT + "." + field));
    }
    return known
        .withColumn(FACTS, facts)
        .withColumn(
            VERDICT, udf(verdict, VerdictRow.schema()).asNondeterministic().apply(col(FACTS)))
        .select(out.toArray(Column[]::new));
  }

  /**
   * One row per customer and indicator: its value, its score 0..1 and its contribution, the points
   * by which it lifts the customer above or below the customer with median values. For each
   * customer the contributions add up exactly to {@code total_score − reference_score}.
   *
   * @param graded the result of {@link #grade}
   */
  public static Dataset<Row> contributions(Dataset<Row> graded, Policy policy) {
    Dataset<Row> points =
        graded.select(
            col(Columns.CUSTOMER_ID),
            col(Columns.GRADE_SCOPE),
            posexplode(col(Columns.INDICATOR_POINTS)).as(new String[] {"_place", "_points"}));
    Dataset<Row> names =
        org.apache.spark.sql.functions.broadcast(
            graded.sparkSession().createDataFrame(indicatorRows(policy), indicatorSchema()));
    Column ownScope =
        policy.local().isEmpty()
            ? lit(Policy.EVERYBODY)
            : when(
                    col(Columns.GRADE_SCOPE).isin(policy.local().keySet().toArray()),
                    col(Columns.GRADE_SCOPE))
                .otherwise(Policy.EVERYBODY);
    return points
        .withColumn("_policy", ownScope)
        .join(names, new String[] {"_policy", "_place"})
        .select(
            col(Columns.CUSTOMER_ID),
            col(Columns.DIMENSION),
            col(Columns.INDICATOR),
            col("_points." + Columns.INDICATOR_VALUE),
            col("_points." + Columns.INDICATOR_SCORE),
            Money.decimal(col("_points." + VerdictRow.MILLIONTHS), POINTS)
                .as(Columns.CONTRIBUTION));
  }

  /** The scope value of a customer. */
  static Column scope(Policy policy) {
    return policy.scope().equals(Policy.EVERYBODY)
        ? lit(Policy.EVERYBODY)
        : coalesce(col(policy.scope()).cast(DataTypes.StringType), lit(UNKNOWN_SCOPE));
  }

  private Map<String, CustomerGrader> graders(@Nullable LocalDate previousAsOf) {
    Set<String> scopes = new LinkedHashSet<>(ruler.scopes().keySet());
    scopes.addAll(policy.local().keySet());
    Map<String, CustomerGrader> graders = new HashMap<>();
    for (String scope : scopes) {
      graders.put(
          scope, new CustomerGrader(policy.of(scope), ruler.scale(scope), asOf, previousAsOf));
    }
    return graders;
  }

  private Column amount() {
    Column amount = col(policy.abc().column());
    for (Map.Entry<String, Policy> local : policy.local().entrySet()) {
      String column = local.getValue().abc().column();
      if (!column.equals(policy.abc().column())) {
        amount = when(scope(policy).equalTo(local.getKey()), col(column)).otherwise(amount);
      }
    }
    return amount;
  }

  private Column facts(Inputs inputs, boolean hasState) {
    return struct(
        scope(policy),
        inputs.values(),
        inputs.texts(),
        col(ValueRanks.RANK),
        col(ValueRanks.SHARE),
        col(ValueRanks.COUNT_SHARE),
        coalesce(amount().cast(DataTypes.DoubleType), lit(0.0)),
        coalesce(inputs.orNull(Columns.AGE, DataTypes.IntegerType), lit(-1)),
        coalesce(inputs.orNull(Columns.PURCHASE_DAYS, DataTypes.IntegerType), lit(0)),
        inputs.orNull(Columns.OVERRIDE_GRADE, DataTypes.StringType),
        coalesce(inputs.orNull(Columns.CREDIT_STOP, DataTypes.BooleanType), lit(false)),
        state(hasState, Columns.GRADE_SYSTEM, "string"),
        state(hasState, Columns.GRADE_CANDIDATE, "string"),
        state(hasState, Columns.CANDIDATE_RUNS, "int"),
        hasState ? unix_date(col(BEFORE + Columns.GRADE_SINCE)) : lit(null).cast("int"),
        inputs.orNull(Columns.LIFECYCLE, DataTypes.StringType),
        coalesce(inputs.orNull(Columns.DAYS_SINCE_LAST, DataTypes.IntegerType), lit(-1)));
  }

  /** Prospects are graded but not ranked. */
  private static Column isCustomer(Inputs inputs) {
    return inputs.isPresent(Columns.LIFECYCLE) ? Lifecycle.isCustomer() : lit(true);
  }

  private static Column state(boolean hasState, String column, String type) {
    return hasState ? col(BEFORE + column) : lit(null).cast(type);
  }

  private static Dataset<Row> withState(Dataset<Row> customers, Dataset<Row> previous) {
    List<Column> state = new ArrayList<>();
    state.add(col(Columns.CUSTOMER_ID));
    STATE.forEach(column -> state.add(col(column).as(BEFORE + column)));
    return customers.join(
        previous.select(state.toArray(Column[]::new)), new String[] {Columns.CUSTOMER_ID}, "left");
  }

  private static List<Row> indicatorRows(Policy policy) {
    List<Row> rows = new ArrayList<>();
    add(rows, Policy.EVERYBODY, policy);
    policy.local().forEach((scope, local) -> add(rows, scope, local));
    return rows;
  }

  private static void add(List<Row> rows, String scope, Policy policy) {
    List<Indicator> indicators = policy.indicators();
    for (int j = 0; j < indicators.size(); j++) {
      rows.add(
          RowFactory.create(
              scope, j, policy.dimensionOfIndicator().get(j).key(), indicators.get(j).column()));
    }
  }

  private static StructType indicatorSchema() {
    return new StructType()
        .add("_policy", DataTypes.StringType)
        .add("_place", DataTypes.IntegerType)
        .add(Columns.DIMENSION, DataTypes.StringType)
        .add(Columns.INDICATOR, DataTypes.StringType);
  }
}
