package io.gradus.grade;

import io.gradus.insight.Lifecycle;
import io.gradus.table.Columns;
import java.util.Arrays;
import java.util.Random;

/**
 * Three years of buyers of very different rate and size in memory, one in three of whom leaves or
 * arrives on the way, with the indicators of the shipped policies on any day. They follow the
 * formulas of the product where one customer is enough; lifetime value and the risk of leaving come
 * from one beta-geometric population, wallets from four groups by frequency.
 */
final class LedgerYears {
  private static final int CATEGORIES = 20;
  private static final double R = .7;
  private static final double ALPHA = 25;
  private static final double A = .4;
  private static final double B = 4;

  private final int customers;
  private final double[][] revenue;
  private final double[][] spent;
  private final int[][] bought;
  private final int[][] last;
  private final int[][] gaps;
  private final double[][] squaredGaps;
  private final int[][] categories;
  private final int[] first;
  private final double[] margin;
  private final double[] fit;
  private final double[] wallets = new double[4];
  private int today;

  LedgerYears(int customers, int days, long seed) {
    this.customers = customers;
    this.revenue = new double[customers][days];
    this.spent = new double[customers][days + 1];
    this.bought = new int[customers][days + 1];
    this.last = new int[customers][days + 1];
    this.gaps = new int[customers][days + 1];
    this.squaredGaps = new double[customers][days + 1];
    this.categories = new int[customers][days + 1];
    this.first = new int[customers];
    this.margin = new double[customers];
    this.fit = new double[customers];
    Random random = new Random(seed);
    for (int c = 0; c < customers; c++) {
      draw(c, days, random);
      addUp(c, days, random);
    }
  }

  /** Takes the as-of date: everything before {@code day} is known. */
  void at(int day) {
    today = day;
    double[][] groups = new double[wallets.length][customers];
    int[] sizes = new int[wallets.length];
    for (int c = 0; c < customers; c++) {
      if (bought[c][day] > 0) {
        groups[group(c)][sizes[group(c)]++] = spend(c, 365);
      }
    }
    for (int g = 0; g < wallets.length; g++) {
      double[] sorted = Arrays.copyOf(groups[g], sizes[g]);
      Arrays.sort(sorted);
      wallets[g] = sorted.length == 0 ? 0 : sorted[(int) (.8 * (sorted.length - 1))];
    }
  }

  boolean isCustomer(int c) {
    return bought[c][today] > 0;
  }

  /** Net revenue of the days from today on. */
  double next(int c, int days) {
    return spent[c][today + days] - spent[c][today];
  }

  double spend(int c, int days) {
    return spent[c][today] - spent[c][Math.max(0, today - days)];
  }

  int purchases(int c) {
    return bought[c][today];
  }

  int age(int c) {
    return today - 1 - first[c];
  }

  int silence(int c) {
    return today - 1 - last[c][today];
  }

  /** The stage by thresholds on the customer's own mean gap. */
  String stage(int c) {
    double gap = (gaps[c][today] + 5 * 40.0) / (purchases(c) - 1 + 5);
    return silence(c) > Math.min(720, 4 * gap)
        ? Lifecycle.LAPSED
        : silence(c) > Math.min(720, 2 * gap) ? Lifecycle.AT_RISK : Lifecycle.MATURE;
  }

  /** The value of an indicator; NaN when it is missing. */
  double value(int c, String column) {
    return switch (column) {
      case Columns.SPEND_365D -> spend(c, 365);
      case Columns.PURCHASES_365D -> window(c, 365);
      case Columns.DAYS_SINCE_LAST -> silence(c);
      case Columns.PROFIT_365D -> margin[c] * spend(c, 365);
      case Columns.CLV_12M -> alive(c) * rate(c) * 365 * meanAmount(c);
      case Columns.HEADROOM -> Math.max(0, wallets[group(c)] - spend(c, 365));
      case Columns.GROWTH -> growth(c);
      case Columns.CATEGORY_BREADTH -> Integer.bitCount(categories[c][today]);
      case Columns.LOYALTY -> loyalty(c);
      case Columns.CHURN_PROBABILITY -> 1 - alive(c) * (1 - Math.exp(-90 * rate(c)));
      case Columns.STRATEGIC_FIT -> fit[c];
      case Columns.CREDIT_RISK -> Double.NaN;
      default -> throw new IllegalArgumentException("no indicator " + column);
    };
  }

