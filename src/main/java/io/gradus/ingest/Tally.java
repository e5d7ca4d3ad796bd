package io.gradus.ingest;

import static io.gradus.table.Columns.AMOUNT;
import static io.gradus.table.Columns.CONTENT_HASH;
import static io.gradus.table.Columns.CURRENCY;
import static io.gradus.table.Columns.DAY;
import static io.gradus.table.Columns.LINE_ID;
import static io.gradus.table.Columns.QUANTITY;
import static io.gradus.table.Columns.REASON;
import static io.gradus.table.Columns.SOURCE_FILE;
import static io.gradus.table.Columns.SOURCE_ROW;
import static io.gradus.table.Columns.TRANSACTION_ID;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.gradus.config.TransactionSource.Duplicates;
import io.gradus.error.GradusException;
import io.gradus.ingest.Reconciliation.Disposition;
import io.gradus.table.Money;
import java.math.BigDecimal;
import java.sql.Date;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.RelationalGroupedDataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Counts mapped rows by what becomes of them, and decides which of several rows for one line is
 * accepted: the first, of the file whose name comes first in the order of its UTF-8 bytes, there of
 * the smallest row number. Files that are named in the order of their delivery thus never take the
 * place of rows that were accepted before.
 *
 * <p>Rows are for one line when they are equal in every mapped column, so that the choice shows
 * only in {@code source_file} and {@code source_row}; the others are duplicates. Where the feed
 * tells lines apart by {@code line_id}, rows of one order, line and business day are for one line
 * too; those with other content than the accepted one are conflicts.
 */
public final class Tally {
  private static final String COPIES = "_copies";
  private static final String KEPT = "_kept";
  private static final String KEPT_KEY = "_kept_key";
  private static final String KEPT_CONTENT = "_kept_content";
  private static final String CONTESTED = "_contested";
  private static final String CENTS = "_cents";
  private static final String LAST_DAY = "_last_day";
  private static final String FIRST_DAY = "_first_day";
  private static final int BROADCAST_LIMIT = 500_000;

  private final FilePositions files;
  private final boolean lineIds;

  /**
   * A tally of the rows of some files.
   *
   * @param fileNames the base name of every file that a row may come from
   * @param lineIds whether the feed tells lines apart by {@code line_id}
   */
  public Tally(Collection<String> fileNames, boolean lineIds) {
    this.lineIds = lineIds;
    this.files = new FilePositions(fileNames);
  }

  /** A 64-bit hash by which the rows for one line are found. */
  public Column line() {
    Column content = col(CONTENT_HASH);
    if (!lineIds) {
      return content;
    }
    Column order = coalesce(col(TRANSACTION_ID), lit(""));
    return when(coalesce(col(LINE_ID), lit("")).equalTo(""), content)
        .otherwise(xxhash64(order, col(LINE_ID), col(DAY)));
  }

  /**
   * One row per line that has more than one valid row, with their number and the one to keep; none
   * when copies are kept. The shuffle moves two numbers per row, three with line ids.
   */
  public Dataset<Row> repeated(Dataset<Row> mapped, Duplicates duplicates) {
    // A filter would evaluate the mapping once for the rule and once more for the hash.
    Column key = when(col(REASON).isNull(), line()).as(KEPT_KEY);
    Column cents = Money.toCents(col(AMOUNT)).as(CENTS);
    Column currency = CurrencyNumber.of(col(CURRENCY)).as(CURRENCY);
    Dataset<Row> rows = mapped.where(lit(duplicates == Duplicates.DROP));
    Dataset<Row> keyed =
        lineIds
            ? rows.select(
                key, col(CONTENT_HASH).as(KEPT_CONTENT), position().as(KEPT), cents, currency)
            : rows.select(key, position().as(KEPT), cents, currency);
    RelationalGroupedDataset lines = keyed.repartition(col(KEPT_KEY)).groupBy(KEPT_KEY);
    Column copies = count(lit(1)).as(COPIES);
    Column first = min(KEPT).as(KEPT);
    Column amount = min(CENTS).as(CENTS);
    Column unit = min(CURRENCY).as(CURRENCY);
    Column several = col(KEPT_KEY).isNotNull().and(col(COPIES).gt(1));
    if (!lineIds) {
      return lines
          .agg(copies, first, amount, unit)
          .where(several)
          .withColumn(KEPT_CONTENT, col(KEPT_KEY))
          .withColumn(CONTESTED, lit(false));
    }
    return lines
        .agg(
            copies,
            first,
            amount,
            unit,
            min_by(col(KEPT_CONTENT), col(KEPT)).as(KEPT_CONTENT),
            min(KEPT_CONTENT).notEqual(max(KEPT_CONTENT)).as(CONTESTED))
        .where(several);
  }

  /**
   * Rows and money by reason and currency, with further copies and conflicts told apart.
   *
   * @throws GradusException (input) when the amounts add up to more than a lake can hold
   */
  public Reconciliation reconcile(Dataset<Row> mapped, Dataset<Row> repeated) {
    try {
      return counted(mapped, repeated);
    } catch (ArithmeticException e) {
      throw overflow(e);
    } catch (SparkException e) {
      // Spark throws it undeclared.
      if (e.getCause() instanceof ArithmeticException) {
        throw overflow(e);
      }
      throw new IllegalStateException("the source rows cannot be counted", e);
    }
  }

