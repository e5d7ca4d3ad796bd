package io.gradus.ml.churn;

import io.gradus.evaluate.BacktestFigure;
import io.gradus.evaluate.Fold;
import io.gradus.evaluate.RollingBacktest;
import io.gradus.evaluate.RollingOrigins;
import io.gradus.evaluate.Task;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Replays churn risk and the forecasts of spend at past cut-offs: at each one everything is learned
 * from what was known then, the choice among the models included, and judged on what came. The
 * models' own rows and {@value #PUBLISHED}, what would have been published, stand side by side with
 * what others use. Customers are the sample of {@link Snapshots}.
 */
public final class ChurnBacktest {
  /** The model name of what would have been published. */
  public static final String PUBLISHED = "published";

  /** The population of everybody with a purchase by the cut-off. */
  public static final String EVERYBODY = "everybody";

  /** The population of those who bought in the last 365 days. */
  public static final String ACTIVE = "active_365d";

  private static final int ACTIVE_DAYS = 365;

  private static final List<String> CHURN_BASELINES =
      List.of(
          Baselines.MAJORITY,
          Baselines.RECENCY,
          Baselines.FREQUENCY,
          Baselines.HIATUS,
          Baselines.LOGISTIC_RFT,
          Candidates.PATTERN,
          PeerForecasts.PARETO,
          PeerForecasts.NOT_ALIVE);

  private static final List<String> VALUE_BASELINES =
      List.of(
          SpendFold.PAST,
          PeerForecasts.RECENT_SPEND,
          PeerForecasts.BG_NBD_SPEND,
          SpendFold.BTYD,
          PeerForecasts.LOGNORMAL);

  private final int horizonDays;
  private final int cutOffs;

  /**
   * @param horizonDays days that are predicted, 7 to 730
   * @param cutOffs the largest number of cut-offs, ≥ 1
   */
  public ChurnBacktest(int horizonDays, int cutOffs) {
    this.horizonDays = horizonDays;
    this.cutOffs = cutOffs;
  }

  /**
   * The figures of one population.
   *
   * @param population {@link #EVERYBODY} or {@link #ACTIVE}
   * @param figures of both tasks: each cut-off, mean, worst, gains of {@link #PUBLISHED}
   */
  public record PopulationFigures(String population, List<BacktestFigure> figures) {}

  /**
   * The figures by population; empty when history is too short for a cut-off.
   *
   * @param purchaseDays rows of {@code silver.purchase_day}
   * @param lastDay the last complete day; later rows change nothing
   */
  public List<PopulationFigures> run(Dataset<Row> purchaseDays, LocalDate lastDay) {
    Snapshots snapshots = Snapshots.read(purchaseDays, lastDay);
    LocalDate first = snapshots.firstDay();
    List<TrainingPlan> plans =
        first == null
            ? List.of()
            : RollingOrigins.of(first, lastDay, horizonDays, cutOffs).stream()
                .map(cutOff -> new TrainingPlan(cutOff, horizonDays, first))
                .toList();
    if (plans.isEmpty()) {
      return List.of();
    }
    List<Judged> judged = plans.stream().map(plan -> judge(plan, snapshots)).toList();
    List<PopulationFigures> populations = new ArrayList<>();
    populations.add(new PopulationFigures(EVERYBODY, figures(judged)));
    if (judged.stream().anyMatch(fold -> fold.active().length < fold.churn().actual().length)) {
      List<Judged> active = judged.stream().map(Judged::ofActive).toList();
      populations.add(new PopulationFigures(ACTIVE, figures(active)));
    }
    return List.copyOf(populations);
  }

  /**
   * One cut-off.
   *
   * @param active positions of the customers who bought in the last year
   */
  private record Judged(Fold churn, Fold value, int[] active) {
    Judged ofActive() {
      return new Judged(churn.only(active), value.only(active), active);
    }
  }

  private static List<BacktestFigure> figures(List<Judged> judged) {
    RollingBacktest churn = new RollingBacktest(Task.CHURN);
    RollingBacktest value = new RollingBacktest(Task.VALUE);
    for (Judged fold : judged) {
      if (!fold.churn().customers().isEmpty()) {
        churn.add(fold.churn());
        value.add(fold.value());
      }
    }
    List<BacktestFigure> figures = new ArrayList<>(churn.figures(PUBLISHED, CHURN_BASELINES));
    figures.addAll(value.figures(PUBLISHED, VALUE_BASELINES));
    return List.copyOf(figures);
  }

  private static Judged judge(TrainingPlan plan, Snapshots snapshots) {
    Snapshot test = snapshots.labelled(plan.target());
    List<String> customers = snapshots.ids(plan.asOf());
    Learning learning = new Learning(plan, snapshots, true);
    PeerForecasts peers = learning.peers();
    Map<String, double[]> churn = new LinkedHashMap<>();
    learning
        .candidates()
        .forEach((name, scorer) -> churn.put(name, probabilities(scorer, test.customers())));
    churn.putAll(peers.churn(Objects.requireNonNull(learning.learned().spend())));
    ChurnScorer published = learning.learned().scorer();
    if (published != null) {
      churn.put(PUBLISHED, probabilities(published, test.customers()));
    }
    Map<String, double[]> value = new LinkedHashMap<>(learning.spend(test).forecasts());
    value.putAll(
        peers.value(Objects.requireNonNull(learning.candidates().get(Baselines.LOGISTIC_RFT))));
    value.put(PUBLISHED, value.get(learning.learned().spendMethod()));
    int[] active =
        IntStream.range(0, test.size())
            .filter(i -> test.customers().get(i).daysSinceLast() < ACTIVE_DAYS)
            .toArray();
    return new Judged(
        new Fold(plan.asOf(), customers, TrainingRows.churned(test), churn),
        new Fold(plan.asOf(), customers, test.value(), value),
        active);
  }

  private static double[] probabilities(ChurnScorer scorer, List<CustomerState> customers) {
    return Selection.probabilities(Selection.logits(scorer, customers), 0);
  }
}
