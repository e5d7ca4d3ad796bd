package io.gradus.cli;

import io.gradus.job.ReportJob;
import io.gradus.job.SparkRuntime;
import io.gradus.report.ReportPage.Language;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The report of a night. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description =
        "Writes the report of a published run: one HTML file that needs no network, in English and"
            + " Chinese.")
final class ReportCommand implements Callable<Integer> {
  @Mixin private LakeOption lake = new LakeOption();

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description = "The run to report, as status lists them (default: the newest date's).")
  private @Nullable String run;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "report.html",
      description = "File to write (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("report.html");

  @Option(
      names = "--lang",
      defaultValue = "en",
      description = "Language it opens in, en or zh; readers can switch (default: en).")
  private Language language = Language.EN;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    try (SparkSession spark = SparkRuntime.start("gradus report")) {
      new ReportJob(spark).run(lake.path(), run, language, out);
      spec.commandLine().getOut().println(out);
      spec.commandLine().getOut().flush();
      return 0;
    }
  }
}
