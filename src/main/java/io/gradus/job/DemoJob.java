package io.gradus.job;

import io.gradus.config.Settings;
import io.gradus.config.YamlReader;
import io.gradus.error.GradusException;
import io.gradus.report.RunFacts;
import io.gradus.simulate.Company;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * A simulated company and its nights: two years of history, then a delivery and a run per month
 * end.
 */
public final class DemoJob {
  private static final LocalDate FROM = LocalDate.of(2024, 1, 1);
  private static final YearMonth LAST = YearMonth.of(2025, 12);
  private static final long SEED = 7;
  private static final double DIRTY_SHARE = 0.03;
  private static final String SETTINGS = "demo.yaml";

  private final SparkSession spark;
  private final InstantSource clock;
  private final Progress progress;

  public DemoJob(SparkSession spark, InstantSource clock, Progress progress) {
    this.spark = spark;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Simulates and runs.
   *
   * @param folder an empty or absent folder for the landing files and the lake
   * @param customers customers of the company
   * @param nights month ends to grade, the last one is {@code 2025-12-31}
   * @return the facts of the last night
   * @throws GradusException (usage) when the folder holds something already
   */
  public RunFacts run(String folder, long customers, int nights) {
    requireEmpty(folder);
    SimulateJob simulation = new SimulateJob(spark);
    Company company =
        Company.of(customers, FROM, LAST.atEndOfMonth(), SEED).withDirtyShare(DIRTY_SHARE);
    simulation.master(company, folder);
    Settings settings = settings(folder);
    LocalDate delivered = FROM;
    RunFacts facts = null;
    for (int night = nights - 1; night >= 0; night--) {
      LocalDate asOf = LAST.minusMonths(night).atEndOfMonth();
      simulation.deliver(company, folder, delivered, asOf);
      delivered = asOf.plusDays(1);
      facts = new NightlyJob(spark, clock, progress).run(settings.at(asOf));
    }
    if (facts == null) {
      throw GradusException.usage("demo needs at least one night");
    }
    return facts;
  }

  private static void requireEmpty(String folder) {
    Path path = Path.of(folder);
    try {
      if (Files.exists(path)) {
        try (var entries = Files.list(path)) {
          if (entries.findAny().isPresent()) {
            throw GradusException.usage(
                folder + " is not empty; remove it or choose another --dir");
          }
        }
      }
    } catch (IOException e) {
      throw GradusException.storage(folder + " cannot be listed", e);
    }
  }

  private static Settings settings(String folder) {
    try (InputStream text = DemoJob.class.getClassLoader().getResourceAsStream(SETTINGS)) {
      if (text == null) {
        throw new IllegalStateException("the jar has no " + SETTINGS);
      }
      String yaml = new String(text.readAllBytes(), StandardCharsets.UTF_8);
      Map<String, String> places =
          Map.of(
              "lake", quoted(folder + "/lake"),
              "sources.transactions.path", quoted(folder + "/landing"),
              "sources.customers.path", quoted(folder + "/master"));
      return YamlReader.read(SETTINGS, yaml, places, Settings.class);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + SETTINGS, e);
    }
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
