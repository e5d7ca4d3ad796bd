package io.gradus.ml.churn;

import static io.gradus.ml.churn.Theme.BREADTH;
import static io.gradus.ml.churn.Theme.FREQUENCY;
import static io.gradus.ml.churn.Theme.PATTERN;
import static io.gradus.ml.churn.Theme.RECENCY;
import static io.gradus.ml.churn.Theme.RETURNS;
import static io.gradus.ml.churn.Theme.RHYTHM;
import static io.gradus.ml.churn.Theme.TENURE;
import static io.gradus.ml.churn.Theme.VALUE;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The model's inputs as smooth functions of a customer's state: logarithms of counts, days and
 * money, with bends where effects level off. All are finite for every customer with a purchase.
 */
final class ChurnFeatures {
  private record Feature(Theme theme, ToDoubleFunction<CustomerState> value) {}

  private static final List<Feature> PLAIN =
      List.of(
          new Feature(FREQUENCY, c -> Math.log1p(c.frequency())),
          new Feature(FREQUENCY, c -> above(Math.log1p(c.frequency()), Math.log(4))),
          new Feature(FREQUENCY, c -> indicator(c.frequency() == 0)),
          new Feature(RECENCY, c -> Math.log1p(c.daysSinceLast())),
          new Feature(RECENCY, c -> above(Math.log1p(c.daysSinceLast()), Math.log(31))),
          new Feature(RECENCY, c -> above(Math.log1p(c.daysSinceLast()), Math.log(61))),
          new Feature(RECENCY, c -> above(Math.log1p(c.daysSinceLast()), Math.log(181))),
          new Feature(RECENCY, c -> indicator(c.purchases30() > 0)),
          new Feature(RECENCY, c -> indicator(c.purchases90() > 0)),
          new Feature(RECENCY, c -> indicator(c.purchases180() > 0)),
          new Feature(FREQUENCY, c -> Math.log1p(c.purchases30())),
          new Feature(FREQUENCY, c -> Math.log1p(c.purchases90())),
          new Feature(FREQUENCY, c -> Math.log1p(c.purchases180())),
          new Feature(TENURE, c -> Math.log1p(c.ageDays())),
          new Feature(VALUE, c -> Math.log(c.averageDay())),
          new Feature(VALUE, c -> Math.log(Math.max(1, c.netTotal()))),
          new Feature(VALUE, c -> Math.log(c.largestDay() / c.averageDay())),
          new Feature(VALUE, c -> Math.log1p(Math.max(0, c.spend30()))),
          new Feature(VALUE, c -> Math.log1p(Math.max(0, c.spend90()))),
          new Feature(BREADTH, c -> Math.log1p(c.breadth())),
          new Feature(RETURNS, c -> Math.min(1, c.returnRate())),
          new Feature(RETURNS, c -> indicator(c.returnRate() > 0)),
          new Feature(RHYTHM, c -> c.gaps() > 1 ? c.gapVariation() : 0),
          new Feature(RHYTHM, c -> indicator(c.gaps() > 1)),
          new Feature(PATTERN, c -> c.daysSinceLast() / Math.max(1.0, c.ageDays())),
          new Feature(PATTERN, c -> Math.log1p(c.frequency()) * Math.log1p(c.daysSinceLast())),
          new Feature(PATTERN, c -> Math.log1p(c.frequency()) * Math.log1p(c.ageDays())),
          new Feature(PATTERN, c -> Math.log1p(c.daysSinceLast()) * Math.log1p(c.ageDays())),
          new Feature(VALUE, c -> Math.log1p(c.frequency()) * Math.log(c.averageDay())));

  /** Number of inputs. */
  static final int SIZE = PLAIN.size() + 3;

  private ChurnFeatures() {}

  /** The theme of input j. */
  static Theme theme(int j) {
    if (j < PLAIN.size()) {
      return PLAIN.get(j).theme();
    }
    return j < PLAIN.size() + 2 ? RHYTHM : PATTERN;
  }

  /**
   * The inputs of one customer.
   *
   * @param patternLogit log-odds of no purchase by the buy-till-you-die model
   */
  static double[] of(CustomerState customer, double patternLogit, Rhythm rhythm) {
    double[] inputs = new double[SIZE];
    for (int j = 0; j < PLAIN.size(); j++) {
      inputs[j] = PLAIN.get(j).value().applyAsDouble(customer);
    }
    double usual = rhythm.logMean(customer);
    inputs[SIZE - 3] = usual;
    inputs[SIZE - 2] = Math.log1p(customer.daysSinceLast()) - usual;
    inputs[SIZE - 1] = patternLogit;
    return inputs;
  }

  private static double above(double value, double bend) {
    return Math.max(0, value - bend);
  }

  private static double indicator(boolean condition) {
    return condition ? 1 : 0;
  }
}
