package io.gradus.job;

import io.gradus.ingest.Reconciliation;
import io.gradus.lake.RunRef;
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

  /** The purchase days of the whole input, without writing anything. */
  Dataset<Row> history();

  /**
   * The ids of the customers with a purchase day that differs from the published ones, each at
   * least once; nothing when that may be anybody.
   */
  Optional<Dataset<Row>> changedCustomers();

  /** Frees what was kept in memory. */
  @Override
  void close();
}
