package io.gradus.lake;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.gradus.error.GradusException;
import io.gradus.lake.DeltaAppend.Fence;
import io.gradus.table.TableSpec;
import io.gradus.table.TableSpec.ColumnSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Ascending$;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.InterpretedOrdering;
import org.apache.spark.sql.catalyst.expressions.NullsFirst$;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.execution.datasources.OutputWriter;
import org.apache.spark.sql.execution.datasources.OutputWriterFactory;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.Function1;
import scala.Option;
import scala.collection.immutable.Map$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Adds a few rows that are at hand to a table, without a Spark job: one Parquet file by Spark's own
 * writer and one commit by Delta's own transaction. To plan, compile and run a job for a handful of
 * rows costs a hundred times what the rows do, and a night writes some twenty such tables.
 */
final class SmallAppend {
  private final SparkSession spark;
  private final LakeFolders folders;
  private final DeltaAppend log;

  SmallAppend(SparkSession spark, LakeFolders folders) {
    this.spark = spark;
    this.folders = folders;
    this.log = new DeltaAppend(spark, folders);
  }

  /**
   * Appends the rows in one commit.
   *
   * @param rows values in the order of the table's columns
   * @param fence the transaction version of the commit, which writes nothing when the table has a
   *     later one
   * @return the hash of the rows
   * @throws GradusException gate closed when a value is missing where the contract asks for one or
   *     a check of the contract does not hold; storage failure
   */
  String append(TableSpec spec, List<Row> rows, RunRef run, String marker, @Nullable Fence fence) {
    requireValid(spec, rows);
    List<InternalRow> values = sorted(spec, rows);
    try {
      List<AddFile> files = values.isEmpty() ? List.of() : List.of(write(spec, values, run));
      log.commit(spec, files, values.size(), marker, fence);
    } catch (Exception e) {
      // Scala code throws checked exceptions undeclared.
      throw StorageFailures.translate("Writing table " + spec.path(), e);
    }
    return RowHash.of(spec, values);
  }

  private void requireValid(TableSpec spec, List<Row> rows) {
    for (int i = 0; i < spec.columns().size(); i++) {
      ColumnSpec column = spec.columns().get(i);
      for (Row row : rows) {
        if (!column.nullable() && row.isNullAt(i)) {
          throw broken(spec, column.name() + " is missing in " + row);
        }
      }
    }
    spec.checks().forEach((name, rule) -> requireRule(spec, rows, name, rule));
  }

  private void requireRule(TableSpec spec, List<Row> rows, String name, String rule) {
    // Delta takes a rule that comes out as NULL for broken.
    Column against = not(coalesce(expr(rule), lit(false)));
    List<Row> broken = spark.createDataFrame(rows, spec.schema()).where(against).takeAsList(1);
    if (!broken.isEmpty()) {
      throw broken(spec, name + " (" + rule + ") does not hold for " + broken.get(0));
    }
  }

  private static GradusException broken(TableSpec spec, String what) {
    return GradusException.gate(
        "Writing table " + spec.path() + " was stopped by a rule of the table: " + what + ".");
  }

  private static List<InternalRow> sorted(TableSpec spec, List<Row> rows) {
    Function1<Object, Object> converter =
        CatalystTypeConverters.createToCatalystConverter(spec.schema());
    List<InternalRow> values = new ArrayList<>();
    rows.forEach(row -> values.add((InternalRow) converter.apply(row)));
    List<SortOrder> order = new ArrayList<>();
    for (int i = 0; i < spec.columns().size(); i++) {
      ColumnSpec column = spec.columns().get(i);
      if (spec.keys().contains(column.name())) {
        order.add(
            new SortOrder(
                new BoundReference(i, column.type(), column.nullable()),
                Ascending$.MODULE$,
                NullsFirst$.MODULE$,
                seq(List.of())));
      }
    }
    values.sort(new InterpretedOrdering(seq(order)));
    return values;
  }

  private AddFile write(TableSpec spec, List<InternalRow> rows, RunRef run) throws IOException {
    Job job = Job.getInstance(spark.sessionState().newHadoopConf());
    StructType schema = inFile(spec);
    OutputWriterFactory factory =
        new ParquetFileFormat().prepareWrite(spark, job, Map$.MODULE$.empty(), schema);
    var context = new TaskAttemptContextImpl(job.getConfiguration(), new TaskAttemptID());
    Map<String, String> partition = Partition.of(spec, run);
    String name =
        Partition.folder(partition)
            + "part-00000-"
            + UUID.randomUUID()
            + factory.getFileExtension(context);
    Path file = new Path(folders.table(spec), name);
    OutputWriter writer = factory.newInstance(file.toString(), schema, context);
    try {
      rows.forEach(row -> writer.write(inFile(spec, row)));
    } finally {
      writer.close();
    }
    FileStatus status = file.getFileSystem(job.getConfiguration()).getFileStatus(file);
    return new AddFile(
        name,
        scala.collection.immutable.Map.from(CollectionConverters.asScala(partition)),
        status.getLen(),
        status.getModificationTime(),
        true,
        Json.write(Map.of("numRecords", rows.size())),
        null,
        null,
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty(),
        Option.empty());
  }

  /** The partition's columns stand in the folder's name only. */
  private static StructType inFile(TableSpec spec) {
    return new StructType(
        Arrays.stream(spec.schema().fields())
            .filter(field -> !spec.partitionBy().contains(field.name()))
            .toArray(StructField[]::new));
  }

  private static InternalRow inFile(TableSpec spec, InternalRow row) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < spec.columns().size(); i++) {
      ColumnSpec column = spec.columns().get(i);
      if (!spec.partitionBy().contains(column.name())) {
        values.add(row.get(i, column.type()));
      }
    }
    return InternalRow.fromSeq(seq(values));
  }

  @SuppressWarnings("unchecked") // a Scala Seq is covariant
  private static <T> Seq<T> seq(List<? extends T> values) {
    return (Seq<T>) CollectionConverters.asScala(values).toSeq();
  }
}
