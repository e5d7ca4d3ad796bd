package io.gradus.evaluate;

import io.gradus.evaluate.BacktestFigure.Statistic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The figures of models over several cut-offs for one population: each cut-off, the mean, the
 * worst, and what a model gains over the best baseline. Only models with a forecast for every
 * cut-off have a mean. Customers are in memory: the caller bounds them.
 */
public final class RollingBacktest {
  static final List<String> LARGER_IS_BETTER =
      List.of(
          "roc_auc",
          "pr_auc",
          "pr_auc_buyers",
          "lift_10",
          "recall_10",
          "lift_10_buyers",
          "recall_10_buyers",
          "gini",
          "spearman",
          "top_20_capture");

  private static final String BIAS = "bias";

  private final Task task;
  private final List<Fold> folds = new ArrayList<>();
  private final List<BacktestFigure> rows = new ArrayList<>();
  private final Map<String, Map<String, List<Double>>> byModel = new LinkedHashMap<>();

  /** An empty backtest. */
  public RollingBacktest(Task task) {
    this.task = task;
  }

  /** Adds a cut-off with at least one customer. */
  public void add(Fold fold) {
    folds.add(fold);
    fold.forecasts()
        .forEach(
            (model, forecast) -> {
              ModelFigures figures = new ModelFigures();
              figures.add(task, fold.cutOff(), model, fold.actual(), forecast);
              figures.rows().forEach(this::remember);
            });
  }

  private void remember(ModelMetric row) {
    rows.add(
        new BacktestFigure(
            task,
            row.model(),
            Statistic.CUT_OFF,
            row.cutOff(),
            row.metric(),
            row.value(),
            row.lower(),
            row.upper(),
            null));
    byModel
        .computeIfAbsent(row.model(), m -> new LinkedHashMap<>())
        .computeIfAbsent(row.metric(), m -> new ArrayList<>())
        .add(row.value());
  }

  /**
   * Every figure.
   *
   * @param model whose gains are told
   * @param baselines what it is held against
   */
  public List<BacktestFigure> figures(String model, Collection<String> baselines) {
    List<BacktestFigure> all = new ArrayList<>(rows);
    byModel.forEach(
        (name, metrics) ->
            metrics.forEach(
                (metric, values) -> {
                  if (values.size() == folds.size()) {
                    all.add(overall(name, Statistic.MEAN, metric, mean(values)));
                    all.add(overall(name, Statistic.WORST, metric, worst(metric, values)));
                  }
                }));
    if (byModel.containsKey(model) && !folds.isEmpty()) {
      all.addAll(new BaselineContest(task, folds).gains(model, best(baselines)));
    }
    return List.copyOf(all);
  }

  private BacktestFigure overall(String model, Statistic statistic, String metric, double value) {
    return new BacktestFigure(task, model, statistic, null, metric, value, null, null, null);
  }

  /** The baseline with the best mean in each figure; the first among equals. */
  private Map<String, String> best(Collection<String> baselines) {
    Map<String, String> best = new LinkedHashMap<>();
    for (String metric : task.metrics()) {
      double reached = Double.NEGATIVE_INFINITY;
      for (String baseline : baselines) {
        List<Double> values = byModel.getOrDefault(baseline, Map.of()).get(metric);
        if (values != null && values.size() == folds.size()) {
          double mean = mean(values);
          double goodness = LARGER_IS_BETTER.contains(metric) ? mean : -mean;
          if (goodness > reached) {
            reached = goodness;
            best.put(metric, baseline);
          }
        }
      }
    }
    return best;
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  private static double worst(String metric, List<Double> values) {
    double[] v = values.stream().mapToDouble(Double::doubleValue).toArray();
    if (metric.equals(BIAS)) {
      return Objects.requireNonNullElse(
          Arrays.stream(v)
              .boxed()
              .max((a, b) -> Double.compare(Math.abs(Math.log(a)), Math.abs(Math.log(b))))
              .orElse(null),
          Double.NaN);
    }
    return LARGER_IS_BETTER.contains(metric)
        ? Arrays.stream(v).min().orElse(Double.NaN)
        : Arrays.stream(v).max().orElse(Double.NaN);
  }
}
