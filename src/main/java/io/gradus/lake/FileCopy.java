package io.gradus.lake;

import io.gradus.table.TableSpec;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.util.SerializableConfiguration;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Gives a table the files that were just written into another one of the same columns, so that wide
 * rows are encoded once. Where the table is cut by a column its files still hold that column;
 * readers take the value from the log.
 */
final class FileCopy {
  private final SparkSession spark;
  private final LakeFolders folders;
  private final DeltaAppend log;

  FileCopy(SparkSession spark, LakeFolders folders) {
    this.spark = spark;
    this.folders = folders;
    this.log = new DeltaAppend(spark, folders);
  }

  /** One file and its copy, as texts because tasks carry them. */
  private record Copy(String from, String to) implements Serializable {
    void make(Configuration configuration) throws IOException {
      Path source = new Path(from);
      Path target = new Path(to);
      FileUtil.copy(
          source.getFileSystem(configuration),
          source,
          target.getFileSystem(configuration),
          target,
          false,
          true,
          configuration);
    }
  }

  /**
   * Copies and commits.
   *
   * @param files what a commit added to {@code from}
   * @param rows how many rows they hold
   */
  void append(
      TableSpec from, List<AddFile> files, TableSpec to, long rows, RunRef run, String marker) {
    Map<String, String> partition = Partition.of(to, run);
    List<Copy> copies = new ArrayList<>();
    for (AddFile file : files) {
      Path source = new Path(folders.table(from), file.path());
      Path target = new Path(folders.table(to), Partition.folder(partition) + file.path());
      copies.add(new Copy(source.toString(), target.toString()));
    }
    Configuration configuration = spark.sessionState().newHadoopConf();
    try {
      make(copies, configuration);
      List<AddFile> added = new ArrayList<>();
      for (int i = 0; i < copies.size(); i++) {
        added.add(added(files.get(i), partition, new Path(copies.get(i).to()), configuration));
      }
      log.commit(to, added, rows, marker, null);
    } catch (Exception e) {
      // Scala code throws checked exceptions undeclared.
      throw StorageFailures.translate("Copying into table " + to.path(), e);
    }
  }

  private void make(List<Copy> copies, Configuration configuration) {
    if (copies.isEmpty()) {
      return;
    }
    var forTasks = new SerializableConfiguration(configuration);
    JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(copies, copies.size())
        .foreach(copy -> copy.make(forTasks.value()));
  }

  private static AddFile added(
      AddFile original, Map<String, String> partition, Path copy, Configuration configuration)
      throws IOException {
    FileStatus status = copy.getFileSystem(configuration).getFileStatus(copy);
    return original.copy(
        Partition.folder(partition) + original.path(),
        scala.collection.immutable.Map.from(CollectionConverters.asScala(partition)),
        status.getLen(),
        status.getModificationTime(),
        true,
        original.stats(),
        original.tags(),
        original.deletionVector(),
        original.baseRowId(),
        original.defaultRowCommitVersion(),
        original.clusteringProvider(),
        original.copy$default$12(),
        original.copy$default$13());
  }
}
