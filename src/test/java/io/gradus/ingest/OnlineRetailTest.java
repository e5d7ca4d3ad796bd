package io.gradus.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.config.ColumnMapping;
import io.gradus.config.TransactionSource;
import io.gradus.config.TransactionSource.Duplicates;
import io.gradus.ingest.Reconciliation.Disposition;
import io.gradus.table.Columns;
import io.gradus.testing.RealData;
import io.gradus.testing.SparkExtension;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The published facts of UCI Online Retail, December 2010 to August 2011. */
@ExtendWith(SparkExtension.class)
class OnlineRetailTest {
  private static TransactionSource feed(Duplicates duplicates) {
    return new TransactionSource(
        "landing",
        Map.of(
            "customer_id", new ColumnMapping("regexp_replace(CustomerID, '\\\\.0$', '')", true),
            "timestamp", new ColumnMapping("InvoiceDate", false),
            "amount", new ColumnMapping("Quantity * UnitPrice", true),
            "transaction_id", new ColumnMapping("InvoiceNo", false),
            "product_id", new ColumnMapping("StockCode", false),
            "quantity", new ColumnMapping("Quantity", false)),
        Map.of(),
        duplicates,
        null,
        false,
        false,
        List.of("nan"));
  }

  private static Dataset<Row> source(SparkSession spark) {
    return spark
        .read()
        .parquet(RealData.path("online_retail/landing").toString())
        .withColumn("source_file", expr("_metadata.file_name"))
        .withColumn("source_row", expr("_metadata.row_index"));
  }

  @Test
  void everyRowHasOneDispositionAndTheFactsHold(SparkSession spark) {
    Dataset<Row> raw = source(spark);
    Dataset<Row> mapped = new SourceRows(feed(Duplicates.DROP), "GBP", "Europe/London").map(raw);
    Tally tally = new Tally(names(raw), false);
    Dataset<Row> repeated = tally.repeated(mapped, Duplicates.DROP).cache();
    Reconciliation result = tally.reconcile(mapped, repeated);

    assertThat(result.totalRows()).isEqualTo(320_705);
    assertThat(result.rows(Disposition.QUARANTINED)).isEqualTo(88_652);
    BigDecimal money =
        result.lines().stream()
            .map(Reconciliation.Line::amount)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(money).isEqualByComparingTo("5761931.38");

    Dataset<Row> accepted = tally.accepted(mapped, repeated, result);
    Row totals =
        accepted
            .agg(
                sum("amount"),
                org.apache.spark.sql.functions.count(lit(1)),
                org.apache.spark.sql.functions.countDistinct("customer_id"))
            .head();
    assertThat(totals.getDecimal(0)).isEqualByComparingTo(result.amount(Disposition.ACCEPTED));
    assertThat(totals.getLong(1)).isEqualTo(result.rows(Disposition.ACCEPTED));
    assertThat(totals.getLong(2)).isEqualTo(3_360);
    assertThat(tally.rejected(mapped, repeated, result).count())
        .isEqualTo(result.totalRows() - result.rows(Disposition.ACCEPTED));

    Row days = PurchaseDays.of(accepted).agg(sum("net_amount"), sum("line_count")).head();
    assertThat(days.getDecimal(0)).isEqualByComparingTo(totals.getDecimal(0));
    assertThat(days.getLong(1)).isEqualTo(totals.getLong(1));
    assertThat(raw.where(col("InvoiceNo").startsWith("C")).count()).isEqualTo(5_847);
    repeated.unpersist();
  }

  private static List<String> names(Dataset<Row> rows) {
    return rows.select(Columns.SOURCE_FILE).distinct().as(Encoders.STRING()).collectAsList();
  }
}
