package io.gradus.cli;

import io.gradus.job.OptimizeJob;
import io.gradus.job.SparkRuntime;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Fewer and larger files. */
@Command(
    name = "optimize",
    mixinStandardHelpOptions = true,
    description = {
      "Joins the small files of every table and deletes files that nothing of the last seven",
      "days needs. Readers see the same rows; earlier runs stay within reach for seven days."
    })
final class OptimizeCommand implements Callable<Integer> {
  @Mixin private LakeOption lake = new LakeOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    try (SparkSession spark = SparkRuntime.start("gradus optimize")) {
      new OptimizeJob(spark, InstantSource.system())
          .run(lake.path())
          .forEach(spec.commandLine().getOut()::println);
      spec.commandLine().getOut().flush();
      return 0;
    }
  }
}
