package io.gradus.job;

import static io.gradus.table.Columns.DAY;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.gradus.ingest.PurchaseDays;
import io.gradus.ingest.Reconciliation;
import io.gradus.ingest.Reconciliation.Disposition;
import io.gradus.ingest.Tally;
import io.gradus.lake.Lake;
import io.gradus.lake.RunRef;
import io.gradus.table.Silver;
import io.gradus.table.TableRows;
import io.gradus.table.TableSpec;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** The silver tables from every file of the input. */
final class SilverRebuild implements SilverBuild {
  static final int NEWEST_DAYS = 60;

  private final Lake lake;
  private final TransactionInput input;
  private final Tally tally;
  private @Nullable Kept mapped;
  private @Nullable Kept repeated;
  private @Nullable Kept days;
  private @Nullable Reconciliation counted;

  SilverRebuild(Lake lake, TransactionInput input) {
    this.lake = lake;
    this.input = input;
    this.tally = input.tally();
  }

  @Override
  public Reconciliation reconcile() {
    // Mapping costs more than keeping, and four readers follow.
    Dataset<Row> rows = (mapped = Kept.of(input.mapped())).rows();
    Kept copies = repeated = Kept.of(tally.repeated(rows, input.source().duplicates()));
    return counted = tally.reconcile(rows, copies.rows());
  }

  @Override
  public Dataset<Row> write(RunRef run) {
    Reconciliation known = Objects.requireNonNull(counted);
    Dataset<Row> rows = Objects.requireNonNull(mapped).rows();
    Dataset<Row> copies = Objects.requireNonNull(repeated).rows();
    write(Silver.TRANSACTION, tally.accepted(rows, copies, known), run);
    write(Silver.QUARANTINE, tally.rejected(rows, copies, known), run);
    release();
    Dataset<Row> made = (days = Kept.of(PurchaseDays.of(lake.read(Silver.TRANSACTION)))).rows();
    write(Silver.PURCHASE_DAY, laidOut(made, known.lastDay()), run);
    return made;
  }

  @Override
  public Optional<Written> written(RunRef run) {
    Reconciliation known = Objects.requireNonNull(counted);
    Dataset<Row> made = Objects.requireNonNull(days).rows();
    return Optional.of(
        new Written(
            made,
            made.where("false"),
            known.rows(Disposition.ACCEPTED),
            known.amount(Disposition.ACCEPTED)));
  }

  @Override
  public Dataset<Row> history() {
    Dataset<Row> accepted =
        tally.accepted(
            Objects.requireNonNull(mapped).rows(),
            Objects.requireNonNull(repeated).rows(),
            Objects.requireNonNull(counted));
    Dataset<Row> made = (days = Kept.of(PurchaseDays.of(accepted))).rows();
    release();
    return made;
  }

  /** In the order of days a later night finds those it needs without reading the other pages. */
  private Dataset<Row> laidOut(Dataset<Row> made, @Nullable LocalDate last) {
    boolean large = input.manifest().rows() >= FeatureStep.LEAST_ROWS;
    return last != null && large ? newestApart(made, last) : made.sortWithinPartitions(DAY);
  }

  /**
   * The same rows with the newest days in partitions of their own: a late line of a known
   * customer-day writes its file anew, and most late lines are of the last days.
   *
   * @param last the newest day
   */
  static Dataset<Row> newestApart(Dataset<Row> days, LocalDate last) {
    Column newest = col(DAY).gt(lit(last.minusDays(NEWEST_DAYS)));
    return days.where(not(newest))
        .sortWithinPartitions(DAY)
        .unionAll(days.where(newest).repartitionByRange(col(DAY)).sortWithinPartitions(DAY));
  }

  private void write(TableSpec table, Dataset<Row> rows, RunRef run) {
    lake.overwrite(table, TableRows.of(table, rows, run.asOf(), run.runId()), run);
  }

  @Override
  public Optional<Dataset<Row>> changedDays() {
    return Optional.empty();
  }

  @Override
  public void close() {
    release();
    if (days != null) {
      days.close();
    }
  }

  private void release() {
    if (mapped != null) {
      mapped.close();
    }
    if (repeated != null) {
      repeated.close();
    }
  }
}
