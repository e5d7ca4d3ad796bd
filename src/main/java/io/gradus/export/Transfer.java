package io.gradus.export;

import io.gradus.table.TableSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One export into one target. Its readers see what they saw before until {@link #publish}, and the
 * whole of the new run from then on; closed without it, the target is left as it was.
 */
public interface Transfer extends AutoCloseable {
  /** The target as a person would name it; never a secret. */
  String name();

  /** An existing local folder for the files of {@link #load}. */
  Path staging();

  /** How rows become lines of text; empty for a target that takes Parquet. */
  Optional<CsvLine> line();

  /** Whether {@link #load} only reads the files, so that they may be the lake's own. */
  default boolean onlyReads() {
    return false;
  }

  /** The tables of earlier exports, which have to follow to the new run. */
  Set<String> tables();

  /**
   * Rows by run that the target holds; empty when the table is absent, has another contract or is
   * written anew each time.
   */
  Map<String, Long> runs(TableSpec table);

  /**
   * Applies a change.
   *
   * @param files the staged rows; empty when none come
   */
  void load(TableSpec table, Change change, List<Path> files);

  /** What the target holds of the rows that came with a change. */
  Totals received(TableSpec table, Change change);

  /** The Parquet files by which a table is to be checked; empty when {@link #received} tells. */
  default List<Path> written(TableSpec table) {
    return List.of();
  }

  /** Makes everything visible, together with the record of what it is. */
  void publish(List<ExportRecord> records);

  @Override
  void close();
}
