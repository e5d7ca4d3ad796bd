package io.gradus.lake;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.gradus.error.GradusException;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Rows written aside as plain files for another program to load, counted and summed on their way.
 * The folder must be one that this process and Spark's executors share.
 */
public final class Staging {
  private static final String TIMES = "spark.sql.parquet.outputTimestampType";
  private static final String PORTABLE_TIMES = "TIMESTAMP_MICROS";
  private static final String ROWS = "#rows";

  private final SparkSession spark;
  private final Path folder;

  /** Stages below an existing local folder. */
  public Staging(SparkSession spark, Path folder) {
    this.spark = spark;
    this.folder = folder.toAbsolutePath();
  }

  /**
   * What was staged.
   *
   * @param files the files in the order of the rows' partitions
   * @param rows the rows written
   * @param sums the sum of each decimal column, 0 where every value is NULL
   */
  public record Staged(List<Path> files, long rows, Map<String, BigDecimal> sums) {
    public Staged {
      files = List.copyOf(files);
      sums = Map.copyOf(sums);
    }
  }

  /** Writes Parquet with instants as UTC microseconds, which every reader knows. */
  public Staged parquet(String name, Dataset<Row> rows) {
    String before = spark.conf().get(TIMES);
    spark.conf().set(TIMES, PORTABLE_TIMES);
    try {
      Observation seen = new Observation();
      save(name, observed(rows, seen), "parquet", Map.of());
      return staged(name, seen);
    } finally {
      spark.conf().set(TIMES, before);
    }
  }

  /**
   * Writes UTF-8 text.
   *
   * @param line one line per row; the sums are of the rows' own columns
   * @param end what ends a line
   */
  public Staged text(String name, Dataset<Row> rows, Column line, String end) {
    Observation seen = new Observation();
    save(name, observed(rows, seen).select(line), "text", Map.of("lineSep", end));
    return staged(name, seen);
  }

  /**
   * The local data files that hold exactly these rows and no others, for a program that only reads
   * them; empty when there are none such. Instants are left to {@link #parquet}.
   */
  public Optional<Staged> inPlace(Dataset<Row> rows) {
    String[] names = rows.inputFiles();
    boolean plain = Arrays.stream(names).allMatch(Staging::isPlainLocal);
    if (names.length == 0 || !plain || hasInstants(rows.schema())) {
      return Optional.empty();
    }
    List<Path> files = Arrays.stream(names).sorted().map(URI::create).map(Path::of).toList();
    Dataset<Row> stored = read(files);
    if (!Set.of(stored.columns()).equals(Set.of(rows.columns()))) {
      return Optional.empty();
    }
    Staged staged = staged(files, totals(rows));
    return stored.count() == staged.rows() ? Optional.of(staged) : Optional.empty();
  }

  /**
   * A file of this machine whose name is read by every program as it stands: blanks and the like
   * may come escaped or not, and some characters make a pattern.
   */
  private static boolean isPlainLocal(String file) {
    return file.matches("file:[^*?\\[\\]{}%\\s]*");
  }

  private static boolean hasInstants(StructType schema) {
    return Arrays.stream(schema.fields())
        .anyMatch(field -> field.dataType() instanceof TimestampType);
  }

  /** Counts and sums Parquet files by reading them back. */
  public Staged recount(List<Path> files) {
    return staged(files, totals(read(files)));
  }

  private Dataset<Row> read(List<Path> files) {
    return spark
        .read()
        .parquet(files.stream().map(f -> f.toUri().toString()).toArray(String[]::new));
  }

  private static Map<String, Object> totals(Dataset<Row> rows) {
    Row found = rows.agg(count(lit(1)).as(ROWS), sums(rows)).head();
    Map<String, Object> values = new TreeMap<>();
    for (String name : found.schema().fieldNames()) {
      values.put(name, found.getAs(name));
    }
    return values;
  }

  private static Dataset<Row> observed(Dataset<Row> rows, Observation into) {
    return rows.observe(into, count(lit(1)).as(ROWS), sums(rows));
  }

  private static Column[] sums(Dataset<Row> rows) {
    return Arrays.stream(rows.schema().fields())
        .filter(field -> field.dataType() instanceof DecimalType)
        .map(field -> coalesce(sum(col(field.name())), lit(BigDecimal.ZERO)).as(field.name()))
        .toArray(Column[]::new);
  }

  private void save(String name, Dataset<Row> rows, String format, Map<String, String> options) {
    Path into = folder.resolve(name);
    try {
      rows.write().format(format).options(options).save(into.toUri().toString());
    } catch (RuntimeException e) {
      throw StorageFailures.translate("Writing " + into, e);
    } catch (Exception e) {
      // Scala code throws checked exceptions undeclared.
      throw StorageFailures.translate("Writing " + into, e);
    }
  }

  private Staged staged(String name, Observation seen) {
    Path written = folder.resolve(name);
    try (Stream<Path> entries = Files.list(written)) {
      List<Path> parts =
          entries
              .filter(file -> file.getFileName().toString().startsWith("part-"))
              .sorted()
              .toList();
      return staged(parts, seen.getAsJava());
    } catch (IOException e) {
      throw GradusException.storage(written + ": cannot be listed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted after a write", e);
    }
  }

  private static Staged staged(List<Path> files, Map<String, Object> values) {
    Map<String, BigDecimal> sums = new TreeMap<>();
    values.forEach(
        (name, value) -> {
          if (value instanceof BigDecimal total) {
            sums.put(name, total);
          }
        });
    Number rows = (Number) Objects.requireNonNullElse(values.get(ROWS), 0L);
    return new Staged(files, rows.longValue(), sums);
  }
}
