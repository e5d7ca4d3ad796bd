package io.gradus.lake;

import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.gradus.error.GradusException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * Searches every file below a folder for texts: the bytes as they lie there and, because Parquet
 * compresses its pages, also every text column of every Parquet file, whether a table still refers
 * to the file or not.
 */
final class ByteScan {
  private static final int CHUNK_BYTES = 1 << 20;

  private final SparkSession spark;
  private final SmallFiles files;
  private final List<String> texts;
  private final ParquetFooters footers;
  private final Map<StructType, List<Path>> parquet = new LinkedHashMap<>();
  private final List<String> found = new ArrayList<>();
  private int fileCount;
  private long byteCount;

  ByteScan(SparkSession spark, SmallFiles files, List<String> texts) {
    this.spark = spark;
    this.files = files;
    this.texts = texts;
    Configuration configuration = spark.sessionState().newHadoopConf();
    this.footers =
        new ParquetFooters(
            configuration, new ParquetToSparkSchemaConverter(spark.sessionState().conf()));
  }

  /** Searches everything below a folder; the Parquet files of one schema in one pass. */
  void folder(Path folder) {
    parquet.clear();
    visit(folder);
    parquet.forEach(this::rows);
  }

  private void visit(Path folder) {
    for (FileStatus entry : files.list(folder)) {
      if (entry.isDirectory()) {
        visit(entry.getPath());
      } else {
        file(entry);
      }
    }
  }

  int fileCount() {
    return fileCount;
  }

  long byteCount() {
    return byteCount;
  }

  List<String> found() {
    return found;
  }

  private void file(FileStatus file) {
    fileCount++;
    byteCount += file.getLen();
    for (String text : texts) {
      if (bytesContain(file.getPath(), text.getBytes(StandardCharsets.UTF_8))) {
        found.add(file.getPath() + ": in its bytes");
      }
    }
    if (file.getPath().getName().endsWith(".parquet") && file.getLen() > 0) {
      parquet
          .computeIfAbsent(footers.read(file).schema(), schema -> new ArrayList<>())
          .add(file.getPath());
    }
  }

  private boolean bytesContain(Path path, byte[] wanted) {
    // The overlap holds a hit across two chunks together with the byte before and after it.
    int overlap = wanted.length + 1;
    byte[] buffer = new byte[CHUNK_BYTES + overlap];
    int kept = 0;
    try (FSDataInputStream in = files.fileSystem(path).open(path)) {
      while (true) {
        int read = in.readNBytes(buffer, kept, buffer.length - kept);
        int length = kept + read;
        boolean last = length < buffer.length;
        if (contains(buffer, length, wanted)) {
          return true;
        }
        if (last) {
          return false;
        }
        kept = overlap;
        System.arraycopy(buffer, length - kept, buffer, 0, kept);
      }
    } catch (IOException e) {
      throw GradusException.storage("Cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  private static boolean contains(byte[] bytes, int length, byte[] wanted) {
    for (int i = 0; i + wanted.length <= length; i++) {
      if (bytes[i] == wanted[0]
          && Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)
          && !word(bytes, i - 1, length)
          && !word(bytes, i + wanted.length, length)) {
        return true;
      }
    }
    return false;
  }

  private static boolean word(byte[] bytes, int index, int length) {
    return index >= 0 && index < length && Character.isLetterOrDigit((char) (bytes[index] & 0x7f));
  }

  private void rows(StructType schema, List<Path> paths) {
    Column[] textual =
        Arrays.stream(schema.fields())
            .filter(field -> holdsText(field.dataType()))
            .map(field -> col("`" + field.name() + "`"))
            .toArray(Column[]::new);
    if (textual.length == 0) {
      return;
    }
    String word =
        texts.stream()
            .map(Pattern::quote)
            .collect(joining("|", "(?<![\\p{L}\\p{N}])(?:", ")(?![\\p{L}\\p{N}])"));
    spark
        .read()
        .schema(schema)
        .parquet(
            paths.stream()
                .map(path -> InputFiles.withoutPatterns(path.toString()))
                .toArray(String[]::new))
        .filter(to_json(struct(textual)).rlike(word))
        .select("_metadata.file_path")
        .distinct()
        .collectAsList()
        .forEach(row -> found.add(row.getString(0) + ": in its rows"));
  }

  private static boolean holdsText(DataType type) {
    return type instanceof StringType
        || type instanceof ArrayType
        || type instanceof MapType
        || type instanceof StructType;
  }
}
