package io.gradus.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.gradus.error.GradusException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
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
  private final List<String> found = new ArrayList<>();
  private int fileCount;
  private long byteCount;

  ByteScan(SparkSession spark, SmallFiles files, List<String> texts) {
    this.spark = spark;
    this.files = files;
    this.texts = texts;
  }

  void folder(Path folder) {
    for (FileStatus entry : files.list(folder)) {
      if (entry.isDirectory()) {
        folder(entry.getPath());
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
      rows(file.getPath());
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

  private void rows(Path path) {
    Dataset<Row> rows = spark.read().parquet(InputFiles.withoutPatterns(path.toString()));
    Column[] textual =
        Arrays.stream(rows.schema().fields())
            .filter(field -> holdsText(field.dataType()))
            .map(field -> col("`" + field.name() + "`"))
            .toArray(Column[]::new);
    if (textual.length == 0) {
      return;
    }
    Column json = to_json(struct(textual));
    for (String text : texts) {
      String word = "(?<![\\p{L}\\p{N}])" + Pattern.quote(text) + "(?![\\p{L}\\p{N}])";
      if (!rows.filter(json.rlike(word)).isEmpty()) {
        found.add(path + ": in its rows");
      }
    }
  }

  private static boolean holdsText(DataType type) {
    return type instanceof StringType
        || type instanceof ArrayType
        || type instanceof MapType
        || type instanceof StructType;
  }
}