  private void draw(int c, int days, Random random) {
    double rate = Math.exp(random.nextGaussian() - 3.5);
    double size = Math.exp(random.nextGaussian() + 4);
    int from = random.nextInt(6) == 0 ? random.nextInt(days) : 0;
    int until = random.nextInt(6) == 0 ? random.nextInt(days) : days;
    for (int day = from; day < until; day++) {
      if (random.nextDouble() < rate) {
        double amount = size * Math.exp(random.nextGaussian() * .5);
        revenue[c][day] = Math.rint(100 * amount) / 100;
      }
    }
    margin[c] = .2 + .3 * random.nextDouble();
    fit[c] = random.nextInt(3) == 0 ? Double.NaN : random.nextInt(6);
  }

  private void addUp(int c, int days, Random random) {
    first[c] = -1;
    int range = 1 + random.nextInt(CATEGORIES);
    for (int day = 0; day < days; day++) {
      boolean buys = revenue[c][day] > 0;
      int gap = buys && bought[c][day] > 0 ? day - last[c][day] : 0;
      first[c] = buys && first[c] < 0 ? day : first[c];
      spent[c][day + 1] = spent[c][day] + revenue[c][day];
      bought[c][day + 1] = bought[c][day] + (buys ? 1 : 0);
      last[c][day + 1] = buys ? day : last[c][day];
      gaps[c][day + 1] = gaps[c][day] + gap;
      squaredGaps[c][day + 1] = squaredGaps[c][day] + (double) gap * gap;
      categories[c][day + 1] = categories[c][day] | (buys ? 1 << random.nextInt(range) : 0);
    }
  }

  private int group(int c) {
    int purchases = window(c, 365);
    return purchases < 2 ? 0 : purchases < 6 ? 1 : purchases < 15 ? 2 : 3;
  }

  private int window(int c, int days) {
    return bought[c][today] - bought[c][Math.max(0, today - days)];
  }

  private double rate(int c) {
    return (R + purchases(c) - 1) / (ALPHA + age(c));
  }

  /** Fader, Hardie and Lee (2005), P(alive) of the BG/NBD model. */
  private double alive(int c) {
    int x = purchases(c) - 1;
    double recency = last[c][today] - first[c];
    double odds = Math.pow((ALPHA + age(c)) / (ALPHA + recency), R + x) * A / (B + x - 1);
    return x == 0 ? 1 : 1 / (1 + odds);
  }

  private double meanAmount(int c) {
    return (spent[c][today] + 2 * 90) / (purchases(c) + 2);
  }

  private double growth(int c) {
    int earlier = window(c, 730) - window(c, 365);
    if (age(c) < 700) {
      return Double.NaN;
    }
    double half = spent[c][today] / purchases(c) / 2;
    double ratio = Math.log((spend(c, 365) + half) / (spend(c, 730) - spend(c, 365) + half));
    double noise = 2 / (window(c, 365) + .5) + 2 / (earlier + .5);
    return Math.expm1(ratio * .15 / (.15 + noise));
  }

  private double loyalty(int c) {
    int x = purchases(c) - 1;
    double sum = .3 * x / (x + 3) + .15 * Math.min(1, age(c) / 1095.0) + .2 * activity(c);
    sum += .1 * (1 - Math.exp(-Integer.bitCount(categories[c][today]) / 5.0)) + .1;
    double mean = x == 0 ? 0 : (double) gaps[c][today] / x;
    double spread = x < 2 ? 0 : Math.sqrt(Math.max(0, squaredGaps[c][today] / x - mean * mean));
    return x < 2 ? 100 * sum / .85 : 100 * (sum + .15 / (1 + spread / mean));
  }

  private double activity(int c) {
    int[] edges = {0, 90, 180, 365, 730};
    int active = 0;
    int possible = 0;
    for (int i = 0; i < 4; i++) {
      possible += i == 0 || age(c) >= edges[i] ? 1 : 0;
      active += window(c, edges[i + 1]) > window(c, edges[i]) ? 1 : 0;
    }
    return Math.min(1, (double) active / possible);
  }
}
