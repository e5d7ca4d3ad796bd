package io.gradus.simulate;

/** Argument checks whose messages name the argument and the value found. */
final class Check {
  private Check() {}

  static void positive(String name, double value) {
    that(value > 0 && Double.isFinite(value), name + " must be positive, was " + value);
  }

  static void between(String name, double value, double low, double high) {
    that(
        value >= low && value <= high,
        name + " must be between " + low + " and " + high + ", was " + value);
  }

  static void notBlank(String name, String value) {
    that(!value.isBlank(), name + " must not be blank");
  }

  static void that(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
