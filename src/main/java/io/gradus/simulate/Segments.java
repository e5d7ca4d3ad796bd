package io.gradus.simulate;

import java.util.List;

/** The segments of a usual company; mean order values in brackets. */
final class Segments {
  /** Fortnightly orders of eight lines [4,000]; a key account never drops out by chance. */
  static final Segment KEY_ACCOUNT =
      new Segment(
          "key account",
          CustomerType.B2B,
          0,
          6,
          84,
          new Dropout.None(),
          new Spend(8, 6, 2_500),
          8,
          0.02);

  /** Wholesalers [900], small businesses [200], households [50] and occasional buyers [28]. */
  static final List<Segment> USUAL =
      List.of(
          new Segment(
              "wholesale",
              CustomerType.B2B,
              0.10,
              1.2,
              24,
              new Dropout.BetaGeometric(0.6, 6, false),
              new Spend(5, 4, 540),
              5,
              0.03),
          new Segment(
              "small business",
              CustomerType.B2B,
              0.20,
              0.9,
              45,
              new Dropout.Exponential(1.4, 500),
              new Spend(4, 3.6, 130),
              3.5,
              0.03),
          new Segment(
              "household",
              CustomerType.B2C,
              0.55,
              0.6,
              40,
              new Dropout.BetaGeometric(0.8, 2.5, false),
              new Spend(6.25, 3.74, 22),
              2.2,
              0.06),
          new Segment(
              "occasional",
              CustomerType.B2C,
              0.15,
              0.5,
              60,
              new Dropout.Exponential(0.9, 150),
              new Spend(5, 3.5, 14),
              1.5,
              0.08));

  private Segments() {}
}
