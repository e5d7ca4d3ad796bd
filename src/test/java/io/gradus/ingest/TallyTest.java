package io.gradus.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.config.TransactionSource.Duplicates;
import io.gradus.ingest.Reconciliation.Disposition;
import io.gradus.table.Columns;
import io.gradus.testing.SparkExtension;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class TallyTest {
  private static final String COLUMNS =
      """
      CAST(transaction_id AS STRING) AS transaction_id, CAST(line_id AS STRING) AS line_id,
      'f' AS source_file, source_row, day, CAST(amount AS DECIMAL(18,2)) AS amount, currency,
      CAST(1 AS DOUBLE) AS quantity, CAST(reason AS STRING) AS reason,
      xxhash64(transaction_id, line_id, day, amount, currency) AS content_hash,
      CAST(0 AS SMALLINT) AS _rounded, false AS _respelt
      """;

  /** Order, line, day of March, amount and reason of rows in the order of their file. */
  private static Dataset<Row> mapped(SparkSession spark, String... rows) {
    String values =
        IntStream.range(0, rows.length)
            .mapToObj(i -> "(" + rows[i] + ", 'EUR', " + i + "L)")
            .collect(Collectors.joining(", "));
    return spark.sql(
        "SELECT "
            + COLUMNS
            + " FROM (SELECT *, make_date(2025, 3, d) AS day FROM VALUES "
            + values
            + " AS t(transaction_id, line_id, d, amount, reason, currency, source_row))");
  }

  @Test
  void ofRepeatedRowsOneIsAcceptedAndMoneyAddsUp(SparkSession spark) {
    Dataset<Row> rows =
        mapped(
            spark,
            "'twice', NULL, 1, 1, NULL",
            "'once', NULL, 1, 1, NULL",
            "'twice', NULL, 1, 1, NULL",
            "'bad', NULL, 1, 1, 'missing_customer'",
            "'bad', NULL, 1, 1, 'missing_customer'",
            "'twice', NULL, 1, 1, NULL");
    Tally tally = new Tally(List.of("f"), false);
    Dataset<Row> repeated = tally.repeated(rows, Duplicates.DROP);
    Reconciliation counted = tally.reconcile(rows, repeated);

    assertThat(counted.rows(Disposition.ACCEPTED)).isEqualTo(2);
    assertThat(counted.rows(Disposition.DUPLICATE)).isEqualTo(2);
    assertThat(counted.rows(Disposition.QUARANTINED)).isEqualTo(2);
    assertThat(counted.amount(Disposition.DUPLICATE)).isEqualByComparingTo("2.00");
    assertThat(tally.accepted(rows, repeated, counted).count()).isEqualTo(2);
    Dataset<Row> rejected = tally.rejected(rows, repeated, counted);
    assertThat(rejected.where(col(Columns.REASON).equalTo("duplicate")).count()).isEqualTo(2);
    assertThat(rejected.count()).isEqualTo(4);
    Dataset<Row> kept = tally.repeated(rows, Duplicates.KEEP);
    assertThat(tally.reconcile(rows, kept).rows(Disposition.ACCEPTED)).isEqualTo(4);
  }

  @Test
  void aLineOfAnOrderHasOneContent(SparkSession spark) {
    Dataset<Row> rows =
        mapped(
            spark,
            "'o1', '1', 1, 1.00, NULL",
            "'o1', '2', 1, 2.00, NULL",
            "'o1', '1', 1, 9.00, NULL",
            "'o1', '1', 1, 1.00, NULL",
            "'o1', '1', 1, 9.00, NULL",
            "'o1', '1', 2, 5.00, NULL",
            "'o2', '1', 1, 6.00, NULL",
            "'o1', NULL, 1, 7.00, NULL",
            "'o1', '', 1, 8.00, NULL",
            "'o2', '1', 1, 7.00, 'missing_customer'",
            "'o3', '1', 1, 3.00, NULL",
            "'o3', '1', 1, 3.00, NULL");
    Tally tally = new Tally(List.of("f"), true);
    Dataset<Row> repeated = tally.repeated(rows, Duplicates.DROP);
    Reconciliation counted = tally.reconcile(rows, repeated);

    assertThat(counted.lines())
        .extracting(line -> line.disposition() + " " + line.rows() + " " + line.amount())
        .containsExactly(
            "ACCEPTED 7 32.00", "QUARANTINED 2 18.00", "QUARANTINED 1 7.00", "DUPLICATE 2 4.00");
    assertThat(places(tally.accepted(rows, repeated, counted)))
        .containsExactly("0 null", "1 null", "5 null", "6 null", "7 null", "8 null", "10 null");
    assertThat(places(tally.rejected(rows, repeated, counted)))
        .containsExactly(
            "2 line_conflict",
            "3 duplicate",
            "4 line_conflict",
            "9 missing_customer",
            "11 duplicate");
    Dataset<Row> kept = tally.repeated(rows, Duplicates.KEEP);
    assertThat(tally.reconcile(rows, kept).rows(Disposition.ACCEPTED)).isEqualTo(11);
  }

  @Test
  void aLineOfAnOrderHasOneCurrency(SparkSession spark) {
    Dataset<Row> rows =
        mapped(
                spark,
                "'o1', '1', 1, 1.00, NULL",
                "'o1', '1', 1, 1.00, NULL",
                "'o1', '1', 1, 1.00, NULL",
                "'o1', '1', 1, 1.00, NULL",
                "'o2', '1', 1, 2.00, NULL",
                "'o2', '1', 1, 2.00, NULL",
                "'o3', '1', 1, 4.00, NULL",
                "'o3', '1', 1, 4.00, NULL")
            .withColumn(Columns.CURRENCY, expr("if(source_row in (2, 3, 5, 6, 7), 'USD', 'EUR')"))
            .withColumn(Columns.CONTENT_HASH, expr("xxhash64(content_hash, currency)"));
    Tally tally = new Tally(List.of("f"), true);
    Dataset<Row> repeated = tally.repeated(rows, Duplicates.DROP);
    Reconciliation counted = tally.reconcile(rows, repeated);

    assertThat(counted.lines())
        .extracting(l -> l.disposition() + " " + l.currency() + " " + l.rows() + " " + l.amount())
        .containsExactly(
            "ACCEPTED EUR 2 3.00",
            "ACCEPTED USD 1 4.00",
            "QUARANTINED USD 3 4.00",
            "DUPLICATE EUR 1 1.00",
            "DUPLICATE USD 1 4.00");
    assertThat(places(tally.accepted(rows, repeated, counted)))
        .containsExactly("0 null", "4 null", "6 null");
    assertThat(places(tally.rejected(rows, repeated, counted)))
        .containsExactly(
            "1 duplicate", "2 line_conflict", "3 line_conflict", "5 line_conflict", "7 duplicate");
  }

  private static List<String> places(Dataset<Row> rows) {
    boolean judged = List.of(rows.columns()).contains(Columns.REASON);
    return rows.orderBy(Columns.SOURCE_ROW).collectAsList().stream()
        .map(
            row ->
                row.<Long>getAs(Columns.SOURCE_ROW)
                    + " "
                    + (judged ? row.<String>getAs(Columns.REASON) : null))
        .toList();
  }
}
