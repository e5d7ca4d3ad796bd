package io.gradus.job;

import io.gradus.lake.ParquetFolder;
import io.gradus.simulate.Company;
import io.gradus.simulate.CompanySimulator;
import java.time.LocalDate;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Writes a simulated company as its sources would deliver it, and the truth beside it. */
public final class SimulateJob {
  private static final int LINES_PER_FILE = 2_000_000;
  private static final int LINES_PER_CUSTOMER = 20;

  private final SparkSession spark;

  public SimulateJob(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Writes {@code landing/}, {@code master/} and {@code truth/} below a folder.
   *
   * @return the order lines written
   */
  public long run(Company company, String folder) {
    CompanySimulator simulator = new CompanySimulator(company);
    long lines = deliver(company, folder, company.from(), company.to());
    write(folder + "/master", "master", simulator.customers(spark).coalesce(1));
    write(folder + "/truth", "customers", simulator.truth(spark).coalesce(1));
    write(folder + "/truth", "faults", simulator.faults(spark).coalesce(1));
    write(folder + "/truth", "segments", simulator.segments(spark).coalesce(1));
    write(folder + "/truth", "events", simulator.events(spark).coalesce(1));
    return lines;
  }

  /** Writes the lines that reach the feed from one day to another as one more landing file. */
  long deliver(Company company, String folder, LocalDate first, LocalDate last) {
    Dataset<Row> lines = new CompanySimulator(company).transactions(spark, first, last);
    long files = company.customers() * LINES_PER_CUSTOMER / LINES_PER_FILE + 1;
    return write(folder + "/landing", "until-" + last, lines.coalesce((int) files));
  }

  /** The customer master as known on the company's last day. */
  void master(Company company, String folder) {
    write(folder + "/master", "master", new CompanySimulator(company).customers(spark).coalesce(1));
  }

  private long write(String folder, String name, Dataset<Row> rows) {
    Configuration configuration = spark.sessionState().newHadoopConf();
    return new ParquetFolder(folder, configuration).write(name, rows);
  }
}
