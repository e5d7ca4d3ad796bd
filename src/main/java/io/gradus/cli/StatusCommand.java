package io.gradus.cli;

import io.gradus.error.GradusException;
import io.gradus.job.SparkRuntime;
import io.gradus.job.StatusJob;
import io.gradus.report.LakeStatus;
import io.gradus.report.StatusPage;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The run history. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Shows how fresh the published grades are, the published runs with their usual duration,",
      "and the runs that failed. As json it is one object; as csv the runs alone."
    })
final class StatusCommand implements Callable<Integer> {
  @Mixin private LakeOption lake = new LakeOption();

  @Mixin private FormatOption output = new FormatOption();

  @Option(
      names = "--limit",
      defaultValue = "30",
      description = "Most published runs that are listed (default: ${DEFAULT-VALUE}).")
  private int limit = 30;

  @Option(
      names = "--max-age-days",
      paramLabel = "DAYS",
      description = "Ends with exit code 4 when the newest graded day is older, or there is none.")
  private @Nullable Integer maxAgeDays;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    try (SparkSession spark = SparkRuntime.start("gradus status")) {
      LakeStatus status = new StatusJob(spark, InstantSource.system()).run(lake.path(), limit);
      spec.commandLine().getOut().print(StatusPage.of(status, output.format));
      spec.commandLine().getOut().flush();
      requireFresh(status);
      return 0;
    }
  }

  private void requireFresh(LakeStatus status) {
    if (maxAgeDays != null && status.ageDays().orElse(Long.MAX_VALUE) > maxAgeDays) {
      throw GradusException.gate(
          status
              .asOf()
              .map(day -> "the newest graded day is " + day + ", ")
              .orElse("nothing is published, ")
              .concat("more than " + maxAgeDays + " days ago; see Last failures, run the night"));
    }
  }
}
