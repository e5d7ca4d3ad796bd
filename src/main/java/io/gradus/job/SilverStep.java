package io.gradus.job;

import static io.gradus.table.Columns.AMOUNT;
import static io.gradus.table.Columns.CURRENCY;
import static io.gradus.table.Columns.DISPOSITION;
import static io.gradus.table.Columns.NET_AMOUNT;
import static io.gradus.table.Columns.REASON;
import static io.gradus.table.Columns.RUN_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.gradus.error.GradusException;
import io.gradus.ingest.PurchaseDays;
import io.gradus.ingest.Reconciliation;
import io.gradus.ingest.Reconciliation.Disposition;
import io.gradus.ingest.Reconciliation.Line;
import io.gradus.ingest.Tally;
import io.gradus.lake.Lake;
import io.gradus.lake.Publication;
import io.gradus.lake.RunRef;
import io.gradus.table.Money;
import io.gradus.table.Ops;
import io.gradus.table.Silver;
import io.gradus.table.TableRows;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The silver tables of a run. They do not depend on the as-of date: when the published ones were
 * made from the same files and mapping, they are used as they are.
 */
final class SilverStep implements AutoCloseable {
  static final String HASH = "silver_hash";
  static final String FIRST_DAY = "first_day";
  static final String LAST_DAY = "last_day";
  static final String FIRST_FUTURE_DAY = "first_future_day";

  private final Lake lake;
  private final TransactionInput input;
  private final Optional<Publication> reusable;
  private @Nullable Kept mapped;
  private @Nullable Kept repeated;
  private @Nullable Kept days;
  private @Nullable Reconciliation reconciliation;

  SilverStep(Lake lake, TransactionInput input) {
    this.lake = lake;
    this.input = input;
    String hash = input.silverHash();
    this.reusable =
        lake.published()
            .current()
            .filter(p -> hash.equals(p.attributes().get(HASH)))
            .filter(p -> !input.reached(day(p, FIRST_FUTURE_DAY)));
  }

  /** Whether the published silver tables serve this run. */
  boolean reused() {
    return reusable.isPresent();
  }

  /** What became of each source row; read from the lake when the silver tables are reused. */
  Reconciliation reconcile() {
    if (reusable.isPresent()) {
      reconciliation = recorded(reusable.get());
      return reconciliation;
    }
    // Mapping costs more than keeping, and four readers follow.
    Dataset<Row> rows = (mapped = Kept.of(input.mapped())).rows();
    Kept copies = repeated = Kept.of(Tally.repeated(rows, input.source().duplicates()));
    Reconciliation counted = reconciliation = Tally.reconcile(rows, copies.rows());
    if (counted.totalRows() != input.manifest().rows()) {
      throw GradusException.input(
          String.format(
              Locale.ROOT,
              "%s: %d rows were read, the files' footers promise %d; deliver the files again",
              input.source().path(),
              counted.totalRows(),
              input.manifest().rows()));
    }
    return counted;
  }

  /** The median of the rows that published runs accepted; 0 when there is none. */
  double medianAcceptedOfPast() {
    if (lake.published().current().isEmpty()) {
      return 0;
    }
    double[] accepted =
        lake
            .readPublished(Ops.RECONCILIATION)
            .where(col(DISPOSITION).equalTo(Disposition.ACCEPTED.code()))
            .groupBy(RUN_ID)
            .agg(sum("rows"))
            .collectAsList()
            .stream()
            .mapToDouble(row -> row.getLong(1))
            .sorted()
            .toArray();
    int n = accepted.length;
    return n == 0 ? 0 : (accepted[(n - 1) / 2] + accepted[n / 2]) / 2;
  }

