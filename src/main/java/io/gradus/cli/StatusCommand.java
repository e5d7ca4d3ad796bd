package io.gradus.cli;

import io.gradus.job.PublishedTables;
import io.gradus.job.SparkRuntime;
import io.gradus.report.TextTable;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The run history. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Lists the published runs, newest first.")
final class StatusCommand implements Callable<Integer> {
  private static final String QUERY =
      "SELECT snapshot_date, run_id, customers, input_files, input_rows, seconds, started_at,"
          + " code_version FROM run ORDER BY snapshot_date DESC, started_at DESC";

  @Mixin private LakeOption lake = new LakeOption();

  @Option(
      names = "--format",
      defaultValue = "table",
      description = "table, csv or json (default: ${DEFAULT-VALUE}).")
  private TextTable.Format format = TextTable.Format.TABLE;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    try (SparkSession spark = SparkRuntime.start("gradus status")) {
      var rows = PublishedTables.open(spark, lake.path()).query(QUERY, 100);
      spec.commandLine().getOut().print(TextTable.of(rows, format));
      spec.commandLine().getOut().flush();
      return 0;
    }
  }
}
