package io.gradus.ingest;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.config.TransactionSource.Duplicates;
import io.gradus.table.Columns;
import io.gradus.testing.SparkExtension;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class TallyTest {
  /** Six rows: one content three times, one once, one without a customer twice. */
  private static Dataset<Row> mapped(SparkSession spark) {
    String[] contents = {"twice", "once", "twice", "bad", "bad", "twice"};
    return IntStream.range(0, contents.length)
        .mapToObj(
            i ->
                spark.sql(
                    "SELECT '%1$s' AS transaction_id, 'f' AS source_file, %2$dL AS source_row,"
                            .formatted(contents[i], i)
                        + " xxhash64('%1$s') AS content_hash, DATE'2025-03-01' AS day,"
                            .formatted(contents[i])
                        + " CAST(1 AS DECIMAL(18,2)) AS amount, 'EUR' AS currency,"
                        + " IF('%1$s' = 'bad', 'missing_customer', NULL) AS reason"
                            .formatted(contents[i])))
        .reduce(Dataset::union)
        .orElseThrow()
        .cache();
  }

  @Test
  void ofRepeatedRowsOneIsAcceptedAndMoneyAddsUp(SparkSession spark) {
    Dataset<Row> rows = mapped(spark);
    Tally tally = new Tally(List.of("f"));
    Dataset<Row> repeated = tally.repeated(rows, Duplicates.DROP);
    Reconciliation counted = Tally.reconcile(rows, repeated);

    assertThat(counted.rows(Reconciliation.Disposition.ACCEPTED)).isEqualTo(2);
    assertThat(counted.rows(Reconciliation.Disposition.DUPLICATE)).isEqualTo(2);
    assertThat(counted.rows(Reconciliation.Disposition.QUARANTINED)).isEqualTo(2);
    assertThat(counted.amount(Reconciliation.Disposition.DUPLICATE)).isEqualByComparingTo("2.00");
    assertThat(tally.accepted(rows, repeated, counted).count()).isEqualTo(2);
    Dataset<Row> rejected = tally.rejected(rows, repeated, counted);
    assertThat(rejected.where(col(Columns.REASON).equalTo("duplicate")).count()).isEqualTo(2);
    assertThat(rejected.count()).isEqualTo(4);
    Dataset<Row> kept = tally.repeated(rows, Duplicates.KEEP);
    assertThat(Tally.reconcile(rows, kept).rows(Reconciliation.Disposition.ACCEPTED)).isEqualTo(4);
  }
}
