package io.gradus.error;

/**
 * A failure that a person can act on. The message is one line that names the file, column or key,
 * the value found and what to do; nothing published has changed when it is thrown.
 */
public final class GradusException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  private GradusException(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  private GradusException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** A wrong option, configuration value or policy. */
  public static GradusException usage(String message) {
    return new GradusException(ExitCode.USAGE, message);
  }

  /** A source that breaks its contract. */
  public static GradusException input(String message) {
    return new GradusException(ExitCode.INPUT, message);
  }

  /** A source that breaks its contract, found through another failure. */
  public static GradusException input(String message, Throwable cause) {
    return new GradusException(ExitCode.INPUT, message, cause);
  }

  /** A quality gate that stops the run before it publishes. */
  public static GradusException gate(String message) {
    return new GradusException(ExitCode.GATE, message);
  }

  /** Another run holds the lake. */
  public static GradusException lockHeld(String message) {
    return new GradusException(ExitCode.LOCK, message);
  }

  /** The lake cannot be read or written. */
  public static GradusException storage(String message, Throwable cause) {
    return new GradusException(ExitCode.STORAGE, message, cause);
  }

  /** The lake cannot be used as it is. */
  public static GradusException storage(String message) {
    return new GradusException(ExitCode.STORAGE, message);
  }

  /** A later run took over while this one was paused. */
  public static GradusException fenced(String message) {
    return new GradusException(ExitCode.FENCED, message);
  }

  /** The same failure, told with where it happened: the step of a longer job. */
  public GradusException during(String where) {
    return new GradusException(exitCode, where + ": " + getMessage(), this);
  }

  /** The status the process ends with. */
  public ExitCode exitCode() {
    return exitCode;
  }
}
