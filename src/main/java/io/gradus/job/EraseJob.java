package io.gradus.job;

import io.gradus.lake.EraseReceipt;
import io.gradus.lake.Erasure;
import io.gradus.lake.KeyedHash;
import io.gradus.lake.Lake;
import io.gradus.lake.RunLock;
import io.gradus.lake.RunRef;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Erases one customer from a lake and says what was done, as the record of the request. */
public final class EraseJob {
  private final SparkSession spark;
  private final InstantSource clock;

  public EraseJob(SparkSession spark, InstantSource clock) {
    this.spark = spark;
    this.clock = clock;
  }

  /**
   * What an erasure did.
   *
   * @param lines the receipt; it names the customer by the tombstone only
   * @param complete whether the scan found the customer nowhere any more
   */
  public record Receipt(List<String> lines, boolean complete) {
    public Receipt {
      lines = List.copyOf(lines);
    }
  }

  /**
   * Erases a customer from every table and keeps it out of later nights.
   *
   * @param customer the id as the sources have it
   * @param pseudonyms the key file under which the lake knows its customers, if it does
   * @throws io.gradus.error.GradusException usage failure for a blank id or without a lake, lock
   *     held while a night runs
   */
  public Receipt run(String root, String customer, Optional<String> pseudonyms) {
    Lake lake = Lake.openExisting(spark, root);
    String known =
        pseudonyms.map(file -> KeyedHash.read(spark, file).of(customer)).orElse(customer);
    List<String> names = known.equals(customer) ? List.of(known) : List.of(known, customer);
    try (RunLock lock = RunLock.acquire(spark, root, "erase", clock)) {
      LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
      RunRef run = lake.begin(lock, "erase-" + lock.epoch(), today);
      EraseReceipt receipt =
          new Erasure(lake, Optional.empty()).erase(run, names, AllTables.list());
      return new Receipt(lines(lake, run, receipt), receipt.remaining().isEmpty());
    }
  }

  private List<String> lines(Lake lake, RunRef run, EraseReceipt receipt) {
    List<String> lines = new ArrayList<>();
    lines.add("Receipt of " + run.runId() + " at " + clock.instant() + " in " + lake.root());
    receipt.tombstones().forEach(tombstone -> lines.add("tombstone      " + tombstone));
    long total = receipt.deletedRows().values().stream().mapToLong(Long::longValue).sum();
    lines.add(text("rows deleted   %,d in %d tables", total, receipt.deletedRows().size()));
    receipt.deletedRows().forEach((table, rows) -> lines.add(text("  %-34s %,10d", table, rows)));
    lines.add(
        text(
            "byte scan      %,d files, %,d bytes: data, logs, checkpoints, statistics, models",
            receipt.filesScanned(), receipt.bytesScanned()));
    if (receipt.remaining().isEmpty()) {
      lines.add("found          nothing: the id stands nowhere below the lake");
    } else {
      lines.add(text("found          the id in %d places", receipt.remaining().size()));
      receipt.remaining().forEach(place -> lines.add("  " + place));
      lines.add("               a short number can also be an unrelated one; look at each place");
    }
    lines.add("later nights   rows of this customer are left out and counted as erased");
    lines.add(
        "sources        are not touched: landing files, masters and feeds are the owner's to");
    lines.add("               erase, as are exports, backups and reports made before");
    return lines;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
