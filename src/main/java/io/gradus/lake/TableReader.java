package io.gradus.lake;

import io.gradus.table.TableSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.actions.AddFile;

/**
 * Reads tables: through Delta, or from their files where it is known which those are, because Delta
 * finds that out by three queries over the table's log.
 */
final class TableReader {
  /** More are listed by a Spark job. */
  private static final int FEW_FILES = 32;

  private final SparkSession spark;
  private final LakeFolders folders;
  private final DeltaTables tables;

  TableReader(SparkSession spark, LakeFolders folders, DeltaTables tables) {
    this.spark = spark;
    this.folders = folders;
    this.tables = tables;
  }

  /** The rows of a version, by default the newest, through Delta. */
  Dataset<Row> at(TableSpec spec, Optional<Long> version) {
    var reader = spark.read().format("delta");
    version.ifPresent(v -> reader.option("versionAsOf", v));
    try {
      return reader.load(folders.table(spec).toString());
    } catch (RuntimeException e) {
      throw StorageFailures.translate("Reading table " + spec.path(), e);
    }
  }

  /**
   * The rows of a version; from the files of a small table that has none of an earlier version. Of
   * a larger one Delta passes over files that a query does not need.
   */
  Dataset<Row> published(TableSpec spec, Optional<Long> version) {
    return version.flatMap(v -> ofOneCommit(spec, v)).orElseGet(() -> at(spec, version));
  }

  private Optional<Dataset<Row>> ofOneCommit(TableSpec spec, long version) {
    CommitLog log = tables.log(spec);
    if (!spec.partitionBy().isEmpty() || log.version() != version) {
      return Optional.empty();
    }
    List<AddFile> files = log.additions(version);
    return log.fileCount()
        .filter(count -> count == files.size() && count <= FEW_FILES)
        .map(count -> rows(spec, files.stream().map(AddFile::path)));
  }

  /** The rows in the files that a commit added to a table that is not cut into folders. */
  Dataset<Row> added(TableSpec spec, Commit commit) {
    return rows(spec, tables.log(spec).additions(commit.version()).stream().map(AddFile::path));
  }

  /** The rows in the files that a commit took out of such a table. */
  Dataset<Row> removed(TableSpec spec, Commit commit) {
    return rows(spec, tables.log(spec).removals(commit.version()).stream());
  }

  private Dataset<Row> rows(TableSpec spec, Stream<String> files) {
    Path table = folders.table(spec);
    String[] paths = files.map(file -> new Path(table, file).toString()).toArray(String[]::new);
    return paths.length == 0
        ? spark.createDataFrame(List.of(), spec.schema())
        : spark.read().schema(spec.schema()).parquet(paths);
  }
}