  private static GradusException overflow(Exception e) {
    return GradusException.input(
        "sources.transactions.columns.amount: the amounts add up to more than "
            + BigDecimal.valueOf(Long.MAX_VALUE, 2)
            + "; check the mapping and the currency's unit",
        e);
  }

  private Reconciliation counted(Dataset<Row> mapped, Dataset<Row> repeated) throws SparkException {
    Map<String, Row> copies = new HashMap<>();
    Column extra = when(col(CONTESTED), 0L).otherwise(col(COPIES).minus(1));
    repeated
        .groupBy(CURRENCY)
        .agg(
            sum(extra).as(COPIES),
            sum(extra.multiply(col(CENTS))).as(CENTS),
            count(lit(1)).as("repeated"),
            count(when(col(CONTESTED), 1)).as(CONTESTED))
        .collectAsList()
        .forEach(row -> copies.put(CurrencyNumber.code(row.getAs(CURRENCY)), row));
    long contested = copies.values().stream().mapToLong(row -> row.<Long>getAs(CONTESTED)).sum();
    Dataset<Row> rows =
        contested == 0 ? mapped : judged(mapped, repeated.where(CONTESTED), contested);
    List<Row> totals =
        rows.groupBy(REASON, CURRENCY)
            .agg(
                count(lit(1)).as("rows"),
                sum(coalesce(Money.toCents(col(AMOUNT)), lit(0L))).as(CENTS),
                min(DAY).as(FIRST_DAY),
                max(DAY).as(LAST_DAY),
                count(when(col(SourceRows.RESPELT), 1)).as(SourceRows.RESPELT),
                max(SourceRows.ROUNDED).as(SourceRows.ROUNDED),
                max(abs(col(QUANTITY))).as(QUANTITY))
            .collectAsList();
    return Reconciliation.of(
        totals.stream()
            .map(
                row ->
                    counted(
                        row, row.getAs(REASON) == null ? copies.get(row.getAs(CURRENCY)) : null))
            .toList());
  }

  private static Reconciliation.Counted counted(Row total, @Nullable Row copies) {
    Date first = total.getAs(FIRST_DAY);
    Date last = total.getAs(LAST_DAY);
    Short rounding = total.getAs(SourceRows.ROUNDED);
    return new Reconciliation.Counted(
        total.getAs(REASON),
        total.getAs(CURRENCY),
        total.<Long>getAs("rows"),
        BigDecimal.valueOf(total.<Long>getAs(CENTS), 2),
        copies == null ? 0 : copies.<Long>getAs(COPIES),
        BigDecimal.valueOf(copies == null ? 0 : copies.<Long>getAs(CENTS), 2),
        copies == null ? 0 : copies.<Long>getAs("repeated"),
        first == null ? null : first.toLocalDate(),
        last == null ? null : last.toLocalDate(),
        new Oddities(
            total.<Long>getAs(SourceRows.RESPELT),
            rounding == null ? null : BigDecimal.valueOf(rounding, Oddities.MILLIONTHS),
            Objects.requireNonNullElse(total.<Double>getAs(QUANTITY), 0.0)));
  }

  /** The accepted transactions: valid rows, of several for one line the first. */
  public Dataset<Row> accepted(
      Dataset<Row> mapped, Dataset<Row> repeated, Reconciliation reconciliation) {
    return judged(mapped.where(col(REASON).isNull()), repeated, reconciliation.repeatedLines())
        .where(col(REASON).isNull())
        .drop(REASON);
  }

  /**
   * Every row that is not accepted, with its reason; further copies carry {@code duplicate}. Rows
   * of erased customers are not among them.
   */
  public Dataset<Row> rejected(
      Dataset<Row> mapped, Dataset<Row> repeated, Reconciliation reconciliation) {
    return judged(mapped, repeated, reconciliation.repeatedLines())
        .where(col(REASON).isNotNull().and(col(REASON).notEqual(Reasons.ERASED)));
  }

  /** The rows with a reason for each that gives way to another row for its line. */
  private Dataset<Row> judged(Dataset<Row> mapped, Dataset<Row> repeated, long lines) {
    if (lines == 0) {
      return mapped;
    }
    Dataset<Row> kept = repeated.select(KEPT_KEY, KEPT, KEPT_CONTENT);
    Dataset<Row> hinted = lines <= BROADCAST_LIMIT ? broadcast(kept) : kept;
    Column same = line().equalTo(col(KEPT_KEY)).and(col(REASON).isNull());
    Column other =
        when(col(KEPT_CONTENT).equalTo(col(CONTENT_HASH)), Disposition.DUPLICATE.code())
            .otherwise(Reasons.LINE_CONFLICT);
    return mapped
        .join(hinted, same, "left")
        .withColumn(REASON, coalesce(col(REASON), when(col(KEPT).notEqual(position()), other)))
        .drop(KEPT_KEY, KEPT, KEPT_CONTENT);
  }

  private Column position() {
    return files.of(col(SOURCE_FILE), col(SOURCE_ROW));
  }
}
