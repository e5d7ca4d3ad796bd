package io.gradus.cli;

import io.gradus.job.SparkRuntime;
import io.gradus.job.TrainJob;
import io.gradus.report.TextTable;
import io.gradus.report.TrainingReport;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Models learned anew between the nights that would. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = {
      "Learns the models anew, now, instead of on the first night of the month.",
      "Clusters and the churn model are kept for the nights from the as-of date to the end of its",
      "month; clusters that still exist keep their keys. The lifetime value model is fitted to show",
      "what a night would choose. Publications stay as they are."
    })
final class TrainCommand implements Callable<Integer> {
  @Mixin private ConfigOptions options = new ConfigOptions();

  @Mixin private FormatOption output = new FormatOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    var settings = options.read();
    InstantSource clock = InstantSource.system();
    var progress =
        LogOptions.progress(spec.commandLine().getErr(), clock, LogOptions.LogFormat.TEXT);
    try (SparkSession spark = SparkRuntime.start("gradus train")) {
      TrainingReport report = new TrainJob(spark, clock, progress).run(settings);
      spec.commandLine()
          .getOut()
          .print(
              output.format == TextTable.Format.TABLE
                  ? report.text()
                  : TextTable.of(report.rows(), output.format));
      spec.commandLine().getOut().flush();
      return 0;
    }
  }
}
