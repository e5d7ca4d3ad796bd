package io.gradus.cli;

import io.gradus.error.GradusException;
import io.gradus.job.BacktestJob;
import io.gradus.job.SparkRuntime;
import io.gradus.report.TextTable;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Models held against baselines on past cut-offs. */
@Command(
    name = "backtest",
    mixinStandardHelpOptions = true,
    description = {
      "Replays churn risk and expected spend at past cut-offs, beside the usual baselines.",
      "Adds the figures to ops.model_backtest of the lake; publications stay as they are."
    })
final class BacktestCommand implements Callable<Integer> {
  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(
      names = "--models",
      required = true,
      description = "Judges the models: rolling origins, everything learned before each cut-off.")
  private boolean models;

  @Option(
      names = "--horizons",
      split = ",",
      paramLabel = "DAYS",
      defaultValue = "30,90,180",
      description = "Days that are predicted (default: ${DEFAULT-VALUE}).")
  private List<Integer> horizons = List.of();

  @Mixin private FormatOption output = new FormatOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    for (int days : horizons) {
      if (days < 7 || days > 730) {
        throw GradusException.usage("--horizons: " + days + " is not 7 to 730 days");
      }
    }
    var settings = options.read();
    InstantSource clock = InstantSource.system();
    var progress =
        LogOptions.progress(spec.commandLine().getErr(), clock, LogOptions.LogFormat.TEXT);
    try (SparkSession spark = SparkRuntime.start("gradus backtest")) {
      var report = new BacktestJob(spark, clock, progress).run(settings, horizons);
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
