package io.gradus.cli;

import io.gradus.error.GradusException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A password that never stands on the command line, where others could read it. */
final class PasswordOption {
  @Option(
      names = "--password-env",
      paramLabel = "NAME",
      description = "Environment variable that holds the password.")
  private @Nullable String variable;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "File whose first line is the password.")
  private @Nullable Path file;

  /**
   * The password; null when none is given.
   *
   * @throws GradusException (usage) when the variable is not set or the file cannot be read
   */
  @Nullable String read() {
    if (variable != null) {
      String value = System.getenv(variable);
      if (value == null) {
        throw GradusException.usage("--password-env: the variable " + variable + " is not set");
      }
      return value;
    }
    if (file != null) {
      return ConfigOptions.text(file).lines().findFirst().orElse("");
    }
    return null;
  }
}
