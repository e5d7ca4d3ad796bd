package io.gradus.lake;

import io.gradus.error.GradusException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.types.StructType;

/** Reads what a Parquet file says about itself, and hashes its bytes. */
final class ParquetFooters {
  private static final int MAGIC_BYTES = 4;
  private static final byte[] PLAIN = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ENCRYPTED = "PARE".getBytes(StandardCharsets.US_ASCII);
  private static final long SMALLEST_FILE = 12;
  private static final int BUFFER_BYTES = 1 << 18;

  private final Configuration configuration;
  private final ParquetToSparkSchemaConverter converter;

  ParquetFooters(Configuration configuration, ParquetToSparkSchemaConverter converter) {
    this.configuration = configuration;
    this.converter = converter;
  }

  /** What the footer states. */
  record Footer(long rows, StructType schema) {}

  Footer read(FileStatus file) {
    refuseUnlessParquet(file);
    HadoopInputFile input = inputFile(file);
    try (ParquetFileReader reader =
        ParquetFileReader.open(input, HadoopReadOptions.builder(configuration).build())) {
      ParquetMetadata metadata = reader.getFooter();
      long rows = metadata.getBlocks().stream().mapToLong(BlockMetaData::getRowCount).sum();
      StructType schema = converter.convert(metadata.getFileMetaData().getSchema());
      refuseCaseTwins(file, schema);
      return new Footer(rows, schema);
    } catch (GradusException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw unreadable(file, firstLine(e), e);
    } catch (Exception e) {
      // Spark's Scala code throws its checked AnalysisException undeclared.
      throw unreadable(file, firstLine(e), e);
    }
  }

  /** SHA-256 over all bytes of the file. */
  String contentHash(FileStatus file) {
    MessageDigest digest = DigestUtils.getSha256Digest();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (FSDataInputStream in = open(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    } catch (IOException e) {
      throw unreadable(file, firstLine(e), e);
    }
    return Hex.encodeHexString(digest.digest());
  }

  private HadoopInputFile inputFile(FileStatus file) {
    try {
      return HadoopInputFile.fromStatus(file, configuration);
    } catch (IOException e) {
      throw unreadable(file, firstLine(e), e);
    }
  }

  private FSDataInputStream open(FileStatus file) throws IOException {
    return file.getPath().getFileSystem(configuration).open(file.getPath());
  }

  private void refuseUnlessParquet(FileStatus file) {
    if (file.getLen() == 0) {
      throw GradusException.input(
          "Input " + file.getPath() + " has no bytes. Deliver it again or remove it.");
    }
    byte[] head = new byte[MAGIC_BYTES];
    byte[] tail = new byte[MAGIC_BYTES];
    if (file.getLen() >= SMALLEST_FILE) {
      try (FSDataInputStream in = open(file)) {
        in.readFully(0, head);
        in.readFully(file.getLen() - MAGIC_BYTES, tail);
      } catch (IOException e) {
        throw unreadable(file, firstLine(e), e);
      }
    }
    if (Arrays.equals(tail, ENCRYPTED)) {
      throw GradusException.input(
          "Input " + file.getPath() + " has an encrypted footer. Deliver it decrypted.");
    }
    if (Arrays.equals(head, PLAIN) && !Arrays.equals(tail, PLAIN)) {
      throw GradusException.input(
          "Input " + file.getPath() + " is cut off: it has no Parquet footer. Deliver it again.");
    }
    if (!Arrays.equals(tail, PLAIN)) {
      throw GradusException.input(
          "Input " + file.getPath() + " is not a Parquet file. Convert it or move it away.");
    }
  }

  private static void refuseCaseTwins(FileStatus file, StructType schema) {
    Map<String, String> seen = new HashMap<>();
    for (String name : schema.fieldNames()) {
      String twin = seen.put(name.toLowerCase(Locale.ROOT), name);
      if (twin != null) {
        throw GradusException.input(
            "Input "
                + file.getPath()
                + " has the columns "
                + twin
                + " and "
                + name
                + ", which differ in case only. Rename one.");
      }
    }
  }

  private static GradusException unreadable(FileStatus file, String why, Throwable cause) {
    return GradusException.input(
        "Input " + file.getPath() + " cannot be read: " + why + ". Deliver it again.", cause);
  }

  private static String firstLine(Throwable failure) {
    String message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : message.lines().findFirst().orElse("").strip();
  }
}
