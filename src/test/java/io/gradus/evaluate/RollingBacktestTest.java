package io.gradus.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradus.evaluate.BacktestFigure.Statistic;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RollingBacktestTest {
  private static final LocalDate FIRST = LocalDate.parse("2020-01-01");

  private static Fold fold(LocalDate cutOff, double[] actual, Map<String, double[]> forecasts) {
    List<String> customers = IntStream.range(0, actual.length).mapToObj(i -> "c" + i).toList();
    return new Fold(cutOff, customers, actual, forecasts);
  }

  private static BacktestFigure figure(
      List<BacktestFigure> figures, String model, Statistic statistic, String metric) {
    return figures.stream()
        .filter(
            f -> f.model().equals(model) && f.statistic() == statistic && f.metric().equals(metric))
        .findFirst()
        .orElseThrow();
  }

  /** scikit-learn's example for roc_auc_score has .75; ordering the classes perfectly gives 1. */
  @Test
  void sumsUpMeanAndWorst() {
    double[] actual = {0, 0, 1, 1};
    RollingBacktest backtest = new RollingBacktest(Task.CHURN);
    backtest.add(fold(FIRST, actual, Map.of("m", new double[] {0.1, 0.4, 0.35, 0.8})));
    backtest.add(fold(FIRST.plusDays(90), actual, Map.of("m", new double[] {0.1, 0.2, 0.7, 0.8})));

    List<BacktestFigure> figures = backtest.figures("m", List.of());

    assertThat(figure(figures, "m", Statistic.MEAN, "roc_auc").value()).isEqualTo(0.875);
    assertThat(figure(figures, "m", Statistic.WORST, "roc_auc").value()).isEqualTo(0.75);
    assertThat(figure(figures, "m", Statistic.WORST, "brier").value())
        .isCloseTo(0.158125, within(1e-12));
  }

  /** A customer who counts k times is k customers. */
  @Test
  void weightsAreRepeatedCustomers() {
    SplittableRandom random = new SplittableRandom(11);
    int n = 200;
    double[] churned = new double[n];
    double[] probability = new double[n];
    double[] value = new double[n];
    double[] forecast = new double[n];
    byte[] weights = new byte[n];
    for (int i = 0; i < n; i++) {
      churned[i] = random.nextInt(2);
      probability[i] = (1 + random.nextInt(30)) / 32.0;
      value[i] = random.nextInt(3) == 0 ? random.nextInt(100) : 0;
      forecast[i] = random.nextInt(50);
      weights[i] = (byte) random.nextInt(4);
    }
    int[] repeated =
        IntStream.range(0, n).flatMap(i -> IntStream.range(0, weights[i]).map(k -> i)).toArray();
    for (Map.Entry<String, WeightedFigures.Figure> known : WeightedFigures.KNOWN.entrySet()) {
      boolean churn = Task.CHURN.metrics().contains(known.getKey());
      double[] actual = churn ? churned : value;
      double[] said = churn ? probability : forecast;
      double weighted = known.getValue().of(new WeightedFigures(actual, said), weights);
      ModelFigures figures = new ModelFigures();
      figures.add(
          churn ? Task.CHURN : Task.VALUE,
          FIRST,
          "m",
          Arrays.stream(repeated).mapToDouble(i -> actual[i]).toArray(),
          Arrays.stream(repeated).mapToDouble(i -> said[i]).toArray());
      double expected =
          figures.rows().stream()
              .filter(row -> row.metric().equals(known.getKey()))
              .findFirst()
              .orElseThrow()
              .value();
      // Bins of weighted customers end at whole customers, which ten bins of 30 can feel.
      double tolerance = known.getKey().equals("ece") ? 0.05 : 1e-12;
      assertThat(weighted).as(known.getKey()).isCloseTo(expected, within(tolerance));
    }
  }

  /** Seeing the same customers at four cut-offs does not make the evidence four times as strong. */
  @Test
  void gainsKnowRealDifferencesFromNoise() {
    SplittableRandom random = new SplittableRandom(5);
    int n = 400;
    double[] actual = new double[n];
    double[] sharp = new double[n];
    double[] dull = new double[n];
    double[] noisy = new double[n];
    for (int i = 0; i < n; i++) {
      double p = 0.1 + 0.8 * random.nextDouble();
      actual[i] = random.nextDouble() < p ? 1 : 0;
      sharp[i] = p;
      dull[i] = 0.5;
      noisy[i] = Math.min(0.99, Math.max(0.01, p + (i % 2 == 0 ? 0.03 : -0.03)));
    }
    Map<String, double[]> forecasts = Map.of("published", sharp, "dull", dull, "noisy", noisy);
    List<Double> widths = new ArrayList<>();
    for (int cutOffs : new int[] {1, 4}) {
      RollingBacktest backtest = new RollingBacktest(Task.CHURN);
      for (int k = 0; k < cutOffs; k++) {
        backtest.add(fold(FIRST.plusDays(90L * k), actual, forecasts));
      }
      BacktestFigure real =
          figure(
              backtest.figures("published", List.of("dull")),
              "published",
              Statistic.GAIN,
              "log_loss");
      assertThat(real.against()).isEqualTo("dull");
      assertThat(real.lower()).isPositive();
      BacktestFigure noise =
          figure(
              backtest.figures("published", List.of("dull", "noisy")),
              "published",
              Statistic.GAIN,
              "log_loss");
      assertThat(noise.against()).isEqualTo("noisy");
      assertThat(noise.lower()).isLessThan(0);
      widths.add(real.upper() - real.lower());
    }
    assertThat(widths.get(1)).isCloseTo(widths.get(0), within(1e-9));
  }
}
