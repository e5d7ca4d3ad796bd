package io.gradus.lake;

/**
 * One commit as the table's own log tells it.
 *
 * @param table the table's path below the lake, {@code layer/name}
 * @param version the Delta version it made
 * @param rows the rows it wrote
 * @param bytes the bytes of the data files it wrote
 * @param contentHash a hash of the rows it wrote that does not depend on their order or files;
 *     columns of map type are left out
 */
public record Commit(String table, long version, long rows, long bytes, String contentHash) {
  /** A table of which the run wrote no rows. */
  static Commit none(String table) {
    return new Commit(table, 0, 0, 0, "");
  }

  /** The same rows, seen at a later version. */
  Commit at(long laterVersion) {
    return new Commit(table, laterVersion, rows, bytes, contentHash);
  }
}
