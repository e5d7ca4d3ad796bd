package io.gradus.cli;

import io.gradus.job.BackfillJob;
import io.gradus.job.SparkRuntime;
import io.gradus.report.RunFacts;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Nights of the past. */
@Command(
    name = "backfill",
    mixinStandardHelpOptions = true,
    description = {
      "Replays as-of dates in order, each as one night; skips those that are published.",
      "Stops at the first night that fails, with its exit code; run again to go on."
    })
final class BackfillCommand implements Callable<Integer> {
  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(names = "--from", required = true, paramLabel = "DATE", description = "First date.")
  private LocalDate from = LocalDate.EPOCH;

  @Option(names = "--to", required = true, paramLabel = "DATE", description = "Last date.")
  private LocalDate to = LocalDate.EPOCH;

  @Option(
      names = "--every",
      defaultValue = "day",
      paramLabel = "STEP",
      description =
          "day, week or month (default: ${DEFAULT-VALUE}); months from a last day take last days.")
  private BackfillJob.Step step = BackfillJob.Step.DAY;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    var settings = options.readWithoutDate("backfill takes its dates from --from and --to");
    InstantSource clock = InstantSource.system();
    var progress =
        LogOptions.progress(spec.commandLine().getErr(), clock, LogOptions.LogFormat.TEXT);
    try (SparkSession spark = SparkRuntime.start("gradus backfill")) {
      new BackfillJob(spark, clock, progress).run(settings, from, to, step, this::tell);
      return 0;
    }
  }

  private void tell(RunFacts facts) {
    String done =
        facts.published()
            ? String.format(Locale.ROOT, "published, %,d customers", facts.customers())
            : "published before";
    spec.commandLine().getOut().printf("%s  %s  %s%n", facts.asOf(), facts.runId(), done);
    spec.commandLine().getOut().flush();
  }
}
