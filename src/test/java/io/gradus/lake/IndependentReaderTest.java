package io.gradus.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.kernel.Scan;
import io.delta.kernel.Table;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.TimestampType;
import io.delta.kernel.utils.CloseableIterator;
import io.gradus.table.Gold;
import io.gradus.table.TableSpec;
import io.gradus.testing.KnownLake;
import io.gradus.testing.SparkExtension;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Delta Kernel, which shares no reading code with Spark, finds the same rows in every gold table.
 */
@ExtendWith(SparkExtension.class)
class IndependentReaderTest {
  @Test
  void everyGoldTableAtItsPublishedVersionHasTheSameRows(SparkSession spark) throws Exception {
    String root = KnownLake.folder(spark).toString();
    Lake lake = Lake.openToRead(spark, root);
    Map<String, Long> versions = lake.published().current().orElseThrow().versions();
    int compared = 0;
    for (TableSpec table : Gold.tables()) {
      long version = versions.getOrDefault(table.path(), lake.version(table));

      List<String> found = kernelRows(root + "/" + table.path(), version);

      assertThat(found)
          .as(table.name())
          .containsExactlyInAnyOrderElementsOf(sparkRows(lake, table, version));
      compared += found.size();
    }
    assertThat(compared).isGreaterThan(50);
  }

  private static List<String> sparkRows(Lake lake, TableSpec table, long version) {
    List<String> rows = new ArrayList<>();
    for (Row row : lake.read(table, version).collectAsList()) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        Object cell = row.get(i);
        cells.add(
            cell instanceof Timestamp time
                ? time.toInstant().toString()
                : cell instanceof scala.collection.Seq<?> list
                    ? scala.jdk.javaapi.CollectionConverters.asJava(list).toString()
                    : String.valueOf(cell));
      }
      rows.add(cells.toString());
    }
    return rows;
  }

  private static List<String> kernelRows(String path, long version) throws IOException {
    Engine engine = DefaultEngine.create(new Configuration());
    Scan scan =
        Table.forPath(engine, path)
            .getSnapshotAsOfVersion(engine, version)
            .getScanBuilder()
            .build();
    var state = scan.getScanState(engine);
    var schema = ScanStateRow.getPhysicalDataReadSchema(state);
    List<String> rows = new ArrayList<>();
    try (CloseableIterator<FilteredColumnarBatch> files = scan.getScanFiles(engine)) {
      while (files.hasNext()) {
        try (var entries = files.next().getRows()) {
          while (entries.hasNext()) {
            var file = entries.next();
            var status = InternalScanFileUtils.getAddFileStatus(file);
            var data =
                engine
                    .getParquetHandler()
                    .readParquetFiles(
                        Utils.singletonCloseableIterator(status), schema, Optional.empty())
                    .map(FileReadResult::getData);
            try (var batches = Scan.transformPhysicalData(engine, state, file, data)) {
              batches.forEachRemaining(batch -> add(batch, rows));
            }
          }
        }
      }
    }
    return rows;
  }

  private static void add(FilteredColumnarBatch batch, List<String> rows) {
    assertThat(batch.getSelectionVector()).as("no deletion vectors").isEmpty();
    var data = batch.getData();
    for (int r = 0; r < data.getSize(); r++) {
      List<String> cells = new ArrayList<>();
      for (int c = 0; c < data.getSchema().length(); c++) {
        cells.add(shown(data.getColumnVector(c), r));
      }
      rows.add(cells.toString());
    }
  }

  private static String shown(ColumnVector column, int row) {
    DataType type = column.getDataType();
    if (column.isNullAt(row)) {
      return "null";
    } else if (type instanceof StringType) {
      return column.getString(row);
    } else if (type instanceof DecimalType) {
      return column.getDecimal(row).toString();
    } else if (type instanceof DoubleType) {
      return String.valueOf(column.getDouble(row));
    } else if (type instanceof LongType) {
      return String.valueOf(column.getLong(row));
    } else if (type instanceof IntegerType) {
      return String.valueOf(column.getInt(row));
    } else if (type instanceof BooleanType) {
      return String.valueOf(column.getBoolean(row));
    } else if (type instanceof DateType) {
      return LocalDate.ofEpochDay(column.getInt(row)).toString();
    } else if (type instanceof TimestampType) {
      return Instant.EPOCH.plus(column.getLong(row), ChronoUnit.MICROS).toString();
    } else if (type instanceof ArrayType) {
      var list = column.getArray(row);
      List<String> elements = new ArrayList<>();
      for (int i = 0; i < list.getSize(); i++) {
        elements.add(shown(list.getElements(), i));
      }
      return elements.toString();
    }
    throw new IllegalArgumentException("unexpected type " + type);
  }
}
