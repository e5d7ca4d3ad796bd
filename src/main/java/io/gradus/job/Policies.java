package io.gradus.job;

import io.gradus.error.GradusException;
import io.gradus.grade.Policy;
import io.gradus.grade.PolicyReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a policy's text comes from: the owner's file, or the one that is built in. */
public final class Policies {
  private static final String BUILT_IN = "policy.yaml";

  private Policies() {}

  /**
   * The policy of a run.
   *
   * @param file the owner's file, null for the built-in policy
   * @throws GradusException (usage) when it cannot be read or is wrong
   */
  public static Policy load(@Nullable String file) {
    if (file == null) {
      return PolicyReader.read(BUILT_IN, name -> builtIn(), Map.of());
    }
    return PolicyReader.read(file, name -> text(Path.of(name)), Map.of());
  }

  /** The same for a shadow policy, of which no robustness is published and so none is computed. */
  static Policy shadow(String file) {
    return PolicyReader.read(file, name -> text(Path.of(name)), Map.of("robustness_draws", "0"));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw GradusException.usage("policy: " + file + " cannot be read; check the path");
    }
  }

  private static String builtIn() {
    try (InputStream text = Policies.class.getClassLoader().getResourceAsStream(BUILT_IN)) {
      if (text == null) {
        throw new IllegalStateException("the jar has no " + BUILT_IN);
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the built-in policy", e);
    }
  }
}
