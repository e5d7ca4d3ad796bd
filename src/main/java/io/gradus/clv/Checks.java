package io.gradus.clv;

import java.util.List;

final class Checks {
  private Checks() {}

  static void positive(List<String> names, double... values) {
    for (int i = 0; i < values.length; i++) {
      if (!(values[i] > 0) || Double.isInfinite(values[i])) {
        throw new IllegalArgumentException(
            names.get(i) + " must be positive and finite: " + values[i]);
      }
    }
  }
}
