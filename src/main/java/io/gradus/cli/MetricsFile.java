package io.gradus.cli;

import io.gradus.error.GradusException;
import io.gradus.report.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The text file from which Prometheus learns of the last run; readers never see half of one. */
final class MetricsFile {
  private final Path file;

  MetricsFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  /**
   * Replaces the file in one step.
   *
   * @throws GradusException storage failure when it cannot be written
   */
  void write(Metrics metrics) {
    // node_exporter reads *.prom only, so the unfinished file must not end with it.
    Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.writeString(unfinished, metrics.text(before()));
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw GradusException.storage(
          "The metrics file " + file + " cannot be written. Check --metrics-file.", e);
    }
  }

  private String before() throws IOException {
    return Files.exists(file) ? Files.readString(file) : "";
  }
}
