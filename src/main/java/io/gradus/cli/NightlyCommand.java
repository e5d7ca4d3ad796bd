package io.gradus.cli;

import io.gradus.job.NightlyJob;
import io.gradus.job.Progress;
import io.gradus.job.SparkRuntime;
import io.gradus.report.RunFacts;
import io.gradus.report.RunSummary;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The main job. */
@Command(
    name = "nightly",
    mixinStandardHelpOptions = true,
    description = {
      "Loads the transactions, grades every customer and publishes the tables.",
      "Safe to repeat: the same input, date, settings, policy and code publish once."
    })
final class NightlyCommand implements Callable<Integer> {
  @Mixin private ConfigOptions options = new ConfigOptions();

  @Mixin private LogOptions log = new LogOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    RunFacts facts = log.observe(spec, this::night);
    spec.commandLine().getOut().print(RunSummary.of(facts));
    spec.commandLine().getOut().flush();
    return 0;
  }

  private RunFacts night(Progress progress) throws Exception {
    var settings = options.read();
    try (SparkSession spark = SparkRuntime.start("gradus nightly")) {
      return new NightlyJob(spark, InstantSource.system(), progress).run(settings);
    }
  }
}
