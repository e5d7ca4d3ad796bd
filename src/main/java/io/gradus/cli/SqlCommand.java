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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Questions to the published tables. */
@Command(
    name = "sql",
    mixinStandardHelpOptions = true,
    description = {
      "Queries the published tables by name; every table shows published runs only.",
      "Example: jobs/gradus sql \"SELECT grade, count(*) FROM customer_360 GROUP BY grade\""
    })
final class SqlCommand implements Callable<Integer> {
  @Mixin private LakeOption lake = new LakeOption();

  @Parameters(index = "0", paramLabel = "QUERY", description = "One SELECT statement.")
  private String query = "";

  @Option(
      names = "--format",
      defaultValue = "table",
      description = "table, csv or json (default: ${DEFAULT-VALUE}).")
  private TextTable.Format format = TextTable.Format.TABLE;

  @Option(
      names = "--limit",
      defaultValue = "1000",
      description = "Most rows that are shown (default: ${DEFAULT-VALUE}).")
  private int limit = 1000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    try (SparkSession spark = SparkRuntime.start("gradus sql")) {
      var rows = PublishedTables.open(spark, lake.path()).query(query, limit + 1);
      spec.commandLine().getOut().print(TextTable.of(rows.limited(limit), format));
      spec.commandLine().getOut().flush();
      if (rows.size() > limit) {
        spec.commandLine().getErr().println("gradus: more than " + limit + " rows; raise --limit");
      }
      return 0;
    }
  }
}
