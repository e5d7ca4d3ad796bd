package io.gradus.lake;

import io.gradus.error.GradusException;
import io.gradus.table.TableSpec;
import java.util.List;
import org.apache.hadoop.fs.Path;

/** Where things lie below a lake's root. */
final class LakeFolders {
  /** The folders below the root that the lake writes. */
  static final List<String> OWN = List.of("silver", "gold", "ops", "models", "_gradus");

  private final Path root;

  LakeFolders(Path root) {
    this.root = root;
  }

  /** A root with its scheme, and absolute, as path-based Delta needs it. */
  static Path qualified(SmallFiles files, String root) {
    if (root.isBlank()) {
      throw GradusException.usage("The lake's path is empty. Set lake: in the configuration.");
    }
    Path path = new Path(root);
    return files.fileSystem(path).makeQualified(path);
  }

  Path root() {
    return root;
  }

  Path table(TableSpec spec) {
    return new Path(root, spec.path());
  }

  Path table(String path) {
    return new Path(root, path);
  }

  /** Locks, keys, probes and manifests: no table, nothing a reader needs. */
  Path internal(String name) {
    return new Path(root, "_gradus/" + name);
  }

  Path models() {
    return new Path(root, "models");
  }
}
