package io.gradus.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.gradus.config.CustomerSource;
import io.gradus.config.Feed;
import io.gradus.config.FeedSource;
import io.gradus.config.Settings;
import io.gradus.grade.Overrides;
import io.gradus.grade.Policy;
import io.gradus.ingest.FeedRows;
import io.gradus.ingest.MasterRows;
import io.gradus.insight.CreditRisk;
import io.gradus.insight.Deliveries;
import io.gradus.insight.Profit;
import io.gradus.insight.Prospects;
import io.gradus.insight.Referrals;
import io.gradus.insight.ServiceNeed;
import io.gradus.insight.StrategicFit;
import io.gradus.insight.WalletEstimates;
import io.gradus.lake.Erasure;
import io.gradus.lake.InputFiles;
import io.gradus.lake.InputOptions;
import io.gradus.lake.KeyedHash;
import io.gradus.lake.Manifest;
import io.gradus.table.Columns;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * The customer master and the optional feeds of one run. Each is read as its source has it tonight,
 * and only what was known on the as-of date counts; a feed that is not configured adds no column.
 */
final class FeedInputs implements AutoCloseable {
  private static final List<String> CUSTOMER_COLUMNS =
      List.of(Columns.CUSTOMER_ID, MasterRows.MASTER_ID, "referred_id");

  private final SparkSession spark;
  private final Settings settings;
  private final @Nullable Manifest master;
  private final Map<Feed, Manifest> manifests;
  private final Map<LocalDate, Dataset<Row>> masters = new HashMap<>();
  private final @Nullable KeyedHash pseudonym;
  private final @Nullable Erasure erasure;
  private @Nullable Kept keptMaster;

  private FeedInputs(
      SparkSession spark,
      Settings settings,
      @Nullable Manifest master,
      Map<Feed, Manifest> manifests,
      @Nullable KeyedHash pseudonym,
      @Nullable Erasure erasure) {
    this.spark = spark;
    this.settings = settings;
    this.master = master;
    this.manifests = manifests;
    this.pseudonym = pseudonym;
    this.erasure = erasure;
  }

  /** Lists and checks the files of every configured feed. */
  static FeedInputs plan(SparkSession spark, Settings settings, @Nullable KeyedHash pseudonym) {
    InputOptions options = new InputOptions(false, false, settings.roots());
    CustomerSource customers = settings.sources().customers();
    Manifest master = customers == null ? null : InputFiles.plan(spark, customers.path(), options);
    Map<Feed, Manifest> manifests = new EnumMap<>(Feed.class);
    settings
        .sources()
        .feeds()
        .forEach(
            (feed, source) -> manifests.put(feed, InputFiles.plan(spark, source.path(), options)));
    return new FeedInputs(spark, settings, master, manifests, pseudonym, null);
  }

  /** The same feeds; who was erased is no prospect either, though the master still lists them. */
  FeedInputs without(Erasure erased) {
    return new FeedInputs(spark, settings, master, manifests, pseudonym, erased);
  }

  /** What a run's identity owes to the feeds; empty without any. */
  String hash() {
    String feeds =
        manifests.entrySet().stream()
            .map(entry -> entry.getKey().key() + "=" + entry.getValue().hash())
            .collect(Collectors.joining("\n"));
    return (master == null ? "" : "customers=" + master.hash() + "\n") + feeds;
  }

  /** What the silver tables owe to the feeds: the rates of exchange; empty without. */
  String silverHash() {
    Manifest fx = manifests.get(Feed.FX);
    return fx == null ? "" : fx.hash();
  }

  /**
   * Customers with the columns of the master, by which the models can be scoped, and with the
   * margin that their costs leave, which lifetime value takes.
   */
  Dataset<Row> withMaster(Dataset<Row> customers, LocalDate asOf) {
    Dataset<Row> known = masterOn(asOf);
    Dataset<Row> described =
        known == null
            ? customers
            : customers
                .join(
                    known,
                    customers.col(Columns.CUSTOMER_ID).equalTo(known.col(MasterRows.MASTER_ID)),
                    "left")
                .drop(MasterRows.MASTER_ID);
    return manifests.containsKey(Feed.COSTS)
        ? Profit.addMargin(described, rows(Feed.COSTS), asOf)
        : described;
  }

  /** The customers of the master known on a date; null when none is configured. */
  private @Nullable Dataset<Row> masterOn(LocalDate asOf) {
    CustomerSource source = settings.sources().customers();
    if (source == null || master == null) {
      return null;
    }
    return masters.computeIfAbsent(
        asOf, date -> MasterRows.known(masterRows(master, source), source.path(), date));
  }

