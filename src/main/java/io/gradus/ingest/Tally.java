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
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.gradus.config.TransactionSource.Duplicates;
import io.gradus.error.GradusException;
import io.gradus.table.Money;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * Counts mapped rows by what becomes of them, and decides which copy of a repeated row is accepted.
 *
 * <p>Of equal rows the first is accepted: of the file whose name comes first in the order of its
 * UTF-8 bytes, there of the smallest row number. Files that are named in the order of their
 * delivery thus never take the place of rows that were accepted before. The copies are equal in
 * every mapped column, so the choice shows only in {@code source_file} and {@code source_row}.
 */
public final class Tally {
  private static final String COPIES = "_copies";
  private static final String KEPT = "_kept";
  private static final String CENTS = "_cents";
  private static final String LAST_DAY = "_last_day";
  private static final String FIRST_DAY = "_first_day";
  private static final String KEPT_HASH = "_kept_hash";
  private static final int BROADCAST_LIMIT = 500_000;
  private static final int ROW_BITS = 40;

  private final Map<String, Long> firstPositions = new HashMap<>();

  /**
   * A tally of the rows of some files.
   *
   * @param fileNames the base name of every file that a row may come from
   */
  public Tally(Collection<String> fileNames) {
    List<String> sorted =
        fileNames.stream()
            .sorted(
                Comparator.comparing(
                    name -> name.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned))
            .toList();
    sorted.forEach(name -> firstPositions.put(name, (long) firstPositions.size() << ROW_BITS));
  }

  /**
   * One row per content that valid rows have more than once, with its copies and the one to keep;
   * none when copies are kept. The shuffle moves two numbers per row.
   */
  public Dataset<Row> repeated(Dataset<Row> mapped, Duplicates duplicates) {
    // A filter would evaluate the mapping once for the rule and once more for the hash.
    Column hash = when(col(REASON).isNull(), col(CONTENT_HASH));
    return mapped
        .where(lit(duplicates == Duplicates.DROP))
        .select(
            hash.as(KEPT_HASH),
            position().as(KEPT),
            Money.toCents(col(AMOUNT)).as(CENTS),
            col(CURRENCY))
        .repartition(col(KEPT_HASH))
        .groupBy(KEPT_HASH, CURRENCY)
        .agg(count(lit(1)).as(COPIES), min(KEPT).as(KEPT), min(CENTS).as(CENTS))
        .where(col(KEPT_HASH).isNotNull().and(col(COPIES).gt(1)));
  }

  /**
   * Rows and money by reason and currency, with the further copies told apart.
   *
   * @throws GradusException (input) when the amounts add up to more than a lake can hold
   */
  public static Reconciliation reconcile(Dataset<Row> mapped, Dataset<Row> repeated) {
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

  private static Reconciliation counted(Dataset<Row> mapped, Dataset<Row> repeated)
      throws SparkException {
    Map<String, Row> copies = new HashMap<>();
    Column extra = col(COPIES).minus(1);
    repeated
        .groupBy(CURRENCY)
        .agg(
            sum(extra).as(COPIES),
            sum(extra.multiply(col(CENTS))).as(CENTS),
            count(lit(1)).as("repeated"))
        .collectAsList()
        .forEach(row -> copies.put(row.getAs(CURRENCY), row));
    List<Row> totals =
        mapped
            .groupBy(REASON, CURRENCY)
            .agg(
                count(lit(1)).as("rows"),
                sum(coalesce(Money.toCents(col(AMOUNT)), lit(0L))).as(CENTS),
                min(DAY).as(FIRST_DAY),
                max(DAY).as(LAST_DAY))
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
    return new Reconciliation.Counted(
        total.getAs(REASON),
        total.getAs(CURRENCY),
        total.<Long>getAs("rows"),
        BigDecimal.valueOf(total.<Long>getAs(CENTS), 2),
        copies == null ? 0 : copies.<Long>getAs(COPIES),
        BigDecimal.valueOf(copies == null ? 0 : copies.<Long>getAs(CENTS), 2),
        copies == null ? 0 : copies.<Long>getAs("repeated"),
        first == null ? null : first.toLocalDate(),
        last == null ? null : last.toLocalDate());
  }

  /** The accepted transactions: valid rows, of repeated ones one copy. */
  public Dataset<Row> accepted(
      Dataset<Row> mapped, Dataset<Row> repeated, Reconciliation reconciliation) {
    Dataset<Row> valid = mapped.where(col(REASON).isNull());
    if (reconciliation.duplicateRows() == 0) {
      return valid.drop(REASON);
    }
    return withKept(valid, repeated, reconciliation)
        .where(col(KEPT).isNull().or(col(KEPT).equalTo(position())))
        .drop(REASON, KEPT);
  }

  /**
   * Every row that is not accepted, with its reason; further copies carry {@code duplicate}. Rows
   * of erased customers are not among them.
   */
  public Dataset<Row> rejected(
      Dataset<Row> mapped, Dataset<Row> repeated, Reconciliation reconciliation) {
    if (reconciliation.duplicateRows() == 0) {
      return mapped.where(kept());
    }
    Column copy = col(KEPT).isNotNull().and(col(KEPT).notEqual(position()));
    return withKept(mapped, repeated, reconciliation)
        .withColumn(
            REASON, coalesce(col(REASON), when(copy, Reconciliation.Disposition.DUPLICATE.code())))
        .where(kept())
        .drop(KEPT);
  }

  private static Column kept() {
    return col(REASON).isNotNull().and(col(REASON).notEqual(Reasons.ERASED));
  }

  private static Dataset<Row> withKept(
      Dataset<Row> mapped, Dataset<Row> repeated, Reconciliation reconciliation) {
    Dataset<Row> kept = repeated.select(KEPT_HASH, KEPT);
    Dataset<Row> hinted =
        reconciliation.repeatedContents() <= BROADCAST_LIMIT ? broadcast(kept) : kept;
    Column same = col(CONTENT_HASH).equalTo(col(KEPT_HASH)).and(col(REASON).isNull());
    return mapped.join(hinted, same, "left").drop(KEPT_HASH);
  }

  /** The place of a row in the order of files and rows. */
  private Column position() {
    Map<String, Long> firsts = Map.copyOf(firstPositions);
    UDF1<String, Long> first =
        file ->
            Objects.requireNonNull(
                firsts.get(file), () -> "no file of this tally is named " + file);
    return udf(first, DataTypes.LongType).apply(col(SOURCE_FILE)).plus(col(SOURCE_ROW));
  }
}
