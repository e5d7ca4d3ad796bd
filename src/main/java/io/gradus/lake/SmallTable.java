package io.gradus.lake;

import io.delta.kernel.Scan;
import io.delta.kernel.Table;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Reads a table of few rows by Delta Kernel, in this process: a command that needs no more than
 * such a table starts no Spark job, which costs some seconds the first time.
 */
final class SmallTable {
  private final Engine engine;
  private final Path path;

  SmallTable(Configuration configuration, Path path) {
    this.engine = DefaultEngine.create(configuration);
    this.path = path;
  }

  /** Every row at a version, each turned into a value while it is at hand. */
  <T> List<T> rows(long version, Function<Row, T> each) throws IOException {
    Scan scan =
        Table.forPath(engine, path.toString())
            .getSnapshotAsOfVersion(engine, version)
            .getScanBuilder()
            .build();
    Row state = scan.getScanState(engine);
    List<T> rows = new ArrayList<>();
    try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(engine)) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> files = batches.next().getRows()) {
          while (files.hasNext()) {
            read(state, files.next(), each, rows);
          }
        }
      }
    }
    return rows;
  }

  private <T> void read(Row state, Row file, Function<Row, T> each, List<T> into)
      throws IOException {
    StructType schema = ScanStateRow.getPhysicalDataReadSchema(state);
    var status = Utils.singletonCloseableIterator(InternalScanFileUtils.getAddFileStatus(file));
    var data =
        engine
            .getParquetHandler()
            .readParquetFiles(status, schema, Optional.empty())
            .map(FileReadResult::getData);
    try (var batches = Scan.transformPhysicalData(engine, state, file, data)) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> rows = batches.next().getRows()) {
          while (rows.hasNext()) {
            into.add(each.apply(rows.next()));
          }
        }
      }
    }
  }

  /** A map of a row from texts to texts. */
  static Map<String, String> texts(MapValue map) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < map.getSize(); i++) {
      values.put(map.getKeys().getString(i), map.getValues().getString(i));
    }
    return values;
  }

  /** A map of a row from texts to whole numbers. */
  static Map<String, Long> numbers(MapValue map) {
    Map<String, Long> values = new HashMap<>();
    for (int i = 0; i < map.getSize(); i++) {
      values.put(map.getKeys().getString(i), map.getValues().getLong(i));
    }
    return values;
  }
}
