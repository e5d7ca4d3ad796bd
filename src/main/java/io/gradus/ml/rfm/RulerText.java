package io.gradus.ml.rfm;

import java.util.Arrays;
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
        threshold == null ? "" : threshold.toString(),
        Long.toString(point.customers()));
  }

  static RfmCutPoint read(String text) {
    String[] parts = text.split("\\|", -1);
    int n = parts.length;
    if (n < 5) {
      throw new IllegalArgumentException(
          "a ruler entry is scope|measure|score|value|customers, found '" + text + "'");
    }
    String scope = String.join("|", Arrays.asList(parts).subList(0, n - 4));
    String value = parts[n - 2];
    return new RfmCutPoint(
        scope,
        RfmMeasure.valueOf(parts[n - 4]),
        Integer.parseInt(parts[n - 3]),
        value.isEmpty() ? null : Double.valueOf(value),
        Long.parseLong(parts[n - 1]));
  }
}