  /** The rows of the master, which are checked, joined to the customers and asked for prospects. */
  private Dataset<Row> masterRows(Manifest files, CustomerSource source) {
    if (keptMaster == null) {
      Dataset<Row> rows = InputFiles.read(spark, files, read -> MasterRows.map(read, source));
      keptMaster = Kept.of(withoutErased(pseudonymised(rows)));
    }
    return keptMaster.rows();
  }

  /** Frees the rows of the master. */
  @Override
  public void close() {
    masters.clear();
    if (keptMaster != null) {
      keptMaster.close();
      keptMaster = null;
    }
  }

  private Dataset<Row> withoutErased(Dataset<Row> listed) {
    return erasure == null || erasure.fingerprint().isEmpty()
        ? listed
        : listed.where(not(erasure.erased(listed.col(MasterRows.MASTER_ID))));
  }

  /** People of the master who never bought, as customers; null when no master is configured. */
  @Nullable Dataset<Row> prospects(Dataset<Row> customers, LocalDate asOf) {
    Dataset<Row> listed = masterOn(asOf);
    return listed == null
        ? null
        : Prospects.of(
            customers, listed.withColumnRenamed(MasterRows.MASTER_ID, Columns.CUSTOMER_ID));
  }

  /**
   * Customers with the columns of every feed but the master's, see {@link #withMaster}, and the
   * rates.
   *
   * @param customers with the prospects; read up to twice, so persist it
   */
  Dataset<Row> join(Dataset<Row> customers, Policy policy, LocalDate asOf) {
    Dataset<Row> known = customers;
    for (Feed feed : manifests.keySet()) {
      known =
          switch (feed) {
            case PAYMENTS -> CreditRisk.add(known, rows(feed), asOf);
            case COSTS -> Profit.add(known, rows(feed), asOf);
            case DELIVERIES -> Deliveries.add(known, rows(feed), asOf);
            case TICKETS -> ServiceNeed.add(known, rows(feed), asOf);
            case REFERRALS -> Referrals.add(known, rows(feed), asOf);
            case STRATEGIC_FIT -> StrategicFit.add(known, rows(feed), asOf);
            case WALLET -> WalletEstimates.add(known, rows(feed), asOf);
            case OVERRIDES -> Overrides.join(known, rows(feed), policy, asOf);
            case FX -> known;
          };
    }
    return known;
  }

  /** The rows of a feed in the columns of its schema; null when it is not configured. */
  @Nullable Dataset<Row> rowsOrNull(Feed feed) {
    return manifests.containsKey(feed) ? rows(feed) : null;
  }

  /** Reads every feed once, so that what is wrong with one is said before the night. */
  void check(Policy policy) {
    for (Feed feed : manifests.keySet()) {
      rows(feed);
    }
    if (manifests.containsKey(Feed.OVERRIDES)) {
      Overrides.refuse(rows(Feed.OVERRIDES), policy);
    }
  }

  /** One line per feed: files and rows. */
  Map<String, String> describe() {
    Map<String, String> lines = new java.util.LinkedHashMap<>();
    if (master != null) {
      lines.put("customers", text(master));
    }
    manifests.forEach((feed, manifest) -> lines.put(feed.key(), text(manifest)));
    return lines;
  }

  private static String text(Manifest manifest) {
    return manifest.files().size()
        + (manifest.files().size() == 1 ? " file, " : " files, ")
        + manifest.rows()
        + " rows in "
        + manifest.source();
  }

  private Dataset<Row> rows(Feed feed) {
    FeedSource source = settings.sources().feeds().get(feed);
    Manifest manifest = manifests.get(feed);
    if (source == null || manifest == null) {
      throw new IllegalStateException("feed " + feed.key() + " is not configured");
    }
    Dataset<Row> mapped =
        InputFiles.read(spark, manifest, rows -> FeedRows.map(rows, feed, source));
    return pseudonymised(FeedRows.requireReadable(mapped, feed));
  }

  /** Every feed names customers by the same hash as the transactions. */
  private Dataset<Row> pseudonymised(Dataset<Row> rows) {
    KeyedHash hash = pseudonym;
    if (hash == null) {
      return rows;
    }
    Dataset<Row> replaced = rows;
    for (String id : CUSTOMER_COLUMNS) {
      if (List.of(rows.columns()).contains(id)) {
        replaced = replaced.withColumn(id, hash.of(col(id)));
      }
    }
    return replaced;
  }
}
