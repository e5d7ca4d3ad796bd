package io.gradus.job;

import io.gradus.config.Settings;
import io.gradus.error.GradusException;
import io.gradus.ingest.Reconciliation;
import io.gradus.lake.Lake;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The purchase days of the configured source, for jobs that learn from history and publish nothing.
 * Published silver tables are used where they still hold; erased customers stay out.
 */
final class PurchaseHistory implements AutoCloseable {
  private final TransactionInput input;
  private final SilverStep silver;
  private final LocalDate lastDay;
  private final Dataset<Row> days;

  private PurchaseHistory(
      TransactionInput input, SilverStep silver, LocalDate lastDay, Dataset<Row> days) {
    this.input = input;
    this.silver = silver;
    this.lastDay = lastDay;
    this.days = days;
  }

  /**
   * Reads the source.
   *
   * @param today the day of the run in the business zone
   * @throws GradusException (input) for a source without accepted rows
   */
  static PurchaseHistory read(
      SparkSession spark, Settings settings, Lake lake, Stages stages, LocalDate today) {
    TransactionInput input = TransactionInput.into(lake, spark, settings, stages, today);
    SilverStep silver = new SilverStep(lake, input);
    try {
      Reconciliation counted =
          stages.time("reconcile", silver::reconcile, Reconciliation::totalRows);
      input.requireAccepted(counted);
      LocalDate lastDay = input.asOf(counted.firstDay(), counted.lastDay(), today);
      Dataset<Row> days = stages.time("purchase days", silver::history);
      return new PurchaseHistory(input, silver, lastDay, days);
    } catch (RuntimeException e) {
      silver.close();
      throw e;
    }
  }

  TransactionInput input() {
    return input;
  }

  /** The settings' as-of date, or the newest day of the data that is over. */
  LocalDate lastDay() {
    return lastDay;
  }

  /** Rows of {@code silver.purchase_day}, also of days after {@link #lastDay}. */
  Dataset<Row> days() {
    return days;
  }

  @Override
  public void close() {
    silver.close();
  }
}
