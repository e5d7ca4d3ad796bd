package io.gradus.notebook;

import io.gradus.error.GradusException;
import io.gradus.feature.CustomerFeatures;
import io.gradus.grade.Policy;
import io.gradus.job.Policies;
import io.gradus.job.PublishedTables;
import io.gradus.job.SparkRuntime;
import io.gradus.table.Columns;
import io.gradus.table.Gold;
import io.gradus.table.Silver;
import java.time.LocalDate;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A lake opened to look at: published tables by name, and customers as they were on any past day.
 *
 * <pre>{@code
 * var lake = Notebook.open();
 * Html.table(lake.sql("SELECT grade, count(*) AS customers FROM customer_360 GROUP BY grade"))
 * }</pre>
 */
public final class Notebook implements AutoCloseable {
  /** The variable that {@code notebooks/start} sets. */
  public static final String LAKE_VARIABLE = "GRADUS_LAKE";

  /** A Java kernel logs at FINE, which Spark's compiler of generated code does not survive. */
  private static final List<Logger> QUIET =
      Stream.of("org.codehaus", "org.codehaus.janino").map(Logger::getLogger).toList();

  private final SparkSession spark;
  private final PublishedTables tables;

  private Notebook(SparkSession spark, PublishedTables tables) {
    this.spark = spark;
    this.tables = tables;
  }

  /**
   * Opens the lake that {@code GRADUS_LAKE} names.
   *
   * @throws GradusException (usage) when the variable is not set or nothing is published there
   */
  public static Notebook open() {
    String lake = System.getenv(LAKE_VARIABLE);
    if (lake == null || lake.isBlank()) {
      throw GradusException.usage(
          LAKE_VARIABLE + " is not set; start Jupyter by notebooks/start LAKE, or name a lake");
    }
    return open(lake);
  }

  /**
   * Opens a lake.
   *
   * @throws GradusException (usage) when nothing is published there
   */
  public static Notebook open(String lake) {
    QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
    SparkSession spark = SparkRuntime.start("gradus notebook");
    return new Notebook(spark, PublishedTables.open(spark, lake));
  }

  /** The Spark session. */
  public SparkSession spark() {
    return spark;
  }

  /** The answer to a query over the published tables, all of the same publication. */
  public Dataset<Row> sql(String query) {
    return spark.sql(query);
  }

  /** A published table by its name, such as {@code customer_360}. */
  public Dataset<Row> table(String name) {
    return spark.table(name);
  }

  /** The day that {@code customer_360} is of. */
  public LocalDate asOf() {
    Row row = tables.table(Gold.CUSTOMER_360).select(Columns.SNAPSHOT_DATE).head();
    return row.getDate(0).toLocalDate();
  }

  /** One row per customer and day with a transaction. */
  public Dataset<Row> purchaseDays() {
    return tables.table(Silver.PURCHASE_DAY);
  }

  /** One row per customer, from the days up to a date only; kept in memory. */
  public Dataset<Row> featuresAt(LocalDate date) {
    return CustomerFeatures.at(purchaseDays(), date).cache();
  }

  /**
   * Customers as a night on the cut-off would have seen them, with what they did afterwards.
   *
   * @throws IllegalArgumentException when the horizon ends after the newest day
   */
  public Hindsight hindsight(LocalDate cutOff, int horizonDays) {
    LocalDate last = asOf();
    if (cutOff.plusDays(horizonDays).isAfter(last)) {
      throw new IllegalArgumentException(
          horizonDays + " days after " + cutOff + " are not over on " + last);
    }
    return Hindsight.of(purchaseDays(), cutOff, horizonDays);
  }

  /**
   * A grading policy.
   *
   * @param file its path, relative to the notebook
   * @throws GradusException (usage) when it cannot be read or is wrong
   */
  public static Policy policy(String file) {
    return Policies.load(file);
  }

  /** Ends the Spark session. */
  @Override
  public void close() {
    spark.stop();
  }
}
