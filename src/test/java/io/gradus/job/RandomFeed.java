package io.gradus.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** A landing folder to which things happen that happen to landing folders. */
final class RandomFeed {
  private static final StructType SCHEMA =
      StructType.fromDDL(
          "customer STRING, time TIMESTAMP_NTZ, amount DECIMAL(12,2), document STRING,"
              + " product STRING, line STRING");
  private static final int CUSTOMERS = 15;

  private final SparkSession spark;
  private final Path landing;
  private final Random random;
  private final List<Row> delivered = new ArrayList<>();
  private LocalDate today;
  private int documents;

  RandomFeed(SparkSession spark, Path landing, LocalDate start, long seed) {
    this.spark = spark;
    this.landing = landing;
    this.today = start;
    this.random = new Random(seed);
  }

  LocalDate today() {
    return today;
  }

  void wait(int days) {
    today = today.plusDays(days);
  }

  /**
   * Delivers a file under a name that may come before those of earlier files: rows of the last days
   * and of long ago, refunds, bad rows, repeated ones and corrected ones of this and of earlier
   * files.
   */
  void deliver(int rows) {
    write(String.format(Locale.ROOT, "%04d.parquet", random.nextInt(10_000)), rows(rows));
  }

  /** The same file name with other content. */
  void correct() {
    write(pick().getFileName().toString(), rows(12));
  }

  void remove() {
    try {
      Files.delete(pick());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path pick() {
    try (var files = Files.list(landing)) {
      List<Path> all = files.filter(f -> f.toString().endsWith(".parquet")).sorted().toList();
      return all.get(random.nextInt(all.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Row> rows(int count) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int kind = delivered.isEmpty() ? 0 : random.nextInt(10);
      Row row =
          switch (kind) {
            case 8 -> corrected(delivered.get(random.nextInt(delivered.size())));
            case 9 -> delivered.get(random.nextInt(delivered.size()));
            default -> row();
          };
      rows.add(row);
      delivered.add(row);
    }
    return rows;
  }

  /** The same line with another amount. */
  private Row corrected(Row row) {
    return RowFactory.create(
        row.get(0),
        row.get(1),
        row.getDecimal(2).add(BigDecimal.ONE),
        row.get(3),
        row.get(4),
        row.get(5));
  }

  private Row row() {
    int back =
        switch (random.nextInt(6)) {
          case 0 -> random.nextInt(800);
          case 1 -> List.of(30, 90, 180, 365, 730, 29, 767).get(random.nextInt(7));
          default -> random.nextInt(4);
        };
    LocalDateTime time = today.minusDays(back).atTime(random.nextInt(24), 0);
    String customer = random.nextInt(25) == 0 ? null : "c" + random.nextInt(CUSTOMERS);
    int cents = random.nextInt(4) == 0 ? -random.nextInt(9_000) : random.nextInt(9_000);
    // A document keeps its number while its content differs from line to line.
    documents += random.nextInt(2);
    return RowFactory.create(
        customer,
        time,
        BigDecimal.valueOf(cents, 2),
        "d" + documents,
        "p" + random.nextInt(70),
        random.nextInt(8) == 0 ? null : String.valueOf(random.nextInt(4)));
  }

  private void write(String name, List<Row> rows) {
    try {
      Path folder = Files.createTempDirectory(landing.getParent(), "part");
      spark
          .createDataFrame(rows, SCHEMA)
          .coalesce(1)
          .write()
          .mode("overwrite")
          .parquet(folder.toString());
      try (var files = Files.list(folder)) {
        Path part = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
        Files.move(part, landing.resolve(name), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      }
      // Hadoop's local file system checks a file against the sum it finds beside it.
      Files.deleteIfExists(landing.resolve("." + name + ".crc"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
