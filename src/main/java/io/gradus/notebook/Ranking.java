package io.gradus.notebook;

import io.gradus.evaluate.Interval;
import io.gradus.evaluate.Metrics;
import io.gradus.evaluate.PairedBootstrap;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * An order of customers and what each was worth afterwards.
 *
 * @param name what the order is called in plots
 * @param score one per customer; the highest come first
 * @param value what came, ≥ 0, in the same order of customers for all rankings of one cut-off
 */
public record Ranking(String name, double[] score, double[] value) {
  private static final int STEPS = 50;

  /** The share of all value that the first customers bring, 0 to 1. */
  public double capture(double shareOfCustomers) {
    return Metrics.captureAt(value, score, shareOfCustomers);
  }

  /**
   * The area between gains curve and chance over that of the perfect order: 1 is perfect, 0 is
   * chance.
   */
  public double gini() {
    return Metrics.normalisedGini(value, score);
  }

  /**
   * By how much more of the value this order captures than another one, with a 95 % interval over
   * customers (paired bootstrap with both selections held fixed).
   */
  public Interval gainOver(Ranking other, double shareOfCustomers) {
    double mean = Arrays.stream(value).average().orElse(Double.NaN);
    return PairedBootstrap.meanDifference(
        captured(shareOfCustomers, mean), other.captured(shareOfCustomers, mean));
  }

  /** Gains curves: the share of later revenue that the best-ranked share of customers brings. */
  public static Plot gains(String title, Ranking... rankings) {
    Plot plot = new Plot(title, "share of customers, best first", "share of later revenue");
    double[] x = IntStream.rangeClosed(0, STEPS).mapToDouble(i -> (double) i / STEPS).toArray();
    for (Ranking ranking : rankings) {
      double[] y = Arrays.stream(x).map(share -> share == 0 ? 0 : ranking.capture(share)).toArray();
      plot.line(ranking.name(), x, y);
    }
    return plot.reference("at random", x, x);
  }

  /** Lift curves: later revenue of the best-ranked share of customers against the average. */
  public static Plot lift(String title, Ranking... rankings) {
    Plot plot = new Plot(title, "share of customers, best first", "lift over the average");
    double[] x = IntStream.rangeClosed(1, STEPS).mapToDouble(i -> (double) i / STEPS).toArray();
    for (Ranking ranking : rankings) {
      plot.line(ranking.name(), x, Arrays.stream(x).map(s -> ranking.capture(s) / s).toArray());
    }
    return plot.reference("at random", x, Arrays.stream(x).map(share -> 1).toArray());
  }

  /** Each customer's captured value in units of the mean value; ties share what is left. */
  private double[] captured(double shareOfCustomers, double mean) {
    int[] order =
        IntStream.range(0, score.length)
            .boxed()
            .sorted((a, b) -> Double.compare(score[b], score[a]))
            .mapToInt(Integer::intValue)
            .toArray();
    double places = shareOfCustomers * score.length;
    double[] captured = new double[score.length];
    for (int from = 0; from < order.length && places > 0; ) {
      int to = from;
      while (to < order.length && score[order[to]] == score[order[from]]) {
        to++;
      }
      double part = Math.min(1, places / (to - from));
      for (int i = from; i < to; i++) {
        captured[order[i]] = part * value[order[i]] / mean;
      }
      places -= to - from;
      from = to;
    }
    return captured;
  }
}
