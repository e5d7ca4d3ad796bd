package io.gradus.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.gradus.config.Feed;
import io.gradus.config.Settings;
import io.gradus.config.TransactionSource;
import io.gradus.config.YamlReader;
import io.gradus.error.GradusException;
import io.gradus.ingest.FxRates;
import io.gradus.ingest.Reasons;
import io.gradus.ingest.Reconciliation;
import io.gradus.ingest.Reconciliation.Disposition;
import io.gradus.ingest.Reconciliation.Line;
import io.gradus.ingest.SourceRows;
import io.gradus.ingest.Tally;
import io.gradus.lake.Erasure;
import io.gradus.lake.InputFiles;
import io.gradus.lake.InputOptions;
import io.gradus.lake.KeyedHash;
import io.gradus.lake.Lake;
import io.gradus.lake.Manifest;
import io.gradus.table.Columns;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.Column;
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
  private final @Nullable KeyedHash pseudonym;
  private final @Nullable LocalDate today;
  private final @Nullable Erasure erasure;

  private TransactionInput(
      SparkSession spark,
      Settings settings,
      Manifest manifest,
      FeedInputs feeds,
      @Nullable KeyedHash pseudonym,
      @Nullable LocalDate today,
      @Nullable Erasure erasure) {
    this.spark = spark;
    this.settings = settings;
    this.manifest = manifest;
    this.feeds = feeds;
    this.pseudonym = pseudonym;
    this.today = today;
    this.erasure = erasure;
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
    KeyedHash pseudonym =
        settings.privacy().keyFile().map(file -> KeyedHash.read(spark, file)).orElse(null);
    return new TransactionInput(
        spark,
        settings,
        InputFiles.plan(spark, source.path(), options, known),
        FeedInputs.plan(spark, settings, pseudonym),
        pseudonym,
        null,
        null);
  }

  /**
   * The files of the source as a run on a lake reads them, planned as a stage of its own.
   *
   * @param today the day of the run in the business zone
   */
  static TransactionInput into(
      Lake lake, SparkSession spark, Settings settings, Stages stages, LocalDate today) {
    return stages
        .time(
            "plan input",
            () -> plan(spark, settings, SilverStep.known(lake)),
            planned -> planned.manifest().rows())
        .read(today, new Erasure(lake, Optional.empty()));
  }

  /** The same files, read on a day into a lake from which customers may have been erased. */
  TransactionInput read(LocalDate day, Erasure erased) {
    return new TransactionInput(
        spark, settings, manifest, feeds.without(erased), pseudonym, day, erased);
  }

  /**
   * Whether rows that lay in the future when the silver tables were made do so no longer.
   *
   * @param firstFutureDay the first day that was still to come, null without any
   */
  boolean reached(@Nullable LocalDate firstFutureDay) {
    return firstFutureDay != null && today != null && !firstFutureDay.isAfter(today);
  }

  SparkSession session() {
    return spark;
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
    OptionalColumns.requireSomewhere(source(), manifest);
    SourceRows plain = new SourceRows(source(), settings.currency(), settings.timeZone());
    SourceRows dated = today == null ? plain : plain.until(today);
    SourceRows rows = pseudonym == null ? dated : dated.pseudonymised(pseudonym::of);
    Dataset<Row> mapped = withoutErased(InputFiles.read(spark, files, rows::map));
    Dataset<Row> rates = feeds.rowsOrNull(Feed.FX);
    return rates == null ? mapped : FxRates.convert(mapped, rates, settings.currency());
  }

  /** Erased customers come first of all rules: a row of theirs is not even kept in quarantine. */
  private Dataset<Row> withoutErased(Dataset<Row> rows) {
    if (erasure == null || erasure.fingerprint().isEmpty()) {
      return rows;
    }
    Column erased = erasure.erased(col(Columns.CUSTOMER_ID));
    return rows.withColumn(
        Columns.REASON, when(erased, lit(Reasons.ERASED)).otherwise(col(Columns.REASON)));
  }

  /** Our optional columns that some files lack: column → how many files. */
  Map<String, Integer> filesWithout() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    OptionalColumns.missing(source(), manifest)
        .forEach((column, files) -> counts.put(column, files.size()));
    return counts;
  }

  /** Columns that no mapping names and some files lack: source column → how many files have it. */
  Map<String, Integer> unexpectedColumns() {
    Map<String, Integer> files = OptionalColumns.unmapped(source(), manifest);
    files.values().removeIf(count -> count == manifest.files().size());
    return files;
  }

  /** Columns that every file has and nothing uses. */
  List<String> unmappedColumns() {
    return OptionalColumns.unmapped(source(), manifest).entrySet().stream()
        .filter(column -> column.getValue() == manifest.files().size())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Tells one key of pseudonyms from another; empty without. */
  String pseudonymKey() {
    return pseudonym == null ? "" : pseudonym.fingerprint();
  }

  /**
   * What the silver tables depend on: files, mapping, zone and currency, and nothing of the as-of
   * date, so that nights on the same input share them.
   */
  String silverHash() {
    return DigestUtils.sha256Hex(manifest.hash() + "\n" + rules());
  }

  /** A tally of this feed's rows. */
  Tally tally() {
    return new Tally(manifest.names(), source().columns().containsKey(Columns.LINE_ID));
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
    return DigestUtils.sha256Hex(
        String.join(
            "\n",
            SourceRows.RULES,
            feeds.silverHash() + pseudonymKey(),
            erasure == null ? "" : erasure.fingerprint(),
            mapping,
            settings.zone().getId(),
            settings.currency()));
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
   * @param day the day of the run in the business zone
   * @throws GradusException (input) when no accepted row lies on or before it, (usage) when it is
   *     still to come
   */
  LocalDate asOf(@Nullable LocalDate first, @Nullable LocalDate last, LocalDate day) {
    if (first == null || last == null) {
      throw GradusException.input(source().path() + ": no row was accepted");
    }
    LocalDate wanted = settings.asOfDate();
    LocalDate asOf = wanted != null ? wanted : last.isBefore(day) ? last : day.minusDays(1);
    if (asOf.isAfter(day)) {
      throw GradusException.usage(
          "as_of " + asOf + " is still to come; today is " + day + " in " + settings.zone());
    }
    if (asOf.isBefore(first)) {
      throw GradusException.input(
          "as_of " + asOf + " lies before the data: the first transaction is of " + first);
    }
    return asOf;
  }
}
