package io.gradus.cli;

import io.gradus.job.Failures;
import io.gradus.job.Progress;
import io.gradus.job.Seconds;
import io.gradus.report.Metrics;
import io.gradus.report.RunFacts;
import io.gradus.report.StageTime;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.logging.log4j.core.config.Configurator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How a long command tells schedulers and people what it does. */
final class LogOptions {
  static final String LOG_FORMAT = "--log-format";
  private static final String JSON_LAYOUT = "gradus-log4j2-json.xml";

  @Option(
      names = LOG_FORMAT,
      paramLabel = "text|json",
      defaultValue = "text",
      description = "Lines on standard error: text, or one JSON object each.")
  private LogFormat format = LogFormat.TEXT;

  @Option(
      names = "--metrics-file",
      paramLabel = "FILE",
      defaultValue = "${env:GRADUS_METRICS_FILE}",
      description = {
        "Writes the run's metrics for Prometheus, also after a failure;",
        "a .prom file in the folder of node_exporter's textfile collector.",
        "Default: the environment variable GRADUS_METRICS_FILE."
      })
  private @Nullable Path metricsFile;

  /** How lines on standard error are written. */
  enum LogFormat {
    TEXT,
    JSON
  }

  /** What the command does, told of its progress. */
  interface Work {
    RunFacts run(Progress progress) throws Exception;
  }

  /** Runs the work; its stages become lines, its end becomes metrics. */
  RunFacts observe(CommandSpec command, Work work) throws Exception {
    InstantSource clock = InstantSource.system();
    Instant start = clock.instant();
    if (format == LogFormat.JSON) {
      jsonLogs();
    }
    Collected stages = new Collected(progress(command.commandLine().getErr(), clock, format));
    try {
      RunFacts facts = work.run(stages);
      write(Metrics.succeeded(command.name(), facts, clock.instant(), since(start, clock)));
      return facts;
    } catch (Exception e) {
      int code = Failures.exitCode(Failures.translate("The command", e)).code();
      Metrics metrics =
          Metrics.failed(command.name(), code, stages.done, clock.instant(), since(start, clock));
      try {
        write(metrics);
      } catch (RuntimeException unwritten) {
        e.addSuppressed(unwritten);
      }
      throw e;
    }
  }

  /** A terminal is shown what happens now, everything else gets lines. */
  static Progress progress(PrintWriter err, InstantSource clock, LogFormat format) {
    return format == LogFormat.TEXT && TerminalProgress.possible()
        ? new TerminalProgress(err, clock)
        : new LineProgress(err, clock, format);
  }

  /** Log lines of libraries take the form of our own. */
  private static void jsonLogs() {
    try {
      URI layout =
          Objects.requireNonNull(LogOptions.class.getClassLoader().getResource(JSON_LAYOUT))
              .toURI();
      Configurator.reconfigure(layout);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the program's own location is no URI", e);
    }
  }

  private void write(Metrics metrics) {
    if (metricsFile != null) {
      new MetricsFile(metricsFile).write(metrics);
    }
  }

  private static double since(Instant start, InstantSource clock) {
    return Seconds.between(start, clock.instant());
  }

  /** Remembers what was done, for the metrics of a run that fails. */
  private static final class Collected implements Progress {
    private final Progress shown;
    private final List<StageTime> done = new ArrayList<>();

    Collected(Progress shown) {
      this.shown = shown;
    }

    @Override
    public void started(String stage) {
      shown.started(stage);
    }

    @Override
    public void finished(StageTime stage) {
      done.add(stage);
      shown.finished(stage);
    }

    @Override
    public boolean wantsEstimates() {
      return shown.wantsEstimates();
    }

    @Override
    public void expect(java.util.Map<String, Double> seconds) {
      shown.expect(seconds);
    }
  }
}
