package io.gradus.lake;

import io.gradus.error.GradusException;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells from a Spark or Delta failure what a person has to act on. */
public final class StorageFailures {
  private static final int DEEPEST_CAUSE = 20;
  private static final Set<String> UNSUPPORTED =
      Set.of(
          "InvalidProtocolVersionException",
          "DeltaUnsupportedTableFeatureException",
          "DeltaTableFeatureException");

  private StorageFailures() {}

  /**
   * The failure as a person should see it: an unreadable input file is an input failure, a broken
   * table rule a closed gate, a concurrent writer a fence, a disk or permission problem a storage
   * failure. Anything else is a defect and comes back unchanged.
   *
   * @param doing what failed, as the start of the message: "Writing table gold/customer_360"
   */
  public static RuntimeException translate(String doing, Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
      RuntimeException known = known(doing, cause);
      if (known != null) {
        return known;
      }
      cause = cause.getCause();
    }
    return failure instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(doing + " failed: " + firstLine(failure), failure);
  }

  private static @Nullable RuntimeException known(String doing, Throwable cause) {
    String type = cause.getClass().getSimpleName();
    String message = firstLine(cause);
    if (cause instanceof GradusException known) {
      return known;
    }
    if (message.startsWith("[FAILED_READ_FILE")) {
      Throwable root = cause.getCause() == null ? cause : cause.getCause();
      return GradusException.input(
          message.replaceFirst("^\\[[^]]*] ", "")
              + " "
              + firstLine(root)
              + ". Deliver the file again.",
          cause);
    }
    if (type.equals("DeltaInvariantViolationException")) {
      return GradusException.gate(doing + " was stopped by a rule of the table: " + message + ".");
    }
    if (type.startsWith("Concurrent") && cause.getClass().getName().contains(".delta")) {
      return GradusException.fenced(doing + " met another writer: " + message);
    }
    if (UNSUPPORTED.contains(type)) {
      return GradusException.storage(
          doing + " failed: the table was written by a newer program: " + message, cause);
    }
    if (cause instanceof IOException) {
      return GradusException.storage(
          doing + " failed: " + message + ". Check space and permissions.", cause);
    }
    return null;
  }

  private static String firstLine(Throwable failure) {
    String message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : message.lines().findFirst().orElse("").strip();
  }
}
