package io.gradus.report;

import io.gradus.evaluate.BacktestFigure;
import io.gradus.evaluate.BacktestFigure.Statistic;
import io.gradus.evaluate.Task;
import io.gradus.report.TextTable.Result;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The figures of models on past cut-offs.
 *
 * @param id names the backtest: last day and hash of what it rests on
 * @param lastDay the last day that outcomes are known of
 * @param sections by horizon and population
 */
public record BacktestReport(String id, LocalDate lastDay, List<Section> sections) {
  private static final List<String> HEADER =
      List.of(
          "horizon_days",
          "population",
          "task",
          "model",
          "statistic",
          "cut_off",
          "metric",
          "value",
          "lower",
          "upper",
          "against");

  /**
   * One horizon and population.
   *
   * @param horizonDays days that were predicted
   * @param population name of the population
   * @param figures empty when history is too short for a cut-off
   */
  public record Section(int horizonDays, String population, List<BacktestFigure> figures) {
    public Section {
      figures = List.copyOf(figures);
    }

    private List<BacktestFigure> of(Task task, Statistic statistic) {
      return figures.stream().filter(f -> f.task() == task && f.statistic() == statistic).toList();
    }
  }

  public BacktestReport {
    sections = List.copyOf(sections);
  }

  /** Every figure as a row, for programs. */
  public Result rows() {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Section section : sections) {
      for (BacktestFigure f : section.figures()) {
        List<@Nullable Object> row = new ArrayList<>();
        row.add(section.horizonDays());
        row.add(section.population());
        row.add(lower(f.task()));
        row.add(f.model());
        row.add(lower(f.statistic()));
        row.add(f.cutOff());
        row.add(f.metric());
        row.add(finite(f.value()));
        row.add(finite(f.lower()));
        row.add(finite(f.upper()));
        row.add(f.against());
        rows.add(row);
      }
    }
    return new Result(HEADER, rows);
  }

  /** The figures as tables for a person, ending with a newline. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "%nBacktest %s, outcomes up to %s%n", id, lastDay));
    for (Section section : sections) {
      if (section.figures().isEmpty()) {
        text.append(
            String.format(Locale.ROOT, "%n%d days: history is too short%n", section.horizonDays()));
      } else {
        for (Task task : Task.values()) {
          section(section, task, text);
        }
      }
    }
    return text.toString();
  }

  private static void section(Section section, Task task, StringBuilder text) {
    List<LocalDate> cutOffs =
        section.of(task, Statistic.CUT_OFF).stream()
            .map(BacktestFigure::cutOff)
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    String what = task == Task.CHURN ? "No purchase" : "Net spend";
    text.append(
        String.format(
            Locale.ROOT,
            "%n%s within %d days, %s, cut-offs %s%n",
            what,
            section.horizonDays(),
            section.population(),
            String.join(" ", cutOffs.stream().map(LocalDate::toString).toList())));
    for (Statistic statistic : List.of(Statistic.MEAN, Statistic.WORST)) {
      text.append(lower(statistic)).append(" over the cut-offs\n");
      text.append(pivot(task, section.of(task, statistic), false));
    }
    text.append("each cut-off\n").append(pivot(task, section.of(task, Statistic.CUT_OFF), true));
    text.append("published against the best baseline of each figure, paired bootstrap\n");
    text.append(gains(section, task));
  }

  /** One row per model, or per model and cut-off; one column per metric. */
  private static String pivot(Task task, List<BacktestFigure> figures, boolean dated) {
    Map<List<Object>, Map<String, Double>> rows = new LinkedHashMap<>();
    for (BacktestFigure f : figures) {
      List<Object> key =
          dated
              ? List.of(f.model(), Objects.requireNonNull(f.cutOff()))
              : List.of((Object) f.model());
      rows.computeIfAbsent(key, k -> new LinkedHashMap<>()).put(f.metric(), f.value());
    }
    List<String> header = new ArrayList<>(dated ? List.of("model", "cut_off") : List.of("model"));
    header.addAll(task.metrics());
    List<List<@Nullable Object>> cells = new ArrayList<>();
    rows.entrySet().stream()
        .sorted((a, b) -> order(a.getKey(), b.getKey(), figures))
        .forEach(
            row -> {
              List<@Nullable Object> line = new ArrayList<>(row.getKey());
              task.metrics().forEach(m -> line.add(shown(row.getValue().get(m))));
              cells.add(line);
            });
    return TextTable.of(new Result(header, cells), TextTable.Format.TABLE);
  }

  /** By model in the order of their first figure, then by cut-off. */
  private static int order(List<Object> a, List<Object> b, List<BacktestFigure> figures) {
    List<String> models = figures.stream().map(BacktestFigure::model).distinct().toList();
    int byModel =
        Integer.compare(
            models.indexOf(String.valueOf(a.get(0))), models.indexOf(String.valueOf(b.get(0))));
    return byModel != 0 || a.size() < 2
        ? byModel
        : String.valueOf(a.get(1)).compareTo(String.valueOf(b.get(1)));
  }

  private static String gains(Section section, Task task) {
    List<List<@Nullable Object>> cells = new ArrayList<>();
    List<BacktestFigure> means = section.of(task, Statistic.MEAN);
    for (BacktestFigure gain : section.of(task, Statistic.GAIN)) {
      double low = Objects.requireNonNullElse(gain.lower(), Double.NaN);
      double high = Objects.requireNonNullElse(gain.upper(), Double.NaN);
      List<@Nullable Object> row = new ArrayList<>();
      row.add(gain.metric());
      row.add(shown(mean(means, gain.model(), gain.metric())));
      row.add(gain.against());
      row.add(shown(mean(means, String.valueOf(gain.against()), gain.metric())));
      row.add(shown(gain.value()));
      row.add(shown(low));
      row.add(shown(high));
      row.add(low > 0 ? "better" : high < 0 ? "worse" : "no difference");
      cells.add(row);
    }
    List<String> header =
        List.of(
            "metric",
            "published",
            "best_baseline",
            "its_figure",
            "gain",
            "lower",
            "upper",
            "verdict");
    return TextTable.of(new Result(header, cells), TextTable.Format.TABLE);
  }

  private static double mean(List<BacktestFigure> means, String model, String metric) {
    return means.stream()
        .filter(f -> f.model().equals(model) && f.metric().equals(metric))
        .mapToDouble(BacktestFigure::value)
        .findFirst()
        .orElse(Double.NaN);
  }

  private static @Nullable Object shown(@Nullable Double value) {
    if (value == null || !Double.isFinite(value)) {
      return null;
    }
    double size = Math.abs(value);
    int decimals = size >= 1000 ? 0 : size >= 10 ? 2 : 4;
    return new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN);
  }

  private static @Nullable Double finite(@Nullable Double value) {
    return value == null || !Double.isFinite(value) ? null : value;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
