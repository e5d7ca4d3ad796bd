package io.gradus.job;

import static io.gradus.table.Columns.CONTENT_HASH;
import static io.gradus.table.Columns.CUSTOMER_ID;
import static io.gradus.table.Columns.DAY;
import static io.gradus.table.Columns.REASON;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.gradus.config.TransactionSource.Duplicates;
import io.gradus.ingest.PurchaseDays;
import io.gradus.ingest.Reasons;
import io.gradus.ingest.Reconciliation;
import io.gradus.ingest.Reconciliation.Disposition;
import io.gradus.ingest.SourceRows;
import io.gradus.ingest.Tally;
import io.gradus.lake.Lake;
import io.gradus.lake.Manifest;
import io.gradus.lake.RunRef;
import io.gradus.table.Silver;
import io.gradus.table.TableRows;
import io.gradus.table.TableSpec;
import java.sql.Date;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The silver tables from the published ones and the files that are new. Of the published rows only
 * those are looked at that lie on a day of a new row: rows for one line share their day, and so do
 * all of a customer's day.
 *
 * <p>The published rows for the line of a new row ("met") are counted together with the new ones,
 * so that the tally decides about them as it does for the whole input.
 */
final class SilverIncrement implements SilverBuild {
  private static final String MET = "_met";
  private static final String LINE = "_line";
  private static final int BROADCAST_ROWS = 1_000_000;

  /** Published rows that cost as much to look through, interpreted, as one to map. */
  private static final int LOOKED_THROUGH = 10;

  private final Lake lake;
  private final TransactionInput input;
  private final SilverBase base;
  private final Manifest added;
  private final Tally tally;
  private final KeptRows kept = new KeptRows();
  private @Nullable Dataset<Row> rows;
  private @Nullable Dataset<Row> repeated;
  private @Nullable Dataset<Row> changed;
  private @Nullable Reconciliation counted;
  private @Nullable Reconciliation total;
  private @Nullable Reconciliation published;
  private boolean metAny;
  private List<Date> days = List.of();

  /**
   * @param added the new files, at least one
   */
  SilverIncrement(Lake lake, TransactionInput input, SilverBase base, Manifest added) {
    this.lake = lake;
    this.input = input;
    this.base = base;
    this.added = added;
    this.tally = input.tally();
  }

  @Override
  public Reconciliation reconcile() {
    Kept fresh = kept.keep(input.mapped(added));
    days =
        fresh.rows().where(col(REASON).isNull()).select(DAY).distinct().collectAsList().stream()
            .map(row -> row.getDate(0))
            .sorted()
            .toList();
    SparkRuntime.sizeFor(input.session(), added.rows() + rowsOfDays() / LOOKED_THROUGH);
    Dataset<Row> all = fresh.rows().withColumn(MET, lit(false));
    Reconciliation before = published = base.reconciliation(lake);
    if (input.source().duplicates() == Duplicates.DROP && !days.isEmpty()) {
      Kept met = kept.keep(met(fresh));
      metAny = met.count() > 0;
      if (metAny) {
        Dataset<Row> old = SourceRows.again(met.rows());
        all = all.unionByName(old.withColumn(MET, lit(true)));
        before = before.minus(tally.reconcile(old, tally.repeated(old, Duplicates.KEEP)));
      }
    }
    rows = all;
    repeated = kept.keep(tally.repeated(all, input.source().duplicates())).rows();
    counted = tally.reconcile(all, repeated);
    return total = before.plus(counted);
  }

  /** Published rows on the days of new rows, were all days alike. */
  private long rowsOfDays() {
    LocalDate first = base.firstDay();
    LocalDate last = base.lastDay();
    long span = first == null || last == null ? 1 : ChronoUnit.DAYS.between(first, last) + 1;
    return input.manifest().rows() / span * days.size();
  }

  private Dataset<Row> met(Kept fresh) {
    Dataset<Row> lines =
        fresh.rows().where(col(REASON).isNull()).select(tally.line().as(LINE)).distinct();
    return lake.readPublished(Silver.TRANSACTION)
        .where(col(DAY).isInCollection(days))
        .join(sized(lines, fresh.count()), tally.line().equalTo(col(LINE)), "left_semi");
  }

  @Override
  public boolean overturns() {
    return metAny
        && Objects.requireNonNull(counted).hasReason(Reasons.LINE_CONFLICT)
        && !displaced().where(col(REASON).equalTo(Reasons.LINE_CONFLICT)).isEmpty();
  }

