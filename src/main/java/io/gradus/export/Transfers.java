package io.gradus.export;

import java.nio.file.Path;

/** Opens the transfer of each kind of target; a driver is loaded only when its target is named. */
public final class Transfers {
  private Transfers() {}

  /**
   * Into a database.
   *
   * @param scratch folder for staged files where the target has none of its own
   */
  public static Transfer database(Destination destination, Path scratch) {
    return destination.isDuckDb()
        ? DuckDbTransfer.open(destination)
        : PostgresTransfer.open(destination, scratch);
  }

  /** Into a folder with one CSV file per table. */
  public static Transfer csv(Path folder) {
    return FolderTransfer.open(folder, true);
  }

  /** Into a folder with one folder of Parquet files per table. */
  public static Transfer parquet(Path folder) {
    return FolderTransfer.open(folder, false);
  }
}
