package io.gradus.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradus.config.ColumnMapping;
import io.gradus.config.TransactionSource;
import io.gradus.config.TransactionSource.Duplicates;
import io.gradus.ingest.PurchaseDays;
import io.gradus.ingest.Reasons;
import io.gradus.ingest.Reconciliation;
import io.gradus.ingest.Reconciliation.Disposition;
import io.gradus.ingest.SourceRows;
import io.gradus.ingest.Tally;
import io.gradus.simulate.Company;
import io.gradus.simulate.CompanySimulator;
import io.gradus.simulate.Fault;
import io.gradus.simulate.SourceColumns;
import io.gradus.table.Columns;
import io.gradus.testing.SparkExtension;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Ingest finds every planted fault and gives back the simulated company's true purchase days. */
@ExtendWith(SparkExtension.class)
class SimulatedFeedTest {
  private static final Company COMPANY =
      Company.of(1_200, LocalDate.of(2024, 1, 1), LocalDate.of(2025, 3, 31), 99)
          .withDirtyShare(0.1);

  private static final TransactionSource FEED =
      new TransactionSource(
          "landing",
          Map.of(
              Columns.CUSTOMER_ID,
                  new ColumnMapping("regexp_replace(customer, '\\\\.0$', '')", true),
              Columns.TIMESTAMP, new ColumnMapping(SourceColumns.ORDER_TIME, false),
              Columns.AMOUNT, new ColumnMapping("quantity * unit_price", true),
              Columns.TRANSACTION_ID, new ColumnMapping(SourceColumns.ORDER_ID, false),
              Columns.LINE_ID, new ColumnMapping(SourceColumns.LINE_NO, false),
              Columns.PRODUCT_ID, new ColumnMapping(SourceColumns.PRODUCT, false),
              Columns.CATEGORY, new ColumnMapping(SourceColumns.CATEGORY, false),
              Columns.QUANTITY, new ColumnMapping(SourceColumns.QUANTITY, false),
              Columns.CURRENCY, new ColumnMapping(SourceColumns.CURRENCY, false)),
          Map.of(
              "cancelled", "status = 'cancelled'",
              "not_merchandise", "category IN ('fee', 'adjustment')",
              "dated_ahead", "to_date(order_time) > delivery_date"),
          Duplicates.DROP,
          null,
          false,
          false,
          List.of("nan", "null", "guest", "-1", "unknown"));

  @Test
  void ingestRecoversTheTruth(SparkSession spark, @TempDir Path folder) {
    CompanySimulator simulator = new CompanySimulator(COMPANY);
    String landing = folder.resolve("landing").toString();
    simulator.transactions(spark).write().parquet(landing);
    Dataset<Row> source =
        spark
            .read()
            .parquet(landing)
            .withColumn(Columns.SOURCE_FILE, expr("_metadata.file_name"))
            .withColumn(Columns.SOURCE_ROW, expr("_metadata.row_index"));
    Dataset<Row> mapped = new SourceRows(FEED, "EUR", "Europe/Berlin").map(source);
    Tally tally = new Tally(names(source), true);
    Dataset<Row> repeated = tally.repeated(mapped, Duplicates.DROP).cache();
    Reconciliation result = tally.reconcile(mapped, repeated);
    Map<String, Long> faults = faults(simulator, spark);

    assertReasons(result, faults);
    assertThat(result.rows(Disposition.ACCEPTED))
        .isEqualTo(trueLines(simulator, spark) + faults.get(Fault.ZERO_PRICE.name()));
    Dataset<Row> found = perCustomer(PurchaseDays.of(tally.accepted(mapped, repeated, result)));
    Dataset<Row> truth = truth(simulator, spark);
    assertThat(truth.count()).isGreaterThan(900);
    assertThat(found.exceptAll(truth).collectAsList()).isEmpty();
    assertThat(truth.exceptAll(found).collectAsList()).isEmpty();
    repeated.unpersist();
  }

  private static void assertReasons(Reconciliation result, Map<String, Long> faults) {
    Map<String, Long> rows =
        result.lines().stream()
            .collect(
                Collectors.groupingBy(
                    Reconciliation.Line::reason,
                    Collectors.summingLong(Reconciliation.Line::rows)));
    assertThat(result.duplicateRows()).isEqualTo(faults.get(Fault.DUPLICATE.name()));
    assertThat(rows)
        .containsEntry("excluded:cancelled", faults.get(Fault.CANCELLED.name()))
        .containsEntry("excluded:dated_ahead", faults.get(Fault.FUTURE_DATE.name()))
        .containsEntry(
            "excluded:not_merchandise",
            faults.get(Fault.FEE.name()) + faults.get(Fault.NEGATIVE_PRICE.name()))
        .containsEntry(Reasons.MISSING_AMOUNT, faults.get(Fault.NULL_AMOUNT.name()))
        .containsEntry(Reasons.AMOUNT_NOT_FINITE, faults.get(Fault.NAN_PRICE.name()))
        .containsEntry(Reasons.UNKNOWN_CURRENCY, faults.get(Fault.UNKNOWN_CURRENCY.name()));
    // A blank placeholder counts as a missing customer.
    assertThat(
            rows.getOrDefault(Reasons.MISSING_CUSTOMER, 0L)
                + rows.getOrDefault(Reasons.PLACEHOLDER_CUSTOMER, 0L))
        .isEqualTo(
            faults.get(Fault.MISSING_CUSTOMER.name()) + faults.get(Fault.PLACEHOLDER_ID.name()));
  }

  private static Map<String, Long> faults(CompanySimulator simulator, SparkSession spark) {
    return simulator
        .faults(spark)
        .groupBy(SourceColumns.FAULT)
        .agg(count(lit(1)))
        .collectAsList()
        .stream()
        .collect(Collectors.toMap(row -> row.getString(0), row -> row.getLong(1)));
  }

  private static long trueLines(CompanySimulator simulator, SparkSession spark) {
    return simulator.truth(spark).agg(sum(SourceColumns.LINES)).head().getLong(0);
  }

  private static Dataset<Row> perCustomer(Dataset<Row> days) {
    return days.groupBy(Columns.CUSTOMER_ID)
        .agg(
            sum(when(col(Columns.NET_AMOUNT).gt(0), 1).otherwise(0)).cast("int"),
            min(when(col(Columns.NET_AMOUNT).gt(0), col(Columns.DAY))),
            max(when(col(Columns.NET_AMOUNT).gt(0), col(Columns.DAY))),
            sum(Columns.GROSS_AMOUNT).cast("decimal(18,2)"),
            sum(Columns.REFUND_AMOUNT).cast("decimal(18,2)"));
  }

  private static Dataset<Row> truth(CompanySimulator simulator, SparkSession spark) {
    return simulator
        .truth(spark)
        .where(col(SourceColumns.LINES).gt(0))
        .select(
            SourceColumns.CUSTOMER,
            SourceColumns.PURCHASE_DAYS,
            SourceColumns.FIRST_PURCHASE_DATE,
            SourceColumns.LAST_PURCHASE_DATE,
            SourceColumns.GROSS_AMOUNT,
            SourceColumns.REFUND_AMOUNT);
  }

  private static List<String> names(Dataset<Row> rows) {
    return rows.select(Columns.SOURCE_FILE).distinct().as(Encoders.STRING()).collectAsList();
  }
}
