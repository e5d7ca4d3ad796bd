package io.gradus.cli;

import io.gradus.config.Settings;
import io.gradus.config.YamlReader;
import io.gradus.error.GradusException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that reads a configuration. */
final class ConfigOptions {
  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "Settings; jobs/nightly.yaml lists them all.")
  private Path config = Path.of("");

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides one setting, such as --set clusters.k=5; may be repeated.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  @Option(names = "--lake", paramLabel = "DIR", description = "Overrides the lake of the settings.")
  private @Nullable String lake;

  @Option(
      names = "--as-of",
      paramLabel = "DATE",
      description = "Grades as of this day instead of the settings' as_of.")
  private @Nullable String asOf;

  Settings read() {
    Map<String, String> all = new LinkedHashMap<>(overrides);
    if (lake != null) {
      all.put("lake", quoted(lake));
    }
    if (asOf != null) {
      all.put("as_of", quoted(asOf));
    }
    return YamlReader.read(config.toString(), text(config), all, Settings.class);
  }

  /** Settings of a command that takes its dates elsewhere. */
  Settings readWithoutDate(String why) {
    if (asOf != null) {
      throw GradusException.usage("--as-of cannot be given here: " + why);
    }
    return read();
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (MalformedInputException e) {
      throw GradusException.usage(file + ": is not UTF-8 text");
    } catch (IOException e) {
      throw GradusException.usage(file + ": cannot be read; check the path");
    }
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
