package io.gradus.ingest;

import static io.gradus.table.Columns.AMOUNT;
import static io.gradus.table.Columns.CONTENT_HASH;
import static io.gradus.table.Columns.CURRENCY;
import static io.gradus.table.Columns.DAY;
import static io.gradus.table.Columns.REASON;
import static io.gradus.table.Columns.SOURCE_FILE;
import static io.gradus.table.Columns.SOURCE_ROW;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.gradus.config.TransactionSource.Duplicates;
import io.gradus.table.Money;
import java.math.BigDecimal;
import java.sql.Date;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Counts mapped rows by what becomes of them, and decides which copy of a repeated row is accepted,
 * in one aggregation over fixed-width columns.
 *
 * <p>Of equal rows the one whose hash of file and row number is smallest is accepted: the copies
 * are equal in every mapped column, so the choice shows only in {@code source_file} and {@code
 * source_row}.
 */
public final class Tally {
  private static final String COPIES = "_copies";
  private static final String KEPT = "_kept";
  private static final String CENTS = "_cents";
  private static final String LAST_DAY = "_last_day";
  private static final String FIRST_DAY = "_first_day";
  private static final String KEPT_HASH = "_kept_hash";
  private static final int BROADCAST_LIMIT = 500_000;

  private Tally() {}

  /** One row per distinct content; the caller persists it while it uses it twice. */
  public static Dataset<Row> of(Dataset<Row> mapped, Duplicates duplicates) {
    Column content = lit(0L);
    if (duplicates == Duplicates.DROP) {
      content = when(col(REASON).isNull(), col(CONTENT_HASH)).otherwise(0L);
    }
    return mapped
        .select(
            content.as(CONTENT_HASH),
            col(REASON),
            col(CURRENCY),
            Money.toCents(col(AMOUNT)).as(CENTS),
            position().as(KEPT),
            col(DAY))
        .groupBy(CONTENT_HASH, REASON, CURRENCY)
        .agg(
            count(lit(1)).as(COPIES),
            sum(CENTS).as(CENTS),
            min(KEPT).as(KEPT),
            min(DAY).as(FIRST_DAY),
            max(DAY).as(LAST_DAY));
  }

  /** The tally summed by reason and currency: at most one line per rule and currency. */
  public static Reconciliation reconcile(Dataset<Row> tally, Duplicates duplicates) {
    Column extra =
        duplicates == Duplicates.DROP
            ? when(col(REASON).isNull(), col(COPIES).minus(1)).otherwise(0L)
            : lit(0L);
    Column extraCents = coalesce(col(CENTS), lit(0L)).divide(col(COPIES)).cast("bigint");
    List<Row> rows =
        tally
            .groupBy(REASON, CURRENCY)
            .agg(
                sum(col(COPIES)).as("rows"),
                sum(coalesce(col(CENTS), lit(0L))).as("cents"),
                sum(extra).as("extra"),
                sum(when(extra.gt(0), extraCents.multiply(extra)).otherwise(0L)).as("extra_cents"),
                sum(when(extra.gt(0), 1L).otherwise(0L)).as("repeated"),
                min(FIRST_DAY).as(FIRST_DAY),
                max(LAST_DAY).as(LAST_DAY))
            .collectAsList();
    return Reconciliation.of(rows.stream().map(Tally::line).toList());
  }

  private static Reconciliation.Counted line(Row row) {
    Date first = row.getAs(FIRST_DAY);
    Date last = row.getAs(LAST_DAY);
    return new Reconciliation.Counted(
        row.getAs(REASON),
        row.getAs(CURRENCY),
        row.<Long>getAs("rows"),
        BigDecimal.valueOf(row.<Long>getAs("cents"), 2),
        row.<Long>getAs("extra"),
        BigDecimal.valueOf(row.<Long>getAs("extra_cents"), 2),
        row.<Long>getAs("repeated"),
        first == null ? null : first.toLocalDate(),
        last == null ? null : last.toLocalDate());
  }

  /** The accepted transactions: valid rows, of repeated ones one copy. */
  public static Dataset<Row> accepted(
      Dataset<Row> mapped, Dataset<Row> tally, Reconciliation reconciliation) {
    Dataset<Row> valid = mapped.where(col(REASON).isNull());
    if (reconciliation.duplicateRows() == 0) {
      return valid.drop(REASON);
    }
    return withKept(valid, tally, reconciliation)
        .where(col(KEPT).isNull().or(col(KEPT).equalTo(position())))
        .drop(REASON, KEPT);
  }

  /** Every row that is not accepted, with its reason; further copies carry {@code duplicate}. */
  public static Dataset<Row> rejected(
      Dataset<Row> mapped, Dataset<Row> tally, Reconciliation reconciliation) {
    if (reconciliation.duplicateRows() == 0) {
      return mapped.where(col(REASON).isNotNull());
    }
    Column copy = col(KEPT).isNotNull().and(col(KEPT).notEqual(position()));
    return withKept(mapped, tally, reconciliation)
        .withColumn(
            REASON, coalesce(col(REASON), when(copy, Reconciliation.Disposition.DUPLICATE.code())))
        .where(col(REASON).isNotNull())
        .drop(KEPT);
  }

  private static Dataset<Row> withKept(
      Dataset<Row> mapped, Dataset<Row> tally, Reconciliation reconciliation) {
    Dataset<Row> repeated =
        tally
            .where(col(REASON).isNull().and(col(COPIES).gt(1)))
            .select(col(CONTENT_HASH).as(KEPT_HASH), col(KEPT));
    Dataset<Row> hinted =
        reconciliation.repeatedContents() <= BROADCAST_LIMIT ? broadcast(repeated) : repeated;
    Column same = col(CONTENT_HASH).equalTo(col(KEPT_HASH)).and(col(REASON).isNull());
    return mapped.join(hinted, same, "left").drop(KEPT_HASH);
  }

  private static Column position() {
    return xxhash64(col(SOURCE_FILE), col(SOURCE_ROW));
  }
}
