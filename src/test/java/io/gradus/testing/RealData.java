package io.gradus.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The public data sets and reference values that lie beside the checkout, outside of it. A test
 * that needs one is skipped, with the reason, where it is absent.
 */
public final class RealData {
  private static final Path ROOT = Path.of("..", "shared", "data");

  private RealData() {}

  /** The absolute path of a file or folder below the data root, or skips the calling test. */
  public static Path path(String relative) {
    Path path = ROOT.resolve(relative).toAbsolutePath().normalize();
    assumeTrue(Files.exists(path), () -> "needs the public data set " + relative + ", not present");
    return path;
  }
}
