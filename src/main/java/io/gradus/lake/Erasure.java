package io.gradus.lake;

import static org.apache.spark.sql.functions.call_udf;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.gradus.error.GradusException;
import io.gradus.table.Columns;
import io.gradus.table.LakeTables;
import io.gradus.table.TableSpec;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.codec.binary.Hex;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Erases customers from every table of a lake and keeps them out. Sources are the owner's to erase.
 * The key of the tombstones lies in {@code _gradus/erasure.key} below the lake, or in a file of the
 * operator's; whoever loses it cannot recognise an erased customer who is delivered again.
 */
public final class Erasure {
  private static final int KEY_BYTES = 32;
  private static final String FUNCTION = "gradus_tombstone";

  private final Lake lake;
  private final Path keyFile;
  private final boolean ownKey;

  /**
   * The erasures of a lake.
   *
   * @param keyFile a file with 64 hexadecimal digits to use instead of the lake's own
   */
  public Erasure(Lake lake, Optional<String> keyFile) {
    this.lake = lake;
    this.ownKey = keyFile.isEmpty();
    this.keyFile = keyFile.map(Path::new).orElse(lake.folders().internal("erasure.key"));
  }

  /**
   * A condition that is true for customers who were erased, to keep them out at ingest. False
   * everywhere, at no cost, in a lake in which nobody was.
   */
  public Column erased(Column customerId) {
    if (!lake.exists(LakeTables.ERASURE)) {
      return lit(false);
    }
    List<Row> rows =
        lake.read(LakeTables.ERASURE).select(Columns.TOMBSTONE, Columns.BUCKET).collectAsList();
    Set<String> tombstones = new HashSet<>();
    Set<Integer> buckets = new HashSet<>();
    for (Row row : rows) {
      tombstones.add(row.getString(0));
      buckets.add(row.getInt(1));
    }
    return tombstones().matches(customerId, buckets, tombstones);
  }

  /** What the set of erased customers is known by; empty while nobody was erased. */
  public String fingerprint() {
    return lake.exists(LakeTables.ERASURE) ? "erasure " + lake.version(LakeTables.ERASURE) : "";
  }

  /**
   * Erases customers: tombstones first, then their rows in every table with {@value
   * Columns#CUSTOMER_ID}, then the replaced files, then a scan of every byte below the lake. Safe
   * to repeat. Roll-backs to publications before it are no longer possible, and readers that are in
   * the middle of an older version fail.
   *
   * @throws GradusException usage failure for an empty list or blank id, or an unusable key file
   */
  public EraseReceipt erase(RunRef run, List<String> customerIds, Collection<TableSpec> specs) {
    if (customerIds.isEmpty() || customerIds.stream().anyMatch(String::isBlank)) {
      throw GradusException.usage("Name the customers to erase; a blank id is none.");
    }
    createKeyIfAbsent();
    Tombstones tombstones = tombstones();
    List<String> hashes = customerIds.stream().map(tombstones::of).sorted().toList();
    remember(run, customerIds, tombstones);
    FailPoints.reach("after-tombstones");
    List<TableSpec> personal =
        specs.stream().filter(Erasure::personal).filter(lake::exists).toList();
    Map<String, Long> deleted = deleteRows(run, personal, hashes, tombstones);
    republish(run, deleted.keySet());
    FailPoints.reach("after-erase-publish");
    new Upkeep(lake).vacuum(personal, 0, run);
    FailedRuns.of(lake).clear();
    ByteScan scan = new ByteScan(lake.spark(), lake.files(), customerIds);
    scan.folder(lake.folders().root());
    return new EraseReceipt(hashes, deleted, scan.fileCount(), scan.byteCount(), scan.found());
  }

  private void remember(RunRef run, List<String> customerIds, Tombstones tombstones) {
    Set<String> known = new HashSet<>();
    if (lake.exists(LakeTables.ERASURE)) {
      lake.read(LakeTables.ERASURE)
          .select(Columns.TOMBSTONE)
          .collectAsList()
          .forEach(row -> known.add(row.getString(0)));
    }
    List<String> fresh =
        customerIds.stream().distinct().filter(id -> !known.contains(tombstones.of(id))).toList();
    if (fresh.isEmpty()) {
      return;
    }
    lake.spark().udf().register(FUNCTION, tombstones.function(), DataTypes.StringType);
    Dataset<Row> rows =
        lake.spark()
            .createDataset(fresh, Encoders.STRING())
            .select(
                call_udf(FUNCTION, col("value")).as(Columns.TOMBSTONE),
                tombstones.bucket(col("value")).as(Columns.BUCKET));
    lake.append(LakeTables.ERASURE, rows, run);
  }

  private Map<String, Long> deleteRows(
      RunRef run, List<TableSpec> personal, List<String> hashes, Tombstones tombstones) {
    lake.spark().udf().register(FUNCTION, tombstones.function(), DataTypes.StringType);
    String condition =
        hashes.stream()
            .collect(
                Collectors.joining("', '", FUNCTION + "(" + Columns.CUSTOMER_ID + ") IN ('", "')"));
    Map<String, Long> deleted = new TreeMap<>();
    for (TableSpec spec : personal) {
      lake.settle(spec, run);
      run.lock().verifyHeld();
      long before = lake.version(spec);
      long after = lake.tables().delete(spec, condition, lake.marker(run));
      if (after > before) {
        deleted.put(spec.path(), lake.tables().log(spec).entry(after).deleted());
      }
    }
    return deleted;
  }

  /** Readers change over to the shortened tables at once. */
  private void republish(RunRef run, Set<String> changed) {
    if (lake.published().current().isEmpty() || changed.isEmpty()) {
      return;
    }
    Map<String, Long> versions = new TreeMap<>();
    changed.forEach(table -> versions.put(table, lake.tables().log(table).version()));
    lake.publicationTable().addAgain(versions, run, lake.marker(run));
  }

  private static boolean personal(TableSpec spec) {
    return spec.columns().stream().anyMatch(column -> column.name().equals(Columns.CUSTOMER_ID));
  }

  private void createKeyIfAbsent() {
    if (ownKey && !lake.files().exists(keyFile)) {
      byte[] key = new byte[KEY_BYTES];
      new SecureRandom().nextBytes(key);
      lake.files().createIfAbsent(keyFile, Hex.encodeHexString(key));
      lake.files().restrictToOwner(keyFile);
    }
  }

  private Tombstones tombstones() {
    String key =
        lake.files()
            .read(keyFile)
            .map(String::strip)
            .orElseThrow(
                () ->
                    GradusException.usage(
                        "The erasure key "
                            + keyFile
                            + " is missing. Restore it from a backup:"
                            + " without it erased customers cannot be recognised."));
    if (!KeyedHash.KEY.matcher(key).matches()) {
      throw GradusException.usage(
          "The erasure key " + keyFile + " is not 64 hexadecimal digits in lower case.");
    }
    return new Tombstones(key);
  }
}
