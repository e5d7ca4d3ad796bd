package io.gradus.testing;

import io.gradus.job.ExportJob;
import io.gradus.lake.Lake;
import io.gradus.lake.RunLock;
import io.gradus.lake.RunRef;
import io.gradus.table.TableSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * A published lake of eight customers whose every figure is written by hand, in {@code
 * known/TABLE.txt} of the test resources; tables without a file are there and empty. Runs k1
 * (2024-12-31), k2 (2025-11-30) and k3 (2025-12-31) are published.
 */
public final class KnownLake {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-01T02:00:00Z"));

  private static Path shared;

  private KnownLake() {}

  /** The lake's folder, built by the first test of the JVM that asks; to be read only. */
  public static synchronized Path folder(SparkSession spark) throws IOException {
    if (shared == null) {
      Path parent = Files.createTempDirectory("gradus-known-lake-");
      create(spark, parent.resolve("lake"));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(parent)));
      shared = parent.resolve("lake");
    }
    return shared;
  }

  private static void delete(Path folder) {
    try (Stream<Path> entries = Files.walk(folder)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(entry);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void create(SparkSession spark, Path root) {
    publish(spark, root, "k1", LocalDate.of(2024, 12, 31), false);
    publish(spark, root, "k2", LocalDate.of(2025, 11, 30), false);
    publish(spark, root, "k3", LocalDate.of(2025, 12, 31), true);
  }

  private static void publish(
      SparkSession spark, Path root, String id, LocalDate asOf, boolean rows) {
    try (RunLock lock = RunLock.acquire(spark, root.toString(), id, CLOCK)) {
      Lake lake = Lake.open(spark, root.toString());
      RunRef run = lake.begin(lock, id, asOf);
      if (rows) {
        for (TableSpec table : ExportJob.exportable()) {
          List<String> lines = lines(table.name());
          if (lines.isEmpty()) {
            lake.prepare(run, List.of(table));
          } else {
            lake.overwrite(
                table,
                ContractRows.of(spark, table, lines.get(0), lines.subList(1, lines.size())),
                run);
          }
        }
      }
      lake.publish(run, Map.of());
    }
  }

  private static List<String> lines(String table) {
    try {
      Path file = Path.of("src", "test", "resources", "known", table + ".txt");
      return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
