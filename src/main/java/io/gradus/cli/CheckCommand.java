package io.gradus.cli;

import io.gradus.job.CheckJob;
import io.gradus.job.SparkRuntime;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Everything that can be known to be wrong before a run. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description =
        "Validates settings, policy and inputs, and says what a run would do. Writes nothing.")
final class CheckCommand implements Callable<Integer> {
  @Mixin private ConfigOptions options = new ConfigOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    var settings = options.read();
    try (SparkSession spark = SparkRuntime.start("gradus check")) {
      new CheckJob(spark).run(settings).forEach(spec.commandLine().getOut()::println);
      spec.commandLine().getOut().flush();
      return 0;
    }
  }
}
