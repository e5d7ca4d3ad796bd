package io.gradus.cli;

import io.gradus.job.Progress;
import io.gradus.report.StageTime;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Shows stages to a person: a line that fills in, and from the fifth second of a stage on how long
 * it has run, how long it took in past runs and what is left of the run.
 */
final class TerminalProgress implements Progress {
  private static final long PATIENCE_SECONDS = 5;

  private final PrintWriter err;
  private final InstantSource clock;
  private final Map<String, Double> expected = new LinkedHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "gradus-progress");
            thread.setDaemon(true);
            return thread;
          });
  private @Nullable ScheduledFuture<?> ticking;

  TerminalProgress(PrintWriter err, InstantSource clock) {
    this.err = err;
    this.clock = clock;
  }

  /** Whether a person watches. */
  static boolean possible() {
    return System.console() != null;
  }

  @Override
  public boolean wantsEstimates() {
    return true;
  }

  @Override
  public synchronized void expect(Map<String, Double> seconds) {
    expected.putAll(seconds);
  }

  @Override
  public synchronized void started(String stage) {
    stopTicking();
    err.printf("  %-22s ...", stage);
    err.flush();
    Instant start = clock.instant();
    ticking =
        timer.scheduleAtFixedRate(
            () -> tick(stage, Duration.between(start, clock.instant()).toSeconds()),
            PATIENCE_SECONDS,
            1,
            TimeUnit.SECONDS);
  }

  private synchronized void tick(String stage, long seconds) {
    if (ticking != null) {
      err.printf("\r  %-22s ... %s", stage, estimate(expected, stage, seconds));
      err.flush();
    }
  }

  /** How far the stage is against past runs, and what is left of the run. */
  static String estimate(Map<String, Double> expected, String stage, double seconds) {
    Double usual = expected.get(stage);
    if (usual == null) {
      return String.format(Locale.ROOT, "%,.0f s", seconds);
    }
    // Stages that are done have left the map, so what it holds is still to come.
    double later = expected.values().stream().mapToDouble(d -> d).sum() - usual;
    double left = later + Math.max(0, usual - seconds);
    return String.format(
        Locale.ROOT, "%,.0f s of about %,.0f s, run done in about %,.0f s", seconds, usual, left);
  }

  @Override
  public synchronized void finished(StageTime stage) {
    stopTicking();
    expected.remove(stage.name());
    String count = stage.rows() < 0 ? "" : String.format(Locale.ROOT, "%,d rows", stage.rows());
    String line =
        String.format(Locale.ROOT, "  %-22s %20s %8.1f s", stage.name(), count, stage.seconds());
    err.printf("\r%-90s%n", line);
    err.flush();
  }

  private void stopTicking() {
    if (ticking != null) {
      ticking.cancel(false);
      ticking = null;
    }
  }
}
