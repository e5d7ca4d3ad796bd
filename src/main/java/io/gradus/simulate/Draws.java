package io.gradus.simulate;

import java.util.SplittableRandom;

/**
 * One stream of random numbers, addressed by seed, customer, purpose and number. Only {@link
 * SplittableRandom#nextLong()} and {@link StrictMath} are used, so that every Java release and
 * machine draws the same numbers.
 */
final class Draws {

  /** What a stream is for; streams of different purposes are independent. */
  enum Purpose {
    PROFILE,
    TIMING,
    ORDER,
    RETURN,
    FAULT,
    EVENT
  }

  private static final double UNIT = 0x1.0p-53;

  private final SplittableRandom random;

  private Draws(long seed) {
    random = new SplittableRandom(seed);
  }

  static Draws of(long seed, long customer, Purpose purpose, long number) {
    long mixed = mix(seed + 0x9E3779B97F4A7C15L);
    mixed = mix(mixed ^ customer * 0xD1342543DE82EF95L);
    return new Draws(mix(mixed ^ (number * 8 + purpose.ordinal()) * 0xAF251AF3B0F025B5L));
  }

  /** The 64-bit finalizer of MurmurHash3 (Stafford's variant 13). */
  private static long mix(long value) {
    long z = value;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  /** Uniform in [0, 1). */
  double uniform() {
    return (random.nextLong() >>> 11) * UNIT;
  }

  /** Uniform in 0..bound − 1. */
  int index(int bound) {
    return (int) (uniform() * bound);
  }

  /** Exponential with mean 1. */
  double exponential() {
    return -StrictMath.log(1 - uniform());
  }

  /** Poisson; {@code mean} at most some tens, as the time taken grows with it. */
  int poisson(double mean) {
    if (mean <= 0) {
      return 0;
    }
    double limit = StrictMath.exp(-mean);
    double product = uniform();
    int count = 0;
    while (product > limit) {
      product *= uniform();
      count++;
    }
    return count;
  }

  /** Gamma with mean shape/rate (Marsaglia and Tsang 2000). */
  double gamma(double shape, double rate) {
    if (shape < 1) {
      double boost = StrictMath.pow(1 - uniform(), 1 / shape);
      return gamma(shape + 1, rate) * boost;
    }
    double d = shape - 1.0 / 3;
    double c = 1 / StrictMath.sqrt(9 * d);
    while (true) {
      double x = gaussian();
      double v = 1 + c * x;
      if (v > 0) {
        v = v * v * v;
        double squared = x * x;
        double u = 1 - uniform();
        if (u < 1 - 0.0331 * squared * squared
            || StrictMath.log(u) < 0.5 * squared + d * (1 - v + StrictMath.log(v))) {
          return d * v / rate;
        }
      }
    }
  }

  /**
   * Beta as a ratio of two gammas; both may underflow for tiny shapes, then a coin of bias a:b
   * decides.
   */
  double beta(double a, double b) {
    double x = gamma(a, 1);
    double y = gamma(b, 1);
    return x + y > 0 ? x / (x + y) : uniform() * (a + b) < a ? 1 : 0;
  }

  /** Standard normal by Marsaglia's polar method. */
  private double gaussian() {
    while (true) {
      double u = 2 * uniform() - 1;
      double v = 2 * uniform() - 1;
      double s = u * u + v * v;
      if (s > 0 && s < 1) {
        return u * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
      }
    }
  }
}
