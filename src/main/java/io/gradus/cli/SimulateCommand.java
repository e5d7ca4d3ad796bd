package io.gradus.cli;

import io.gradus.job.SimulateJob;
import io.gradus.job.SparkRuntime;
import io.gradus.simulate.Company;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A company's ledger with known truth. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description =
        "Writes a simulated company: monthly landing files, the customer master and the truth.")
final class SimulateCommand implements Callable<Integer> {
  @Option(
      names = "--customers",
      defaultValue = "2000",
      description = "Number of customers (default: ${DEFAULT-VALUE}).")
  private long customers = 2000;

  @Option(
      names = "--from",
      defaultValue = "2024-01-01",
      description = "First day of business (default: ${DEFAULT-VALUE}).")
  private LocalDate from = LocalDate.EPOCH;

  @Option(
      names = "--to",
      defaultValue = "2025-12-31",
      description = "Last day delivered (default: ${DEFAULT-VALUE}).")
  private LocalDate to = LocalDate.EPOCH;

  @Option(
      names = "--seed",
      defaultValue = "7",
      description = "Seed of all random numbers (default: ${DEFAULT-VALUE}).")
  private long seed = 7;

  @Option(
      names = "--dirty-share",
      defaultValue = "0.03",
      description = "Faulty rows per clean row (default: ${DEFAULT-VALUE}).")
  private double dirtyShare;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder or URI to write; must not hold a simulation yet.")
  private String out = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    Company company = Company.of(customers, from, to, seed).withDirtyShare(dirtyShare);
    try (SparkSession spark = SparkRuntime.start("gradus simulate")) {
      long rows = new SimulateJob(spark).run(company, out);
      spec.commandLine().getOut().printf("%d order lines in %s/landing%n", rows, out);
      spec.commandLine().getOut().flush();
      return 0;
    }
  }
}
