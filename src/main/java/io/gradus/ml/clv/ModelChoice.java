package io.gradus.ml.clv;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.gradus.clv.ForecastAccuracy;
import io.gradus.clv.History;
import io.gradus.clv.HoldoutContest;
import io.gradus.clv.HoldoutContest.Candidate;
import io.gradus.clv.HoldoutContest.Figures;
import io.gradus.clv.HoldoutCustomer;
import io.gradus.clv.HoldoutDecision;
import io.gradus.clv.PurchaseModelKind;
import io.gradus.clv.Regularity;
import io.gradus.table.Columns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Chooses the purchase model by rolling hold-out: each candidate is fitted to customers as known at
 * past cut-offs and judged by the purchases that came, see {@link HoldoutDecision}. Everything runs
 * on the driver, on the rows it is given: {@link Holdouts} bounds them.
 *
 * <pre>{@code
 * HoldoutPlan plan = HoldoutPlan.of(firstDay, asOf);
 * ModelChoice.Result choice =
 *     new ModelChoice(new LifetimeValue()).choose(Holdouts.of(purchaseDays, plan, customers));
 * LifetimeValueModel model = new LifetimeValue().setModel(choice.model()).fit(customers);
 * }</pre>
 */
public final class ModelChoice {
  /** Customers that a cut-off needs to be judged. */
  public static final int FEWEST_CUSTOMERS = 50;

  /** Purchases after the cut-offs that a choice needs. */
  public static final int FEWEST_PURCHASES = 30;

  /** The scope of figures averaged over the cut-offs. */
  public static final String ALL_CUT_OFFS = "all cut-offs";

  private static final int SCOPE = 11;
  private static final List<PurchaseModelKind> USUAL =
      List.of(PurchaseModelKind.BG_NBD, PurchaseModelKind.MBG_NBD, PurchaseModelKind.PARETO_NBD);
  private static final List<PurchaseModelKind> REGULAR =
      List.of(PurchaseModelKind.BG_CNBD_K, PurchaseModelKind.MBG_CNBD_K);

  private final LifetimeValue estimator;

  /**
   * @param estimator names the columns and the spend basis; its model is not used
   */
  public ModelChoice(LifetimeValue estimator) {
    this.estimator = estimator;
  }

  /**
   * The outcome.
   *
   * @param model short name of the chosen model; {@link LifetimeValue#AUTO}, the likelihood's
   *     choice, where the hold-outs were too small
   * @param reason why, in one phrase
   * @param scopeModels the models chosen for scopes that are large enough, by scope
   * @param metrics accuracy of candidates and naive baselines per cut-off and over all
   */
  public record Result(
      String model, String reason, Map<String, String> scopeModels, List<ModelMetric> metrics) {}

  /** The outcome when there is no history to hold out. */
  public static Result withoutHoldout(String reason) {
    return new Result(LifetimeValue.AUTO, "highest likelihood: " + reason, Map.of(), List.of());
  }

  /**
   * Judges BG/NBD, MBG/NBD and Pareto/NBD, and the Erlang models where waits are more regular than
   * {@link Regularity#REGULAR}, over all customers and in each scope of the estimator's scope
   * column.
   *
   * @param holdouts rows of {@link Holdouts}, or the same columns from elsewhere, with the scope
   *     column when the estimator has one
   */
  public Result choose(Dataset<Row> holdouts) {
    List<Row> rows = collect(holdouts);
    Map<String, List<Row>> byScope = new TreeMap<>();
    for (Row row : rows) {
      if (!row.isNullAt(SCOPE)) {
        byScope.computeIfAbsent(row.getString(SCOPE), scope -> new ArrayList<>()).add(row);
      }
    }
    Result all = choose(rows, "");
    List<ModelMetric> metrics = new ArrayList<>(all.metrics());
    Map<String, String> scopeModels = new TreeMap<>();
    byScope.forEach(
        (scope, members) -> {
          Result own = choose(members, scope + " ");
          metrics.addAll(own.metrics());
          if (!own.model().equals(LifetimeValue.AUTO)) {
            scopeModels.put(scope, own.model());
          }
        });
    return new Result(all.model(), all.reason(), scopeModels, metrics);
  }

