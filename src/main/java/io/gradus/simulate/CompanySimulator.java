package io.gradus.simulate;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The tables of a simulated {@link Company}, as a source system would deliver them, and the truth
 * behind them. Every customer is drawn on its own, so the rows are the same on any number of
 * partitions and any machine; their order is not defined. Nothing is computed before an action, and
 * nothing reaches the driver.
 *
 * <pre>{@code
 * Company company = Company.of(2_000, LocalDate.of(2024, 1, 1), LocalDate.of(2025, 12, 31), 7L);
 * Dataset<Row> lines = new CompanySimulator(company).transactions(spark);
 * }</pre>
 */
public final class CompanySimulator {
  private static final int CUSTOMERS_PER_PARTITION = 50_000;

  private final Company company;
  private final int customersPerPartition;

  public CompanySimulator(Company company) {
    this(company, CUSTOMERS_PER_PARTITION);
  }

  CompanySimulator(Company company, int customersPerPartition) {
    this.company = company;
    this.customersPerPartition = customersPerPartition;
  }

  /**
   * The customer master as known on the company's last day: customer, name, type (B2B, B2C),
   * industry, region, parent_group, signup_date, owner. Industry, owner and some parent groups are
   * known of companies only. Companies that have not ordered yet are prospects.
   */
  public Dataset<Row> customers(SparkSession spark) {
    LedgerRows rows = new LedgerRows(company);
    return flatMap(spark, rows::master, SourceSchemas.CUSTOMERS, SourceColumns.SIGNUP_DATE);
  }

  /**
   * All order lines: order_id, line_no, customer, order_time (TIMESTAMP_NTZ, the company's local
   * time), product, category, quantity (negative in returns), unit_price (DOUBLE), amount =
   * quantity × unit_price (DECIMAL(18,2)), currency, status (completed, cancelled, returned),
   * delivery_date (the day the row reaches the feed).
   */
  public Dataset<Row> transactions(SparkSession spark) {
    return transactions(spark, company.from(), company.to());
  }

  /**
   * The order lines that reach the feed on the days from {@code first} to {@code last}: what a
   * night delivers. Days after the company's last day deliver nothing.
   */
  public Dataset<Row> transactions(SparkSession spark, LocalDate first, LocalDate last) {
    LedgerRows rows = new LedgerRows(company);
    int from = Math.toIntExact(first.toEpochDay());
    int to = Math.toIntExact(last.toEpochDay());
    return flatMap(
        spark,
        index -> rows.lines(index, from, to),
        SourceSchemas.LINES,
        SourceColumns.DELIVERY_DATE);
  }

  /**
   * One row per customer of the company, those who have not come yet included: its segment and
   * hidden parameters, the day it stopped for good (NULL while it may still buy), orders placed and
   * delivered, and lines, purchase days and money as a perfect cleaning of the delivered rows gives
   * them.
   */
  public Dataset<Row> truth(SparkSession spark) {
    LedgerRows rows = new LedgerRows(company);
    Dataset<Row> truth =
        indices(spark).map((MapFunction<Long, Row>) rows::truth, Encoders.row(SourceSchemas.TRUTH));
    return dated(
        truth,
        SourceColumns.STOPPED_ON,
        SourceColumns.FIRST_PURCHASE_DATE,
        SourceColumns.LAST_PURCHASE_DATE);
  }

  /**
   * One row per faulty order line: its {@link Fault}, order_id, line_no, the customer who is behind
   * it, amount, delivery_date. Of a duplicate the second copy is listed.
   */
  public Dataset<Row> faults(SparkSession spark) {
    LedgerRows rows = new LedgerRows(company);
    return flatMap(spark, rows::faults, SourceSchemas.FAULTS, SourceColumns.DELIVERY_DATE);
  }

  /** The segments with their parameters, key accounts included when there are any. */
  public Dataset<Row> segments(SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    if (company.keyAccounts() > 0) {
      double share = (double) company.keyAccounts() / company.customers();
      rows.add(row(company.keyAccount(), share));
    }
    company.segments().forEach(segment -> rows.add(row(segment, segment.share())));
    return spark.createDataFrame(rows, SourceSchemas.SEGMENTS);
  }

  /** The planted events: event, valid_from, valid_to (NULL while lasting), target, factor. */
  public Dataset<Row> events(SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    for (Event event : company.events()) {
      LocalDate until = event.until();
      rows.add(
          RowFactory.create(
              event.getClass().getSimpleName(),
              (int) event.from().toEpochDay(),
              until == null ? null : (int) until.toEpochDay(),
              event.target(),
              event.factor()));
    }
    return dated(
        spark.createDataFrame(rows, SourceSchemas.EVENTS),
        SourceColumns.VALID_FROM,
        SourceColumns.VALID_TO);
  }

  private static Row row(Segment segment, double share) {
    Spend spend = segment.spend();
    return RowFactory.create(
        segment.name(),
        segment.type().name(),
        share,
        segment.r(),
        segment.alpha(),
        segment.dropout().toString(),
        spend.p(),
        spend.q(),
        spend.gamma(),
        spend.mean(),
        segment.linesPerOrder(),
        segment.returnShare());
  }

  private Dataset<Row> flatMap(
      SparkSession spark, RowsOfCustomer rows, StructType schema, String dateColumn) {
    FlatMapFunction<Long, Row> perCustomer = rows::of;
    return dated(indices(spark).flatMap(perCustomer, Encoders.row(schema)), dateColumn);
  }

  private Dataset<Long> indices(SparkSession spark) {
    long bySize = company.customers() / customersPerPartition;
    int partitions = (int) Math.max(spark.sparkContext().defaultParallelism(), bySize);
    return spark.range(0, company.customers(), 1, partitions);
  }

  private static Dataset<Row> dated(Dataset<Row> rows, String... dayColumns) {
    Dataset<Row> dated = rows;
    for (String day : dayColumns) {
      dated = dated.withColumn(day, call_function("date_from_unix_date", col(day)));
    }
    return dated;
  }

  /** Serialisable, as Spark ships it to the tasks. */
  private interface RowsOfCustomer extends Serializable {
    Iterator<Row> of(long index);
  }
}
