package io.gradus.testing;

import io.gradus.config.Settings;
import io.gradus.config.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A landing folder of a test, and settings that read it into a lake beside it. */
public final class Landing {
  private static final String YAML =
      """
      time_zone: Europe/Berlin
      currency: EUR
      sources:
        transactions:
          path: landing
          columns: {customer_id: customer, timestamp: sold_at, amount: price}
      """;

  private final Path folder;

  /** Below a folder of the test's own. */
  public Landing(Path folder) {
    this.folder = folder;
  }

  /** The folder that holds {@code landing} and {@code lake}. */
  public Path folder() {
    return folder;
  }

  /** A file of the landing folder, which is made when absent. */
  public Path file(String name) {
    try {
      return Files.createDirectories(folder.resolve("landing")).resolve(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes rows as one Parquet file of the landing folder. */
  public Path write(String name, Dataset<Row> rows) {
    return save(rows, file(name));
  }

  /** Settings of this landing folder with some of them overridden. */
  public Settings settings(Map<String, String> overrides) {
    return settings(YAML, overrides);
  }

  /** Settings of a text with this landing folder and lake. */
  public Settings settings(String yaml, Map<String, String> overrides) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("lake", "'" + folder.resolve("lake") + "'");
    all.put("sources.transactions.path", "'" + folder.resolve("landing") + "'");
    all.putAll(overrides);
    return YamlReader.read("night.yaml", yaml, all, Settings.class);
  }

  /** Writes rows as one Parquet file; Spark names files itself, so its one is moved. */
  public static Path save(Dataset<Row> rows, Path file) {
    try {
      Path made = Files.createTempDirectory("parquet").resolve("out");
      rows.coalesce(1).write().parquet(made.toString());
      try (var files = Files.list(made)) {
        Path part = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
        Files.write(file, Files.readAllBytes(part));
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
