package io.gradus.job;

import io.gradus.ingest.Reconciliation;
import io.gradus.lake.RunRef;
import java.math.BigDecimal;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A way to the silver tables of a run. {@link #reconcile} comes first. */
interface SilverBuild extends AutoCloseable {
  /** What became of every source row of the whole input. */
  Reconciliation reconcile();

  /**
   * Whether a published row would lose its line to another content, by which the reasons of rows in
   * quarantine change as well: a rebuild has to decide.
   */
  default boolean overturns() {
    return false;
  }

  /** Writes the tables and gives the purchase days of the whole input. */
  Dataset<Row> write(RunRef run);

  /**
   * What {@link #write} has put into {@code silver.purchase_day}, to be counted again.
   *
   * @param added rows of the files that came
   * @param removed rows of the files that went
   * @param lines by how much the order lines of the table have to rise
   * @param amount by how much its net amount has to rise
   */
  record Written(Dataset<Row> added, Dataset<Row> removed, long lines, BigDecimal amount) {}

  /** See {@link Written}; nothing when the run has written nothing. */
  Optional<Written> written(RunRef run);

  /** The purchase days of the whole input, without writing anything. */
  Dataset<Row> history();

  /**
   * How the purchase days differ from the published ones, as rows of {@code
   * silver.customer_change}; nothing when that is not known.
   */
  Optional<Dataset<Row>> changedDays();

  /** Frees what was kept in memory. */
  @Override
  void close();
}