  /**
   * The purchase days, written with the other silver tables unless they are reused. What was
   * written is counted again and held against the reconciliation.
   */
  Dataset<Row> purchaseDays(RunRef run) {
    if (reusable.isPresent()) {
      return lake.readPublished(Silver.PURCHASE_DAY);
    }
    Dataset<Row> rows = present(mapped).rows();
    Dataset<Row> copies = present(repeated).rows();
    Reconciliation counted = present(reconciliation);
    Dataset<Row> accepted = Tally.accepted(rows, copies, counted);
    lake.overwrite(
        Silver.TRANSACTION,
        TableRows.of(Silver.TRANSACTION, accepted, run.asOf(), run.runId()),
        run);
    Dataset<Row> rejected = Tally.rejected(rows, copies, counted);
    lake.overwrite(
        Silver.QUARANTINE, TableRows.of(Silver.QUARANTINE, rejected, run.asOf(), run.runId()), run);
    release();
    Dataset<Row> made = (days = Kept.of(PurchaseDays.of(lake.read(Silver.TRANSACTION)))).rows();
    lake.overwrite(
        Silver.PURCHASE_DAY, TableRows.of(Silver.PURCHASE_DAY, made, run.asOf(), run.runId()), run);
    verify(counted, made);
    return made;
  }

  /** The reconciliation as rows of {@code ops.reconciliation}. */
  List<Line> lines() {
    return present(reconciliation).lines();
  }

  /** What the publication keeps so that a later run can reuse the silver tables. */
  Map<String, String> attributes() {
    Reconciliation counted = present(reconciliation);
    return Map.of(
        HASH,
        input.silverHash(),
        FIRST_DAY,
        String.valueOf(counted.firstDay()),
        LAST_DAY,
        String.valueOf(counted.lastDay()),
        FIRST_FUTURE_DAY,
        String.valueOf(counted.firstFutureDay()));
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

  private static void verify(Reconciliation counted, Dataset<Row> days) {
    Row totals =
        days.agg(sum(Money.toCents(col(NET_AMOUNT))), sum("line_count"), count(lit(1))).head();
    BigDecimal net =
        totals.isNullAt(0) ? BigDecimal.ZERO : BigDecimal.valueOf(totals.getLong(0), 2);
    long lines = totals.isNullAt(1) ? 0 : totals.getLong(1);
    if (lines != counted.rows(Disposition.ACCEPTED)
        || net.compareTo(counted.amount(Disposition.ACCEPTED)) != 0) {
      throw GradusException.gate(
          String.format(
              Locale.ROOT,
              "silver.purchase_day holds %d lines and %s, the reconciliation accepted %d lines and"
                  + " %s; nothing was published, report this",
              lines,
              net,
              counted.rows(Disposition.ACCEPTED),
              counted.amount(Disposition.ACCEPTED)));
    }
  }

  private Reconciliation recorded(Publication publication) {
    List<Line> lines =
        lake
            .readPublished(Ops.RECONCILIATION)
            .where(col(RUN_ID).equalTo(publication.runId()))
            .collectAsList()
            .stream()
            .map(
                row ->
                    new Line(
                        Disposition.valueOf(
                            row.<String>getAs(DISPOSITION).toUpperCase(Locale.ROOT)),
                        row.getAs(REASON),
                        row.getAs(CURRENCY),
                        row.<Long>getAs("rows"),
                        row.<BigDecimal>getAs(AMOUNT)))
            .sorted(Reconciliation.ORDER)
            .toList();
    return new Reconciliation(
        lines,
        0,
        day(publication, FIRST_DAY),
        day(publication, LAST_DAY),
        day(publication, FIRST_FUTURE_DAY));
  }

  /**
   * The first and last day with an accepted row, when a publication tells them; a run that needs no
   * more than that costs no read of a table.
   */
  Optional<Span> span() {
    return reusable.map(p -> new Span(day(p, FIRST_DAY), day(p, LAST_DAY)));
  }

  /** First and last day, null without an accepted row. */
  record Span(@Nullable LocalDate first, @Nullable LocalDate last) {}

  private static @Nullable LocalDate day(Publication publication, String key) {
    String text = publication.attributes().get(key);
    return text == null || text.equals("null") ? null : LocalDate.parse(text);
  }

  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("reconcile comes first");
    }
    return value;
  }
}