  private static Dataset<Row> sized(Dataset<Row> side, long rows) {
    return rows <= BROADCAST_ROWS ? broadcast(side) : side;
  }

  @Override
  public Dataset<Row> write(RunRef run) {
    base.requireCurrent(lake);
    writeTransactions(run);
    Reconciliation known = Objects.requireNonNull(counted);
    if (known.totalRows() > known.rows(Disposition.ACCEPTED)) {
      lake.append(Silver.QUARANTINE, shaped(Silver.QUARANTINE, rejected(), run), run);
    }
    return writeDays(run);
  }

  @Override
  public Optional<Written> written(RunRef run) {
    Reconciliation now = Objects.requireNonNull(total);
    Reconciliation before = Objects.requireNonNull(published);
    return Optional.of(
        new Written(
            lake.added(Silver.PURCHASE_DAY, run),
            lake.removed(Silver.PURCHASE_DAY, run),
            now.rows(Disposition.ACCEPTED) - before.rows(Disposition.ACCEPTED),
            now.amount(Disposition.ACCEPTED).subtract(before.amount(Disposition.ACCEPTED))));
  }

  @Override
  public Dataset<Row> history() {
    Dataset<Row> published = lake.readPublished(Silver.PURCHASE_DAY);
    return PurchaseDays.merged(published.unionByName(PurchaseDays.of(fresh())));
  }

  /** The accepted rows of the new files. */
  private Dataset<Row> accepted() {
    return tally
        .accepted(
            Objects.requireNonNull(rows),
            Objects.requireNonNull(repeated),
            Objects.requireNonNull(counted))
        .where(not(col(MET)));
  }

  private Dataset<Row> rejected() {
    return tally.rejected(
        Objects.requireNonNull(rows),
        Objects.requireNonNull(repeated),
        Objects.requireNonNull(counted));
  }

  /** The published rows that give way because a new file comes before their own. */
  private Dataset<Row> displaced() {
    return rejected().where(col(MET));
  }

  /** The accepted rows without those that stand for a published one, which its day has already. */
  private Dataset<Row> fresh() {
    return metAny
        ? accepted()
            .join(displaced().select(CONTENT_HASH), new String[] {CONTENT_HASH}, "left_anti")
        : accepted();
  }

  private void writeTransactions(RunRef run) {
    Dataset<Row> added = shaped(Silver.TRANSACTION, accepted(), run);
    Kept gone = metAny ? kept.keep(displaced()) : null;
    if (gone == null || gone.count() == 0) {
      lake.append(Silver.TRANSACTION, added, run);
      return;
    }
    Dataset<Row> removed = shaped(Silver.TRANSACTION, gone.rows(), run);
    lake.merge(
        Silver.TRANSACTION,
        added
            .withColumn(Lake.REMOVED, lit(false))
            .unionByName(removed.withColumn(Lake.REMOVED, lit(true))),
        spanned(),
        run);
  }

  private Dataset<Row> writeDays(RunRef run) {
    Kept parts = kept.keep(PurchaseDays.of(fresh()));
    Dataset<Row> keys = parts.rows().select(CUSTOMER_ID, DAY);
    Kept old =
        kept.keep(
            lake.readPublished(Silver.PURCHASE_DAY)
                .where(col(DAY).isInCollection(days))
                .join(sized(keys, parts.count()), new String[] {CUSTOMER_ID, DAY}, "left_semi"));
    changed = PurchaseDays.changed(old.rows(), parts.rows());
    if (old.count() == 0) {
      lake.append(Silver.PURCHASE_DAY, shaped(Silver.PURCHASE_DAY, parts.rows(), run), run);
    } else {
      Dataset<Row> merged =
          kept.keep(PurchaseDays.merged(parts.rows().unionByName(old.rows()))).rows();
      lake.merge(
          Silver.PURCHASE_DAY,
          shaped(Silver.PURCHASE_DAY, merged, run).withColumn(Lake.REMOVED, lit(false)),
          spanned(),
          run);
    }
    return lake.read(Silver.PURCHASE_DAY);
  }

  private String spanned() {
    return DAY + " BETWEEN DATE'" + days.get(0) + "' AND DATE'" + days.get(days.size() - 1) + "'";
  }

  private static Dataset<Row> shaped(TableSpec table, Dataset<Row> rows, RunRef run) {
    return TableRows.of(table, rows, run.asOf(), run.runId());
  }

  @Override
  public Optional<Dataset<Row>> changedDays() {
    return Optional.of(Objects.requireNonNull(changed));
  }

  @Override
  public void close() {
    kept.close();
  }
}
