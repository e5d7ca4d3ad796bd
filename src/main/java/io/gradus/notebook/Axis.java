package io.gradus.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A linear scale from values to pixels with round ticks.
 *
 * @param low smallest value shown
 * @param high largest value shown
 * @param from pixel of the smallest
 * @param to pixel of the largest
 */
record Axis(double low, double high, double from, double to) {
  private static final int TICKS = 6;

  /** Rounding errors make no tick of their own. */
  private static final double SLACK = 1e-9;

  /** An axis that covers values, widened to round numbers. */
  static Axis over(double least, double most, double from, double to) {
    double low = Double.isFinite(least) ? least : 0;
    double high = Double.isFinite(most) ? most : 1;
    if (high - low < 1e-12) {
      low -= Math.max(0.5, Math.abs(low) / 2);
      high += Math.max(0.5, Math.abs(high) / 2);
    }
    double step = step(low, high);
    return new Axis(
        Math.floor(low / step + SLACK) * step, Math.ceil(high / step - SLACK) * step, from, to);
  }

  double at(double value) {
    return from + (value - low) / (high - low) * (to - from);
  }

  List<Double> ticks() {
    double step = step(low, high);
    List<Double> ticks = new ArrayList<>();
    for (long i = Math.round(low / step); i * step <= high + step / 1e6; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** A tick's label, in thousands and millions where that is shorter. */
  static String label(double value) {
    double size = Math.abs(value);
    if (size >= 1e6) {
      return trimmed(value / 1e6) + "M";
    }
    return size >= 10_000 ? trimmed(value / 1e3) + "k" : trimmed(value);
  }

  private static String trimmed(double value) {
    String text = String.format(Locale.ROOT, "%.3f", value);
    return text.replaceAll("0+$", "").replaceAll("\\.$", "").replaceAll("^-0$", "0");
  }

  private static double step(double low, double high) {
    double rough = (high - low) / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double mantissa = rough / power;
    double least = mantissa - SLACK;
    return power * (least <= 1 ? 1 : least <= 2 ? 2 : least <= 5 ? 5 : 10);
  }
}
