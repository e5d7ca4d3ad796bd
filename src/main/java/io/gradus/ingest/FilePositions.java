package io.gradus.ingest;

import io.gradus.table.StaticCall;
import java.io.Serializable;
import java.util.Collection;
import java.util.HashMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/** The order of files by the UTF-8 bytes of their names, as the place of each one's first row. */
public final class FilePositions implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int ROW_BITS = 40;

  private final HashMap<UTF8String, Long> firsts = new HashMap<>();

  /**
   * @param names the base name of every file that a row may come from
   */
  FilePositions(Collection<String> names) {
    names.stream()
        .map(UTF8String::fromString)
        .sorted()
        .forEach(name -> firsts.put(name, (long) firsts.size() << ROW_BITS));
  }

  /** The place of a row in the order of files and rows, a BIGINT. */
  Column of(Column file, Column row) {
    Column first =
        StaticCall.of(
            FilePositions.class, "first", DataTypes.LongType, file, StaticCall.constant(this));
    return first.plus(row);
  }

  /**
   * The place of a file's first row.
   *
   * @throws IllegalArgumentException when the file is not among them
   */
  public static long first(UTF8String file, FilePositions positions) {
    Long first = positions.firsts.get(file);
    if (first == null) {
      throw new IllegalArgumentException("no file of this tally is named " + file);
    }
    return first;
  }
}
