package io.gradus.cli;

import io.gradus.error.GradusException;
import io.gradus.job.AlertJob;
import io.gradus.job.PublishedTables;
import io.gradus.job.SparkRuntime;
import io.gradus.report.TextTable;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Alerts and their state. */
@Command(
    name = "alert",
    mixinStandardHelpOptions = true,
    description = "Lists the alerts that wait for somebody; acknowledges or closes one.",
    subcommands = {AlertCommand.ListAll.class, AlertCommand.Ack.class, AlertCommand.Close.class})
final class AlertCommand implements Callable<Integer> {
  private static final String COLUMNS =
      "SELECT alert_id, severity, state, opened_on, last_seen_on, subject, owner,"
          + " COALESCE(closed_by, acknowledged_by) AS by, message_en, message_zh FROM alert ";
  private static final String ORDER =
      " ORDER BY CASE severity WHEN 'critical' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END,"
          + " opened_on DESC, alert_id";
  private static final int MOST = 1000;

  @Mixin private LakeOption lake = new LakeOption();

  @Mixin private FormatOption output = new FormatOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    return list("WHERE state IN ('open', 'acknowledged')");
  }

  private int list(String where) throws Exception {
    try (SparkSession spark = SparkRuntime.start("gradus alert")) {
      var rows = PublishedTables.open(spark, lake.path()).query(COLUMNS + where + ORDER, MOST);
      spec.commandLine().getOut().print(TextTable.of(rows, output.format));
      spec.commandLine().getOut().flush();
      return 0;
    }
  }

  /** Which alert somebody changes. */
  private static final class Change {
    @Parameters(paramLabel = "ID", description = "The alert's short name.")
    private String id = "";

    @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who.")
    private String by = "";

    @Option(names = "--note", paramLabel = "TEXT", description = "What others should know.")
    private @Nullable String note;

    private String operator() {
      if (by.isBlank()) {
        throw GradusException.usage("--by: say who; a blank name is nobody.");
      }
      return by.strip();
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the alerts that wait; --all also those that have ended.")
  static final class ListAll implements Callable<Integer> {
    @ParentCommand private AlertCommand parent = new AlertCommand();

    @Option(names = "--all", description = "Closed and expired alerts too.")
    private boolean all;

    @Override
    public Integer call() throws Exception {
      return all ? parent.list("") : parent.call();
    }
  }

  @Command(name = "ack", mixinStandardHelpOptions = true, description = "Takes an alert up.")
  static final class Ack implements Callable<Integer> {
    @ParentCommand private AlertCommand parent = new AlertCommand();

    @Mixin private Change change = new Change();

    @Override
    public Integer call() throws Exception {
      String who = change.operator();
      try (SparkSession spark = SparkRuntime.start("gradus alert ack")) {
        new AlertJob(spark, InstantSource.system())
            .acknowledge(parent.lake.path(), change.id, who, change.note);
        return 0;
      }
    }
  }

  @Command(
      name = "close",
      mixinStandardHelpOptions = true,
      description = "Closes an alert; its cause stays quiet as long as it goes on.")
  static final class Close implements Callable<Integer> {
    @ParentCommand private AlertCommand parent = new AlertCommand();

    @Mixin private Change change = new Change();

    @Override
    public Integer call() throws Exception {
      String who = change.operator();
      try (SparkSession spark = SparkRuntime.start("gradus alert close")) {
        new AlertJob(spark, InstantSource.system())
            .close(parent.lake.path(), change.id, who, change.note);
        return 0;
      }
    }
  }
}
