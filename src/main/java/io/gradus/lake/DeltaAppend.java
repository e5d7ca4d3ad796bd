package io.gradus.lake;

import io.gradus.table.TableSpec;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.SetTransaction;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.execution.metric.SQLMetrics;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.Some;
import scala.collection.immutable.Map;
import scala.jdk.javaapi.CollectionConverters;

/** Adds files that stand in a table's folder to the table, in one commit of Delta's own kind. */
final class DeltaAppend {
  private final SparkSession spark;
  private final LakeFolders folders;

  DeltaAppend(SparkSession spark, LakeFolders folders) {
    this.spark = spark;
    this.folders = folders;
  }

  /**
   * A transaction version of a table, which only rises.
   *
   * @param application under which name the table keeps it
   */
  record Fence(String application, long version) {}

  /**
   * Commits the files; nothing when the table has the fence's version or a later one already.
   *
   * @param rows how many rows the files hold
   */
  void commit(
      TableSpec spec, List<AddFile> files, long rows, String marker, @Nullable Fence fence) {
    OptimisticTransaction transaction =
        DeltaLog.forTable(spark, folders.table(spec).toString()).startTransaction();
    List<Action> actions = new ArrayList<>(files);
    if (fence != null) {
      if (newest(transaction, fence.application()) >= fence.version()) {
        return;
      }
      // A commit of the same application that lands in between is a conflict.
      transaction.readTxn().addOne(fence.application());
      actions.add(new SetTransaction(fence.application(), fence.version(), Option.empty()));
    }
    long bytes = files.stream().mapToLong(AddFile::size).sum();
    transaction.registerSQLMetrics(spark, metrics(files.size(), rows, bytes));
    transaction.commit(CollectionConverters.asScala(actions).toSeq(), operation(spec, marker));
  }

  /** From the table's checksum file where it has one: else Delta replays the log by a query. */
  private static long newest(OptimisticTransaction transaction, String application) {
    var checksum = transaction.snapshot().checksumOpt();
    if (checksum.isEmpty() || checksum.get().setTransactions().isEmpty()) {
      return transaction.txnVersion(application);
    }
    return CollectionConverters.asJava(checksum.get().setTransactions().get()).stream()
        .filter(each -> each.appId().equals(application))
        .mapToLong(SetTransaction::version)
        .max()
        .orElse(-1);
  }

  private Map<String, SQLMetric> metrics(long files, long rows, long bytes) {
    return Map.from(
        CollectionConverters.asScala(
            java.util.Map.of(
                "numFiles", metric(files),
                "numOutputRows", metric(rows),
                "numOutputBytes", metric(bytes))));
  }

  private SQLMetric metric(long value) {
    SQLMetric metric = SQLMetrics.createMetric(spark.sparkContext(), "written");
    metric.set(value);
    return metric;
  }

  private static DeltaOperations.Operation operation(TableSpec spec, String marker) {
    return new DeltaOperations.Write(
        SaveMode.Append,
        new Some<>(CollectionConverters.asScala(spec.partitionBy()).toSeq()),
        Option.empty(),
        new Some<>(marker),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty());
  }
}
