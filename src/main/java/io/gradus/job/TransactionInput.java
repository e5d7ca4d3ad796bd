package io.gradus.job;

import io.gradus.config.Feed;
import io.gradus.config.Settings;
import io.gradus.config.TransactionSource;
import io.gradus.config.YamlReader;
import io.gradus.error.GradusException;
import io.gradus.ingest.FxRates;
import io.gradus.ingest.Reconciliation;
import io.gradus.ingest.Reconciliation.Disposition;
import io.gradus.ingest.Reconciliation.Line;
import io.gradus.ingest.SourceRows;
import io.gradus.lake.InputFiles;
import io.gradus.lake.InputOptions;
import io.gradus.lake.Manifest;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** The transaction feed of one run: which files, and their rows in our columns. */
final class TransactionInput {
  private final SparkSession spark;
  private final Settings settings;
  private final Manifest manifest;
  private final FeedInputs feeds;

  private TransactionInput(
      SparkSession spark, Settings settings, Manifest manifest, FeedInputs feeds) {
    this.spark = spark;
    this.settings = settings;
    this.manifest = manifest;
    this.feeds = feeds;
  }

  /** Lists and checks the files. */
  static TransactionInput plan(SparkSession spark, Settings settings) {
    return plan(spark, settings, Optional.empty());
  }

  /**
   * Lists the files and checks those that are new.
   *
   * @param known what an earlier run knew of them
   */
  static TransactionInput plan(SparkSession spark, Settings settings, Optional<Manifest> known) {
    TransactionSource source = settings.sources().transactions();
    InputOptions options = new InputOptions(source.allowEmpty(), false, settings.roots());
    return new TransactionInput(
        spark,
        settings,
        InputFiles.plan(spark, source.path(), options, known),
        FeedInputs.plan(spark, settings));
  }

  Manifest manifest() {
    return manifest;
  }

  /** The customer master and the optional feeds. */
  FeedInputs feeds() {
    return feeds;
  }

  TransactionSource source() {
    return settings.sources().transactions();
  }

  /** Every row in our columns with the rule it fails; checks the mapping against each schema. */
  Dataset<Row> mapped() {
    return mapped(manifest);
  }

  /** Like {@link #mapped()}, of some of the files. */
  Dataset<Row> mapped(Manifest files) {
    SourceRows rows = new SourceRows(source(), settings.currency(), settings.timeZone());
    Dataset<Row> mapped = InputFiles.read(spark, files, rows::map);
    Dataset<Row> rates = feeds.rowsOrNull(Feed.FX);
    return rates == null ? mapped : FxRates.convert(mapped, rates, settings.currency());
  }

  /**
   * What the silver tables depend on: files, mapping, zone and currency, and nothing of the as-of
   * date, so that nights on the same input share them.
   */
  String silverHash() {
    return Digest.of(manifest.hash() + "\n" + rules());
  }

  /** What decides about a row beside its file: mapping, exclusions, zone, currency and rates. */
  String rules() {
    String mapping =
        YamlReader.write(
            new TransactionSource(
                "-",
                source().columns(),
                source().exclude(),
                source().duplicates(),
                source().timestampFormat(),
                source().coerceText(),
                source().allowEmpty(),
                source().placeholderCustomers()));
    return Digest.of(
        String.join(
            "\n", feeds.silverHash(), mapping, settings.zone().getId(), settings.currency()));
  }

  /**
   * Refuses a feed of which nothing is left.
   *
   * @throws GradusException (input) naming the rules that took the rows
   */
  void requireAccepted(Reconciliation counted) {
    if (counted.rows(Disposition.ACCEPTED) == 0) {
      String reasons =
          counted.lines().stream()
              .sorted(Comparator.comparingLong(Line::rows).reversed())
              .limit(5)
              .map(line -> String.format(Locale.ROOT, "%s %,d", line.reason(), line.rows()))
              .collect(Collectors.joining(", "));
      throw GradusException.input(
          String.format(
              Locale.ROOT,
              "%s: none of %,d rows was accepted (%s); check sources.transactions",
              source().path(),
              counted.totalRows(),
              reasons));
    }
  }

  /**
   * The as-of date: the settings' date, or the newest day of the data that is over.
   *
   * @param first the first day with an accepted row, null without any
   * @param last the last day with an accepted row, null without any
   * @param today the day of the run in the business zone
   * @throws GradusException (input) when no accepted row lies on or before it
   */
  LocalDate asOf(@Nullable LocalDate first, @Nullable LocalDate last, LocalDate today) {
    if (first == null || last == null) {
      throw GradusException.input(source().path() + ": no row was accepted");
    }
    LocalDate wanted = settings.asOfDate();
    LocalDate asOf = wanted != null ? wanted : last.isBefore(today) ? last : today.minusDays(1);
    if (asOf.isBefore(first)) {
      throw GradusException.input(
          "as_of " + asOf + " lies before the data: the first transaction is of " + first);
    }
    return asOf;
  }
}
