package io.gradus.notebook;

import java.util.Locale;

/** Colours that stay apart for most colour-blind readers (Okabe and Ito 2008), and two ramps. */
final class Colours {
  private static final String[] SERIES = {
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c6d31", "#555555",
    "#b8a800", "#6a3d9a"
  };

  private Colours() {}

  static String series(int index) {
    return SERIES[index % SERIES.length];
  }

  /** White at 0 to dark blue at 1. */
  static String rising(double share) {
    return mix(0xffffff, 0x084594, share);
  }

  /** Orange at −1, white at 0, blue at 1. */
  static String diverging(double share) {
    return share < 0 ? mix(0xffffff, 0xc04a00, -share) : mix(0xffffff, 0x08519c, share);
  }

  private static String mix(int from, int to, double share) {
    double s = Math.max(0, Math.min(1, share));
    int mixed = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      long channel = Math.round((from >> shift & 255) * (1 - s) + (to >> shift & 255) * s);
      mixed |= (int) channel << shift;
    }
    return String.format(Locale.ROOT, "#%06x", mixed);
  }
}
