package io.gradus.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.error.ExitCode;
import io.gradus.error.GradusException;
import io.gradus.testing.Landing;
import io.gradus.testing.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged Parquet files give the same rows or an input failure that names the file: never other
 * rows, never another failure. By default a sample; {@code -Dgradus.test.faults=all} reads 1,500.
 */
@ExtendWith(SparkExtension.class)
class ParquetFuzzTest {
  private static final int SAMPLE = 120;
  private static final int ALL = 1_500;
  private static final int FOOTER_TAIL = 8;

  @Test
  void aDamagedFileGivesTheSameRowsOrAnInputFailure(SparkSession spark, @TempDir Path folder)
      throws IOException {
    Path file = Landing.save(rows(spark), folder.resolve("good.parquet"));
    byte[] good = Files.readAllBytes(file);
    String expected = read(spark, file);
    Path damaged = folder.resolve("damaged.parquet");
    Random random = new Random(20260301);
    Map<String, Integer> seen = new TreeMap<>();
    int files = "all".equals(System.getProperty("gradus.test.faults")) ? ALL : SAMPLE;
    for (int i = 0; i < files; i++) {
      byte[] bytes = damage(good, random);
      Files.deleteIfExists(folder.resolve(".damaged.parquet.crc"));
      Files.write(damaged, bytes);
      seen.merge(outcome(spark, damaged, expected, i), 1, Integer::sum);
    }
    System.err.println("damaged Parquet files: " + seen);
    assertThat(seen.keySet()).containsExactlyInAnyOrder("refused", "same rows");
  }

  private static String outcome(SparkSession spark, Path file, String expected, int i) {
    try {
      String found = read(spark, file);
      assertThat(found).as("rows of damaged file %s", i).isEqualTo(expected);
      return "same rows";
    } catch (Exception e) {
      RuntimeException told = StorageFailures.translate("Reading", e);
      assertThat(told)
          .as("failure of damaged file %s", i)
          .isInstanceOfSatisfying(
              GradusException.class, g -> assertThat(g.exitCode()).isEqualTo(ExitCode.INPUT))
          .hasMessageContaining("damaged.parquet");
      assertThat(told.getMessage().lines()).hasSize(1);
      return "refused";
    }
  }

  /** As a night reads: plan by the footer, then every value of every row. */
  private static String read(SparkSession spark, Path file) {
    Manifest manifest = InputFiles.plan(spark, file.toString(), InputOptions.standard());
    Dataset<Row> rows = InputFiles.read(spark, manifest);
    String[] wanted = {"customer", "sold_at", "price", "pieces", "note"};
    if (!Arrays.asList(rows.columns()).containsAll(Arrays.asList(wanted))) {
      // The mapping refuses such a file by name.
      throw GradusException.input("Input " + file + " has other columns.");
    }
    Row sums =
        rows.selectExpr(
                "count(*)",
                "bit_xor(xxhash64(customer, sold_at, price, pieces, note, pieces IS NULL))",
                "sum(CAST(price AS DECIMAL(38,6)))",
                "sum(pieces)",
                "max(sold_at)")
            .head();
    if (sums.getLong(0) != manifest.rows()) {
      throw GradusException.input("Input " + file + " has other rows than its footer promises.");
    }
    return sums.mkString(" ");
  }

  private static Dataset<Row> rows(SparkSession spark) {
    return spark
        .range(400)
        .selectExpr(
            "concat('c', id % 37) AS customer",
            "timestampadd(MINUTE, CAST(id * 977 AS INT), TIMESTAMP'2026-01-01 00:00:00') AS"
                + " sold_at",
            "CAST((id * 7919 % 100003) / 100 AS DECIMAL(18,2)) AS price",
            "CAST(IF(id % 11 = 0, NULL, id % 13) AS INT) AS pieces",
            "sha2(CAST(id AS STRING), 224) AS note");
  }

  /** Half of the damage hits the footer, which no checksum protects, half anything. */
  private static byte[] damage(byte[] good, Random random) {
    byte[] bytes = good.clone();
    int footer = footerLength(good);
    int from = random.nextBoolean() ? good.length - FOOTER_TAIL - footer : 0;
    int at = from + random.nextInt(good.length - from);
    switch (random.nextInt(6)) {
      case 0, 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> bytes[at] = (byte) random.nextInt(256);
      case 3 -> {
        int length = Math.min(1 + random.nextInt(16), bytes.length - at);
        Arrays.fill(bytes, at, at + length, (byte) random.nextInt(256));
      }
      case 4 -> bytes = Arrays.copyOf(bytes, at);
      default -> {
        int length = Math.min(1 + random.nextInt(64), bytes.length - at);
        int other = random.nextInt(bytes.length - length);
        System.arraycopy(good, other, bytes, at, length);
      }
    }
    return bytes;
  }

  private static int footerLength(byte[] file) {
    int end = file.length - FOOTER_TAIL;
    return java.nio.ByteBuffer.wrap(file, end, 4).order(java.nio.ByteOrder.LITTLE_ENDIAN).getInt();
  }
}
