package io.gradus.ml.cluster;

/** Independent seeds for the starts and bootstraps of one fit. */
final class Seeds {
  private Seeds() {}

  /** A seed for a numbered part of the work (the finaliser of SplitMix64, Steele et al. 2014). */
  static long mix(long seed, long part) {
    long z = seed + (part + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
