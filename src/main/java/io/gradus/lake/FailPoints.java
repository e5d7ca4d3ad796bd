package io.gradus.lake;

import org.jspecify.annotations.Nullable;

/**
 * Named places at which a test ends the process as a power cut would: no shutdown hook, no flush.
 * The system property {@value #PROPERTY} holds the name to stop at; without it a call is one
 * comparison with null.
 */
public final class FailPoints {
  /** The system property that arms one fail point. */
  public static final String PROPERTY = "gradus.failpoint";

  /** The exit status of a process that was halted, the one a killed process has. */
  public static final int HALTED = 137;

  private static final @Nullable String ARMED = System.getProperty(PROPERTY);

  private FailPoints() {}

  /** Halts the process when the fail point of this name is armed. */
  public static void reach(String name) {
    if (ARMED != null && ARMED.equals(name)) {
      Runtime.getRuntime().halt(HALTED);
    }
  }
}
