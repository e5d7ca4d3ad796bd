package io.gradus.cli;

import io.gradus.error.GradusException;
import io.gradus.job.DemoJob;
import io.gradus.job.Progress;
import io.gradus.job.ReportJob;
import io.gradus.job.SparkRuntime;
import io.gradus.report.ReportPage.Language;
import io.gradus.report.RunFacts;
import io.gradus.report.RunSummary;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Everything once, on a simulated company. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Simulates a company's two years of transactions, runs several nights, prints the last one"
            + " and writes its report.")
final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--customers",
      defaultValue = "2000",
      description = "Number of customers (default: ${DEFAULT-VALUE}).")
  private long customers = 2000;

  @Option(
      names = "--nights",
      defaultValue = "3",
      description = "Month ends to grade, 1 to 12 (default: ${DEFAULT-VALUE}).")
  private int nights = 3;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = "demo-lake",
      description = "Folder of the landing files and the lake (default: ${DEFAULT-VALUE}).")
  private Path dir = Path.of("demo-lake");

  @Mixin private LogOptions log = new LogOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    if (customers < 100 || nights < 1 || nights > 12) {
      throw GradusException.usage(
          "demo needs --customers of at least 100 and --nights from 1 to 12");
    }
    RunFacts facts = log.observe(spec, this::nights);
    spec.commandLine().getOut().print(RunSummary.of(facts));
    spec.commandLine().getOut().println("Open " + report() + " in a browser to read it.");
    spec.commandLine().getOut().flush();
    return 0;
  }

  private RunFacts nights(Progress progress) throws Exception {
    try (SparkSession spark = SparkRuntime.start("gradus demo")) {
      RunFacts facts =
          new DemoJob(spark, InstantSource.system(), progress)
              .run(dir.toString(), customers, nights);
      new ReportJob(spark).run(facts.lake(), facts.runId(), Language.EN, report());
      return facts;
    }
  }

  private Path report() {
    return dir.resolve("report.html");
  }
}
