package io.gradus.ml.rfm;

import org.jspecify.annotations.Nullable;

/**
 * One cut-point as the text {@code scope|measure|score|value}; an unattained score has no value.
 */
final class RulerText {
  private RulerText() {}

  static String write(RfmCutPoint point) {
    @Nullable Double threshold = point.threshold();
    return String.join(
        "|",
        point.scope(),
        point.measure().name(),
        Integer.toString(point.score()),
        threshold == null ? "" : threshold.toString());
  }

  static RfmCutPoint read(String text) {
    String[] parts = text.split("\\|", -1);
    int n = parts.length;
    if (n < 4) {
      throw new IllegalArgumentException(
          "a ruler entry is scope|measure|score|value, found '" + text + "'");
    }
    String value = parts[n - 1];
    String tail = "|" + parts[n - 3] + "|" + parts[n - 2] + "|" + value;
    return new RfmCutPoint(
        text.substring(0, text.length() - tail.length()),
        RfmMeasure.valueOf(parts[n - 3]),
        Integer.parseInt(parts[n - 2]),
        value.isEmpty() ? null : Double.valueOf(value),
        0);
  }
}
