package io.gradus.cli;

import io.gradus.job.RollbackJob;
import io.gradus.job.SparkRuntime;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Back to an earlier run. */
@Command(
    name = "rollback",
    mixinStandardHelpOptions = true,
    description = {
      "Takes the newest publication back: readers see the one before it in every table.",
      "Possible while the earlier run's files are kept, seven days and until an erasure."
    })
final class RollbackCommand implements Callable<Integer> {
  @Mixin private LakeOption lake = new LakeOption();

  @Option(
      names = "--to",
      paramLabel = "RUN",
      description = "Goes back to this run instead; status lists the runs.")
  private @Nullable String to;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    try (SparkSession spark = SparkRuntime.start("gradus rollback")) {
      new RollbackJob(spark, InstantSource.system())
          .run(lake.path(), to)
          .forEach(spec.commandLine().getOut()::println);
      spec.commandLine().getOut().flush();
      return 0;
    }
  }
}
