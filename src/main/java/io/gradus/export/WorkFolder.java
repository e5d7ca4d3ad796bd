package io.gradus.export;

import io.gradus.error.GradusException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder of one export, deleted at its end. */
record WorkFolder(Path path) implements AutoCloseable {
  /** A new folder on the same file system as a target, so that renames are one step. */
  static WorkFolder beside(Path target) {
    Path parent = target.toAbsolutePath().getParent();
    if (parent == null) {
      throw GradusException.usage(target + " cannot be replaced; name something below it");
    }
    return in(parent, "." + target.getFileName() + ".export-");
  }

  /** A new folder in another one, which is made when absent. */
  static WorkFolder in(Path parent, String prefix) {
    try {
      Files.createDirectories(parent);
      return new WorkFolder(Files.createTempDirectory(parent, prefix));
    } catch (IOException e) {
      throw GradusException.storage(parent + ": no folder can be made there", e);
    }
  }

  /** Deletes a folder and all below it. */
  static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> entries = Files.walk(folder)) {
      List<Path> deepestFirst = entries.sorted(Comparator.reverseOrder()).toList();
      for (Path entry : deepestFirst) {
        Files.deleteIfExists(entry);
      }
    } catch (IOException e) {
      throw GradusException.storage(folder + ": cannot be deleted", e);
    }
  }

  @Override
  public void close() {
    delete(path);
  }
}
