package io.gradus.lake;

import io.gradus.error.GradusException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes plain Parquet for others to read: what a source would deliver. */
public final class ParquetFolder {
  private final FileSystem files;
  private final Path folder;

  /** A folder, made when absent. */
  public ParquetFolder(String path, Configuration configuration) {
    try {
      Path wanted = new Path(path);
      this.files = wanted.getFileSystem(configuration);
      this.folder = files.makeQualified(wanted);
      files.mkdirs(folder);
    } catch (IOException e) {
      throw GradusException.storage(path + ": cannot be created", e);
    }
  }

  /**
   * Writes rows as files of one name: {@code name.parquet}, or {@code name-0.parquet} and so on
   * when the rows have several partitions.
   *
   * @return the rows written
   * @throws GradusException (storage) when a file of that name is there already or writing fails
   */
  public long write(String name, Dataset<Row> rows) {
    Path scratch = new Path(folder, "_" + name);
    try {
      if (files.exists(new Path(folder, name + ".parquet"))
          || files.exists(new Path(folder, name + "-0.parquet"))) {
        throw GradusException.storage(
            folder + " already holds " + name + ".parquet; choose an empty folder");
      }
      files.delete(scratch, true);
      rows.write().parquet(scratch.toString());
      long written = rows.sparkSession().read().parquet(scratch.toString()).count();
      move(scratch, name);
      files.delete(scratch, true);
      return written;
    } catch (IOException e) {
      throw GradusException.storage(folder + ": cannot be written", e);
    }
  }

  private void move(Path scratch, String name) throws IOException {
    FileStatus[] parts = files.listStatus(scratch, path -> path.getName().endsWith(".parquet"));
    java.util.Arrays.sort(parts);
    for (int i = 0; i < parts.length; i++) {
      String own = parts.length == 1 ? name : name + "-" + i;
      files.rename(parts[i].getPath(), new Path(folder, own + ".parquet"));
    }
  }
}