  private static Result choose(List<Row> rows, String scope) {
    Map<CutOff, List<HoldoutCustomer>> customers = new TreeMap<>();
    for (Row row : rows) {
      CutOff cutOff = new CutOff(row.getString(0), row.getInt(1));
      customers.computeIfAbsent(cutOff, c -> new ArrayList<>()).add(customer(row));
    }
    Map<String, HoldoutContest> contests = new TreeMap<>();
    int purchases = 0;
    for (Map.Entry<CutOff, List<HoldoutCustomer>> entry : customers.entrySet()) {
      List<HoldoutCustomer> known = entry.getValue();
      if (known.size() >= FEWEST_CUSTOMERS) {
        CutOff cutOff = entry.getKey();
        contests.put(scope + cutOff.day, new HoldoutContest(known, cutOff.horizonDays));
        purchases += known.stream().mapToInt(HoldoutCustomer::actualPurchases).sum();
      }
    }
    return purchases < FEWEST_PURCHASES
        ? withoutHoldout("too few customers or purchases to hold out")
        : judge(contests, scope);
  }

  private record CutOff(String day, int horizonDays) implements Comparable<CutOff> {
    @Override
    public int compareTo(CutOff other) {
      return day.compareTo(other.day);
    }
  }

  private List<Row> collect(Dataset<Row> holdouts) {
    return holdouts
        .where(col(estimator.getOrDefault(estimator.ageCol())).isNotNull())
        .select(
            col(Holdouts.CUT_OFF).cast("string"),
            col(Holdouts.HORIZON_DAYS).cast("int"),
            col(estimator.getOrDefault(estimator.frequencyCol())).cast("int"),
            col(estimator.getOrDefault(estimator.recencyCol())).cast("int"),
            col(estimator.getOrDefault(estimator.ageCol())).cast("int"),
            LifetimeColumns.spendNumber(estimator),
            coalesce(LifetimeColumns.spendMean(estimator), lit(0.0)),
            orNaN(estimator.getOrDefault(estimator.logGapMeanCol())),
            orNaN(Columns.LOG_GAP_SD),
            col(Holdouts.ACTUAL_PURCHASES).cast("int"),
            col(Holdouts.ACTUAL_SPEND).cast("double"),
            LifetimeColumns.scope(estimator))
        .collectAsList();
  }

  private static Column orNaN(String column) {
    return coalesce(col(column).cast("double"), lit(Double.NaN));
  }

  private static HoldoutCustomer customer(Row row) {
    double deviation = row.getDouble(8);
    return new HoldoutCustomer(
        new History(row.getInt(2), row.getInt(3), row.getInt(4)),
        row.getInt(5),
        row.getDouble(6),
        row.getDouble(7),
        deviation * deviation,
        row.getInt(9),
        row.getDouble(10));
  }

  private static Result judge(Map<String, HoldoutContest> contests, String scope) {
    List<PurchaseModelKind> kinds = candidates(contests.values());
    List<ModelMetric> metrics = new ArrayList<>();
    List<List<Candidate>> cutOffs = new ArrayList<>();
    Map<List<String>, List<ForecastAccuracy>> several = new LinkedHashMap<>();
    contests.forEach(
        (cutOff, contest) -> {
          List<Candidate> candidates = contest.models(kinds);
          cutOffs.add(candidates);
          Stream.concat(
                  candidates.stream().flatMap(candidate -> candidate.figures().stream()),
                  contest.baselines().stream())
              .forEach(
                  figures -> {
                    add(metrics, figures, cutOff);
                    List<String> key = List.of(figures.forecaster(), figures.about());
                    several.computeIfAbsent(key, k -> new ArrayList<>()).add(figures.accuracy());
                  });
        });
    several.forEach(
        (key, accuracies) -> {
          ForecastAccuracy mean = ForecastAccuracy.mean(accuracies);
          add(metrics, new Figures(key.get(0), key.get(1), mean), scope + ALL_CUT_OFFS);
        });
    HoldoutDecision decision = HoldoutDecision.of(cutOffs);
    return new Result(
        decision.model().shortName(), decision.reason(), Map.of(), List.copyOf(metrics));
  }

  private static List<PurchaseModelKind> candidates(Collection<HoldoutContest> contests) {
    List<PurchaseModelKind> candidates = new ArrayList<>(USUAL);
    boolean regular =
        contests.stream().anyMatch(contest -> contest.regularity() > Regularity.REGULAR);
    if (regular) {
      candidates.addAll(REGULAR);
    }
    return candidates;
  }

  private static void add(List<ModelMetric> metrics, Figures figures, String scope) {
    boolean baseline = HoldoutContest.isBaseline(figures.forecaster());
    String model = (baseline ? "baseline." : "clv.") + figures.forecaster();
    figures
        .accuracy()
        .figures()
        .forEach(
            (name, value) ->
                metrics.add(
                    new ModelMetric(
                        model, scope, "holdout_" + figures.about() + "_" + name, value, "")));
  }
}
