package io.gradus.ml.churn;

import io.gradus.evaluate.Metrics;
import io.gradus.evaluate.ModelBacktest;
import io.gradus.evaluate.ModelMetric;
import io.gradus.evaluate.RollingOrigins;
import io.gradus.feature.LabelWindow;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Replays churn risk and the forecasts of spend at past cut-offs: at each one everything is learned
 * from what was known then, the choice among the models included, and judged on what came. The
 * models' own rows and {@value #PUBLISHED}, what would have been published, stand side by side;
 * {@value #ACTIVE} marks figures of customers who bought in the last 365 days. Customers are the
 * sample of {@link Snapshots}.
 */
public final class ChurnBacktest {
  /** The model name of what would have been published. */
  public static final String PUBLISHED = "published";

  /** Suffix of model names judged on active customers only. */
  public static final String ACTIVE = "@active";

  private static final int ACTIVE_DAYS = 365;

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
   * The figures per cut-off, their mean and worst; empty when history is too short for one.
   *
   * @param purchaseDays rows of {@code silver.purchase_day}
   * @param lastDay the last complete day; later rows change nothing
   */
  public List<ModelMetric> run(Dataset<Row> purchaseDays, LocalDate lastDay) {
    LocalDate first = Snapshots.firstDay(purchaseDays, lastDay);
    if (first == null) {
      return List.of();
    }
    List<TrainingPlan> plans =
        RollingOrigins.of(first, lastDay, horizonDays, cutOffs).stream()
            .map(cutOff -> new TrainingPlan(cutOff, horizonDays, first))
            .toList();
    Set<LabelWindow> windows = new LinkedHashSet<>();
    for (TrainingPlan plan : plans) {
      windows.addAll(ChurnRisk.windows(plan));
      windows.add(plan.target());
    }
    if (windows.isEmpty()) {
      return List.of();
    }
    List<LocalDate> origins = windows.stream().map(LabelWindow::origin).distinct().toList();
    Snapshots snapshots = Snapshots.read(purchaseDays, lastDay, origins, List.copyOf(windows));
    ModelBacktest figures = new ModelBacktest();
    plans.forEach(plan -> judge(plan, snapshots, figures));
    return figures.metrics();
  }

  private static void judge(TrainingPlan plan, Snapshots snapshots, ModelBacktest figures) {
    Snapshot test = snapshots.labelled(plan.target());
    Learning learning = new Learning(plan, snapshots);
    Map<String, ChurnScorer> models = new LinkedHashMap<>(learning.candidates());
    ChurnScorer published = learning.learned().scorer();
    if (published != null) {
      models.put(PUBLISHED, published);
    }
    int[] active =
        IntStream.range(0, test.size())
            .filter(i -> test.customers().get(i).daysSinceLast() < ACTIVE_DAYS)
            .toArray();
    Map<String, double[]> losses = new LinkedHashMap<>();
    models.forEach(
        (name, scorer) -> {
          double[] logits = Selection.logits(scorer, test.customers());
          double[] probability = Selection.probabilities(logits, 0);
          figures.addChurn(plan.asOf(), name, test.churned(), probability);
          losses.put(name, Metrics.logLosses(test.churned(), probability));
          if (active.length < test.size()) {
            double[] theirs = IntStream.of(active).mapToDouble(i -> probability[i]).toArray();
            figures.addChurn(plan.asOf(), name + ACTIVE, labels(test, active), theirs);
          }
        });
    double[] own = losses.get(PUBLISHED);
    if (own != null) {
      learning
          .candidates()
          .keySet()
          .forEach(
              name ->
                  figures.addGain(
                      plan.asOf(), PUBLISHED, name, own, losses.getOrDefault(name, own)));
    }
    learning.spend(test).addTo(figures);
  }

  private static boolean[] labels(Snapshot test, int[] customers) {
    boolean[] labels = new boolean[customers.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = test.churned()[customers[i]];
    }
    return labels;
  }
}
