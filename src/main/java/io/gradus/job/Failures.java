package io.gradus.job;

import io.gradus.config.Secrets;
import io.gradus.config.Settings;
import io.gradus.error.ExitCode;
import io.gradus.error.GradusException;
import io.gradus.lake.FailedRun;
import io.gradus.lake.FailedRuns;
import io.gradus.lake.StorageFailures;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is known of a failure: its exit code, the line a person reads, its place in the lake. */
public final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  /**
   * The failure as a person should see it.
   *
   * @param doing what failed, as the start of a message
   */
  public static Exception translate(String doing, Exception failure) {
    return failure instanceof GradusException ? failure : StorageFailures.translate(doing, failure);
  }

  /** The status a process ends with after a translated failure. */
  public static ExitCode exitCode(Exception failure) {
    return failure instanceof GradusException known ? known.exitCode() : ExitCode.INTERNAL;
  }

  /**
   * One line without secrets, and without control and formatting characters, so that no value found
   * can forge output.
   */
  public static String line(Exception failure) {
    String message = String.valueOf(failure.getMessage());
    return failure instanceof GradusException
        ? printable(message)
        : "internal failure: " + printable(failure.toString());
  }

  private static String printable(String message) {
    String line = Secrets.redact(message.lines().findFirst().orElse(""));
    return line.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
  }

  /**
   * Records a run that did not publish; where even that fails the first failure stays.
   *
   * @return the status the process will end with
   */
  static ExitCode record(
      SparkSession spark,
      Settings settings,
      Stages stages,
      Instant start,
      Instant end,
      Exception failure) {
    Exception known = translate("The run", failure);
    ExitCode code = exitCode(known);
    FailedRun run =
        new FailedRun(
            end,
            settings.asOf(),
            stages.runId(),
            stages.current(),
            code.code(),
            line(known),
            Seconds.between(start, end),
            host());
    try {
      FailedRuns.of(spark, settings.lake()).add(run);
    } catch (RuntimeException e) {
      LOG.warn("the failed run could not be recorded: {}", e.getMessage());
    }
    return code;
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
