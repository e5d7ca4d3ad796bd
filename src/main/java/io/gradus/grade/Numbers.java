package io.gradus.grade;

import io.gradus.grade.Indicator.Format;

/** Numbers as people read them in reasons; the same on every machine and locale. */
final class Numbers {
  private Numbers() {}

  /** A value in English. */
  static String en(double value, Format format) {
    return switch (format) {
      case MONEY -> money(value);
      case PERCENT -> fixed(100 * value, 1) + " %";
      case DAYS -> fixed(value, 0) + " days";
      case NUMBER, INDEX, TEXT -> number(value);
    };
  }

  /** A value in Chinese. */
  static String zh(double value, Format format) {
    return switch (format) {
      case MONEY -> money(value);
      case PERCENT -> fixed(100 * value, 1) + "%";
      case DAYS -> fixed(value, 0) + "天";
      case NUMBER, INDEX, TEXT -> number(value);
    };
  }

  /** Millionths of a point with their sign and one decimal. */
  static String points(long millionths) {
    return (millionths > 0 ? "+" : "") + fixed(millionths / 1e6, 1);
  }

  private static String money(double value) {
    boolean small = Math.abs(value) < 100 && value != Math.rint(value);
    return grouped(value, small ? 2 : 0);
  }

  private static String number(double value) {
    return value == Math.rint(value) ? grouped(value, 0) : fixed(value, 2);
  }

  /** Thousands separated by commas. */
  private static String grouped(double value, int decimals) {
    String plain = fixed(Math.abs(value), decimals);
    int point = plain.indexOf('.');
    int end = point < 0 ? plain.length() : point;
    StringBuilder text = new StringBuilder(plain);
    for (int i = end - 3; i > 0; i -= 3) {
      text.insert(i, ',');
    }
    boolean negative = value < 0 && !plain.chars().allMatch(c -> c == '0' || c == '.');
    return negative ? "-" + text : text.toString();
  }

  /** A fixed number of decimals, at most 2, half up. */
  private static String fixed(double value, int decimals) {
    if (!(Math.abs(value) < 1e15)) {
      return Double.toString(value);
    }
    long scale = decimals == 0 ? 1 : decimals == 1 ? 10 : 100;
    long scaled = Math.round(Math.abs(value) * scale);
    StringBuilder text = new StringBuilder();
    if (value < 0 && scaled > 0) {
      text.append('-');
    }
    text.append(scaled / scale);
    if (decimals > 0) {
      String fraction = Long.toString(scaled % scale);
      text.append('.').append("0".repeat(decimals - fraction.length())).append(fraction);
    }
    return text.toString();
  }
}
