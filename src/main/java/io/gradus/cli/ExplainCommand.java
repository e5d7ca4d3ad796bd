package io.gradus.cli;

import io.gradus.job.ExplainJob;
import io.gradus.job.SparkRuntime;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One customer on one page. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = "One customer's grade, reasons, history and next step, in English and Chinese.")
final class ExplainCommand implements Callable<Integer> {
  @Mixin private LakeOption lake = new LakeOption();

  @Parameters(index = "0", paramLabel = "CUSTOMER", description = "The customer id.")
  private String customer = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    try (SparkSession spark = SparkRuntime.start("gradus explain")) {
      spec.commandLine().getOut().print(new ExplainJob(spark).run(lake.path(), customer));
      spec.commandLine().getOut().flush();
      return 0;
    }
  }
}
