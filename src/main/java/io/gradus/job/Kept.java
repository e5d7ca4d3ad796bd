package io.gradus.job;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.storage.StorageLevel;

/**
 * Rows that are computed once and read several times.
 *
 * <p>What is built on {@link #rows()} is planned from the kept rows on. Built on the persisted
 * dataset itself, each later query would have its whole history analysed again, which for a small
 * input costs more than the rows do.
 */
final class Kept implements AutoCloseable {
  private final Dataset<Row> source;
  private final Dataset<Row> rows;
  private final long count;

  private Kept(Dataset<Row> source, Dataset<Row> rows, long count) {
    this.source = source;
    this.rows = rows;
    this.count = count;
  }

  /** Computes and keeps the rows. */
  static Kept of(Dataset<Row> source) {
    source.persist(StorageLevel.MEMORY_AND_DISK());
    long count = source.count();
    LogicalPlan cached = source.queryExecution().withCachedData();
    return new Kept(source, Plans.rows(source.sparkSession(), cached), count);
  }

  Dataset<Row> rows() {
    return rows;
  }

  /**
   * The rows without the plan that made them, for few and narrow ones that a plan names more than
   * once: a plan holds and prints the plan of kept rows each time, and so do those built on it.
   * Every column is read.
   */
  Dataset<Row> leaf() {
    return Plans.leaf(rows);
  }

  long count() {
    return count;
  }

  /** Frees the memory; the rows can still be read, but are computed again. */
  @Override
  public void close() {
    source.unpersist();
  }
}
