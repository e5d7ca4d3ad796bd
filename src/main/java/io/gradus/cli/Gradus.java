package io.gradus.cli;

import io.gradus.cli.LogOptions.LogFormat;
import io.gradus.error.ExitCode;
import io.gradus.job.Build;
import io.gradus.job.Failures;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParseResult;

/** The command line: results on standard output, progress and errors on standard error. */
@Command(
    name = "gradus",
    description = "Grades every customer every night, with reasons.",
    mixinStandardHelpOptions = true,
    versionProvider = Gradus.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, or already published",
      "1:internal failure",
      "2:usage or configuration",
      "3:a source breaks its contract",
      "4:a quality gate is closed",
      "5:another run holds the lake",
      "6:storage",
      "75:fenced by a later run"
    },
    subcommands = {
      DemoCommand.class,
      NightlyCommand.class,
      BackfillCommand.class,
      CheckCommand.class,
      TrainCommand.class,
      BacktestCommand.class,
      SqlCommand.class,
      ExplainCommand.class,
      ReportCommand.class,
      StatusCommand.class,
      ExportCommand.class,
      RollbackCommand.class,
      EraseCommand.class,
      OptimizeCommand.class,
      AlertCommand.class,
      SimulateCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Gradus implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Gradus.class);

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  Gradus() {
    spec = CommandLine.Model.CommandSpec.create();
  }

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(execute(args));
  }

  /** Runs one command; never throws. */
  static int execute(String... args) {
    Locale.setDefault(Locale.ROOT);
    CommandLine commands = new CommandLine(new Gradus());
    commands.setExecutionExceptionHandler(Gradus::report);
    commands.setCaseInsensitiveEnumValuesAllowed(true);
    commands.setUsageHelpLongOptionsMaxWidth(28);
    return commands.execute(args);
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getErr());
    throw new CommandLine.ParameterException(spec.commandLine(), "name a command");
  }

  private static int report(Exception failure, CommandLine commands, ParseResult parsed) {
    PrintWriter err = commands.getErr();
    Exception known = Failures.translate("The command", failure);
    ExitCode code = Failures.exitCode(known);
    ParseResult command = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    LogFormat format = command.matchedOptionValue(LogOptions.LOG_FORMAT, LogFormat.TEXT);
    if (format == LogFormat.JSON) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("event", "failed");
      fields.put("exit_code", code.code());
      fields.put("message", Failures.line(known));
      err.println(LogLine.of(format, Instant.now(), "ERROR", fields));
    } else {
      err.println("gradus: " + Failures.line(known));
    }
    if (code == ExitCode.INTERNAL) {
      LOG.error("internal failure", failure);
    } else {
      LOG.debug("failed", known);
    }
    return code.code();
  }

  /** The version of the build that runs. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"gradus " + Build.current().version()};
    }
  }
}
