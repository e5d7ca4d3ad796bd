package io.gradus.lake;

import com.fasterxml.jackson.databind.JsonNode;
import io.gradus.error.GradusException;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/**
 * The version of the contracts that a lake's tables follow, in one small file written when the lake
 * is made and after a migration. It rises when a contract changes by more than a new column that
 * may be NULL.
 */
final class LakeLayout {
  /** What this program reads and writes. */
  static final int CURRENT = 2;

  private static final int FIRST = 1;
  private static final String KEY = "layout";

  private final SmallFiles files;
  private final Path file;

  LakeLayout(SmallFiles files, LakeFolders folders) {
    this.files = files;
    this.file = folders.internal("layout.json");
  }

  /** The lake's layout; lakes of the first release have no such file. */
  int found() {
    return files
        .read(file)
        .map(
            text ->
                Json.parse(text)
                    .map(node -> node.path(KEY))
                    .filter(JsonNode::isInt)
                    .map(JsonNode::asInt)
                    .orElseThrow(
                        () ->
                            GradusException.storage(
                                "File "
                                    + file
                                    + " names no layout. Restore it from a backup of the lake.")))
        .orElse(FIRST);
  }

  /** Refuses a lake of which this program does not know how it is to be read. */
  void refuseNewer() {
    refuseNewer(found());
  }

  private void refuseNewer(int found) {
    if (found > CURRENT) {
      throw GradusException.storage(
          "The lake has layout "
              + found
              + " ("
              + file
              + "), this version of Gradus knows layouts up to "
              + CURRENT
              + ". Use the version that wrote it, or a newer one; nothing was changed.");
    }
  }

  /** Refuses to read a lake that is newer, or whose tables lack what queries ask for. */
  void refuseOther() {
    int found = found();
    refuseNewer(found);
    if (found < CURRENT) {
      throw GradusException.storage(
          "The lake has layout "
              + found
              + ", this version of Gradus reads layout "
              + CURRENT
              + ". The next night migrates it, or at once: gradus optimize --lake "
              + file.getParent().getParent()
              + ". Back it up first; the old version cannot write it afterwards.");
    }
  }

  void record() {
    files.write(file, Json.write(Map.of(KEY, CURRENT)));
  }
}
