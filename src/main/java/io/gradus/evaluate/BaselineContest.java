package io.gradus.evaluate;

import io.gradus.evaluate.BacktestFigure.Statistic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What a model is better by than the best baseline, figure by figure, on the mean over the
 * cut-offs. Resamples draw customers, each with all cut-offs that it is part of, so what one
 * customer does at several of them is not taken for independent evidence. A customer's count in a
 * resample is Poisson(1) from a seed of its id (Chamandy et al. 2012, "Estimating Uncertainty for
 * Massive Data Streams"): both models see the same customers.
 */
final class BaselineContest {
  private static final int RESAMPLES = 400;
  private static final long SEED = 20_261_125L;
  private static final double LEAST_CHANCE = Math.exp(-1);

  private final Task task;
  private final List<Fold> folds;
  private final List<byte[][]> weights;

  BaselineContest(Task task, List<Fold> folds) {
    this.task = task;
    this.folds = folds;
    this.weights = folds.stream().map(BaselineContest::weights).toList();
  }

  private static byte[][] weights(Fold fold) {
    int n = fold.customers().size();
    byte[][] weights = new byte[RESAMPLES][n];
    for (int i = 0; i < n; i++) {
      SplittableRandom random = new SplittableRandom(SEED ^ hash(fold.customers().get(i)));
      for (byte[] resample : weights) {
        resample[i] = poisson(random);
      }
    }
    return weights;
  }

  private static long hash(String customer) {
    long hash = 1_125_899_906_842_597L;
    for (int i = 0; i < customer.length(); i++) {
      hash = 31 * hash + customer.charAt(i);
    }
    return hash;
  }

  private static byte poisson(SplittableRandom random) {
    byte count = 0;
    double product = random.nextDouble();
    while (product > LEAST_CHANCE) {
      product *= random.nextDouble();
      count++;
    }
    return count;
  }

  /**
   * The gains of a model.
   *
   * @param best the best baseline by figure
   */
  List<BacktestFigure> gains(String model, Map<String, String> best) {
    List<BacktestFigure> gains = new ArrayList<>();
    best.forEach(
        (metric, baseline) -> {
          WeightedFigures.Figure figure = WeightedFigures.KNOWN.get(metric);
          if (figure != null) {
            Interval gain = gain(figure, model, baseline, larger(metric) ? 1 : -1);
            gains.add(
                new BacktestFigure(
                    task,
                    model,
                    Statistic.GAIN,
                    null,
                    metric,
                    gain.value(),
                    gain.lower(),
                    gain.upper(),
                    baseline));
          }
        });
    return gains;
  }

  private static boolean larger(String metric) {
    return RollingBacktest.LARGER_IS_BETTER.contains(metric);
  }

  private Interval gain(WeightedFigures.Figure figure, String model, String baseline, int sign) {
    double[] resampled = new double[RESAMPLES];
    double value = 0;
    for (int f = 0; f < folds.size(); f++) {
      Fold fold = folds.get(f);
      WeightedFigures ours = new WeightedFigures(fold.actual(), fold.forecast(model));
      WeightedFigures theirs = new WeightedFigures(fold.actual(), fold.forecast(baseline));
      byte[] one = new byte[fold.actual().length];
      Arrays.fill(one, (byte) 1);
      value += difference(figure, ours, theirs, one) * sign / folds.size();
      for (int r = 0; r < RESAMPLES; r++) {
        byte[] drawn = weights.get(f)[r];
        resampled[r] += difference(figure, ours, theirs, drawn) * sign / folds.size();
      }
    }
    Arrays.sort(resampled);
    return new Interval(
        value, resampled[(int) (0.025 * RESAMPLES)], resampled[(int) (0.975 * RESAMPLES)]);
  }

  private static double difference(
      WeightedFigures.Figure figure, WeightedFigures ours, WeightedFigures theirs, byte[] weights) {
    return figure.of(ours, weights) - figure.of(theirs, weights);
  }
}
