package io.gradus.clv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Simulated customers of the models' own making, with known parameters. */
final class Cohorts {
  private Cohorts() {}

  /** Customers of a beta-geometric model, first purchases spread over a quarter. */
  static PurchaseGroups betaGeometric(
      BetaGeometricProcess process, int customers, int longestAgeDays, long seed) {
    Random random = new Random(seed);
    List<History> histories = new ArrayList<>();
    double logGaps = 0;
    for (int i = 0; i < customers; i++) {
      double rate = gamma(process.r(), random) / process.alpha();
      double p = beta(process.a(), process.b(), random);
      int age = longestAgeDays - random.nextInt(91);
      double now = 0;
      int x = 0;
      int last = 0;
      boolean alive = !process.dropoutAtZero() || random.nextDouble() >= p;
      while (alive) {
        double wait = 0;
        for (int stage = 0; stage < process.k(); stage++) {
          wait -= Math.log(1 - random.nextDouble()) / rate;
        }
        now += 7 * wait;
        if (now > age) {
          break;
        }
        x++;
        logGaps += Math.log(wait);
        last = (int) Math.round(now);
        alive = random.nextDouble() >= p;
      }
      histories.add(new History(x, Math.min(last, age), age));
    }
    return groups(histories, logGaps);
  }

  /** Customers of a Pareto/NBD model, first purchases spread over a quarter. */
  static PurchaseGroups pareto(
      ParetoProcess process, int customers, int longestAgeDays, long seed) {
    Random random = new Random(seed);
    List<History> histories = new ArrayList<>();
    for (int i = 0; i < customers; i++) {
      double rate = gamma(process.r(), random) / process.alpha();
      double life =
          -7 * Math.log(1 - random.nextDouble()) * process.beta() / gamma(process.s(), random);
      int age = longestAgeDays - random.nextInt(91);
      double end = Math.min(life, age);
      double now = -7 * Math.log(1 - random.nextDouble()) / rate;
      int x = 0;
      int last = 0;
      while (now <= end) {
        x++;
        last = (int) Math.round(now);
        now -= 7 * Math.log(1 - random.nextDouble()) / rate;
      }
      histories.add(new History(x, Math.min(last, age), age));
    }
    return groups(histories, Double.NaN);
  }

  private static PurchaseGroups groups(List<History> histories, double logGaps) {
    long[] keys = histories.stream().mapToLong(PurchaseGroups::key).toArray();
    double[] weights = new double[keys.length];
    Arrays.fill(weights, 1);
    return PurchaseGroups.of(keys, weights, logGaps);
  }

  /** A standard gamma variable (Marsaglia and Tsang 2000). */
  static double gamma(double shape, Random random) {
    if (shape < 1) {
      return gamma(shape + 1, random) * Math.pow(random.nextDouble(), 1 / shape);
    }
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double z = random.nextGaussian();
      double v = Math.pow(1 + c * z, 3);
      if (v > 0 && Math.log(random.nextDouble()) < 0.5 * z * z + d - d * v + d * Math.log(v)) {
        return d * v;
      }
    }
  }

  static double beta(double a, double b, Random random) {
    double x = gamma(a, random);
    return x / (x + gamma(b, random));
  }
}
