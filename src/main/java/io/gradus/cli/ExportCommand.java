package io.gradus.cli;

import io.gradus.error.GradusException;
import io.gradus.export.Destination;
import io.gradus.export.Transfer;
import io.gradus.export.Transfers;
import io.gradus.job.ExportJob;
import io.gradus.job.SparkRuntime;
import io.gradus.report.TextTable;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The published tables in another database or as files. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Hands the published gold and ops tables to a database or to files.",
      "Readers of the target see one run: the one before until the end, the new one from then on.",
      "Example: jobs/gradus export --lake lake --to jdbc:duckdb:gradus.duckdb"
    })
final class ExportCommand implements Callable<Integer> {
  @Mixin private LakeOption lake = new LakeOption();

  @ArgGroup(multiplicity = "1")
  private Target target = new Target();

  @Option(names = "--user", paramLabel = "NAME", description = "Account of the database.")
  private @Nullable String user;

  @ArgGroup private PasswordOption password = new PasswordOption();

  @Option(
      names = "--tables",
      split = ",",
      paramLabel = "NAME",
      description = "Only these tables and those of earlier exports (default: all).")
  private List<String> tables = new ArrayList<>();

  @Option(
      names = "--staging",
      paramLabel = "DIR",
      defaultValue = "${sys:java.io.tmpdir}",
      description = {
        "Folder for the files that PostgreSQL loads, shared by this machine and Spark's executors",
        "(default: the system's temporary folder)."
      })
  private Path staging = Path.of("");

  @Mixin private FormatOption output = new FormatOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Where to: one of three. */
  static final class Target {
    @Option(
        names = "--to",
        paramLabel = "URL",
        description = "jdbc:duckdb:FILE or jdbc:postgresql://HOST/DATABASE?currentSchema=SCHEMA.")
    private @Nullable String url;

    @Option(
        names = "--csv",
        paramLabel = "DIR",
        description = "One CSV file per table; the folder is replaced.")
    private @Nullable Path csv;

    @Option(
        names = "--parquet",
        paramLabel = "DIR",
        description = "One folder of Parquet files per table; the folder is replaced.")
    private @Nullable Path parquet;
  }

  @Override
  public Integer call() throws Exception {
    try (Transfer transfer = open();
        SparkSession spark = SparkRuntime.start("gradus export")) {
      var report = new ExportJob(spark, InstantSource.system()).run(lake.path(), transfer, tables);
      spec.commandLine().getOut().print(TextTable.of(report.tables(), output.format));
      spec.commandLine().getOut().flush();
      spec.commandLine()
          .getErr()
          .println("Run " + report.runId() + " is now at " + report.target() + ".");
      return 0;
    }
  }

  /** Before Spark starts: a wrong password is told at once. */
  private Transfer open() {
    if (target.url != null) {
      return Transfers.database(new Destination(target.url, user, password.read()), staging);
    }
    if (target.csv != null) {
      return Transfers.csv(target.csv);
    }
    if (target.parquet != null) {
      return Transfers.parquet(target.parquet);
    }
    throw GradusException.usage("name a target: --to, --csv or --parquet");
  }
}
