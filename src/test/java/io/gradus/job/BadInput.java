package io.gradus.job;

import io.gradus.config.Settings;
import io.gradus.error.ExitCode;
import io.gradus.error.GradusException;
import io.gradus.ingest.Reconciliation;
import io.gradus.ingest.Reconciliation.Disposition;
import io.gradus.ingest.Tally;
import io.gradus.lake.Erasure;
import io.gradus.lake.InputFiles;
import io.gradus.lake.Lake;
import io.gradus.lake.StorageFailures;
import io.gradus.monitor.Quality;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * One kind of bad or odd input and what becomes of it.
 *
 * @param area the section of the documentation page
 * @param input what is odd, in words
 * @param expected what becomes of it
 * @param exitCode how a run ends that meets it
 * @param result what the run or the tables say of it; the words found must contain it
 * @param action makes the input and meets it
 */
record BadInput(
    String area, String input, Fate expected, ExitCode exitCode, String result, Action action) {
  static final LocalDate TODAY = LocalDate.of(2026, 5, 1);

  /** What can become of an input. */
  enum Fate {
    ACCEPTED,
    ACCEPTED_WITH_WARNING,
    QUARANTINED,
    DUPLICATE,
    ERASED,
    REFUSED;

    String words() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
  }

  /** What was found. */
  record Outcome(Fate fate, ExitCode exitCode, String text) {}

  /** Makes an input below a folder of its own and meets it. */
  interface Action {
    Outcome run(SparkSession spark, Path folder) throws Exception;
  }

  Outcome outcome(SparkSession spark, Path folder) throws Exception {
    try {
      return action.run(spark, folder);
    } catch (Exception e) {
      if (StorageFailures.translate("Reading", e) instanceof GradusException known) {
        return new Outcome(Fate.REFUSED, known.exitCode(), String.valueOf(known.getMessage()));
      }
      throw e;
    }
  }

  static Outcome accepted(String text) {
    return new Outcome(Fate.ACCEPTED, ExitCode.DONE, text);
  }

  /** Plans, maps, counts and judges an input as a night does before it computes anything. */
  static Outcome read(SparkSession spark, Settings settings) {
    InputPlaces.requireApart(spark, settings);
    Lake lake = Lake.open(spark, settings.lake());
    TransactionInput input =
        TransactionInput.plan(spark, settings).read(TODAY, new Erasure(lake, Optional.empty()));
    Dataset<Row> rows = input.mapped().cache();
    Tally tally = input.tally();
    Dataset<Row> copies = tally.repeated(rows, input.source().duplicates());
    Reconciliation counted = tally.reconcile(rows, copies);
    Quality quality = new Quality(settings.gates());
    quality.input(counted, settings.currency());
    quality.missingColumns(input.filesWithout());
    quality.unexpectedColumns(input.unexpectedColumns());
    quality.oddities(counted.oddities(), true);
    quality.wholeSource(input.unmappedColumns());
    quality.refuse();
    input.requireAccepted(counted);
    input.asOf(counted.firstDay(), counted.lastDay(), TODAY);
    InputFiles.verifyUnchanged(spark, input.manifest());
    Stream<String> amounts =
        rows.where("reason IS NULL").select("amount").collectAsList().stream()
            .map(row -> "amount " + row.getDecimal(0).toPlainString());
    rows.unpersist();
    String text =
        Stream.concat(
                counted.lines().stream()
                    .map(
                        line ->
                            (line.reason().isEmpty() ? line.disposition().code() : line.reason())
                                + " "
                                + line.rows()),
                Stream.concat(quality.warnings().stream(), amounts.distinct()))
            .collect(Collectors.joining("; "));
    boolean twice = !input.manifest().duplicates().isEmpty();
    return new Outcome(fate(counted, quality, twice), ExitCode.DONE, text);
  }

  private static Fate fate(Reconciliation counted, Quality quality, boolean twice) {
    if (counted.rows(Disposition.ERASED) > 0) {
      return Fate.ERASED;
    }
    if (counted.rows(Disposition.QUARANTINED) > 0) {
      return Fate.QUARANTINED;
    }
    if (twice || counted.duplicateRows() > 0) {
      return Fate.DUPLICATE;
    }
    return quality.warnings().isEmpty() ? Fate.ACCEPTED : Fate.ACCEPTED_WITH_WARNING;
  }
}
