package io.gradus.job;

import static io.gradus.table.Columns.DAY;

import io.gradus.ingest.PurchaseDays;
import io.gradus.ingest.Reconciliation;
import io.gradus.ingest.Tally;
import io.gradus.lake.Lake;
import io.gradus.lake.RunRef;
import io.gradus.table.Silver;
import io.gradus.table.TableRows;
import io.gradus.table.TableSpec;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** The silver tables from every file of the input. */
final class SilverRebuild implements SilverBuild {
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
    // In the order of days a later night finds those it needs without reading the other pages.
    write(Silver.PURCHASE_DAY, made.sortWithinPartitions(DAY), run);
    return made;
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

  private void write(TableSpec table, Dataset<Row> rows, RunRef run) {
    lake.overwrite(table, TableRows.of(table, rows, run.asOf(), run.runId()), run);
  }

  @Override
  public Optional<Dataset<Row>> changedCustomers() {
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
