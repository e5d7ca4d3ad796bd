package io.gradus.cli;

import io.gradus.job.Progress;
import java.io.PrintWriter;
import java.util.Locale;

/** Shows stages on standard error: a line that fills in on a terminal, plain lines elsewhere. */
final class TerminalProgress implements Progress {
  private final PrintWriter err;
  private final boolean terminal;

  TerminalProgress(PrintWriter err) {
    this.err = err;
    this.terminal = System.console() != null;
  }

  @Override
  public void started(String stage) {
    if (terminal) {
      err.printf("  %-22s ...", stage);
      err.flush();
    }
  }

  @Override
  public void finished(String stage, long rows, double seconds) {
    String count = rows < 0 ? "" : String.format(Locale.ROOT, "%,d rows", rows);
    err.printf(
        Locale.ROOT, "%s  %-22s %20s %8.1f s%n", terminal ? "\r" : "", stage, count, seconds);
    err.flush();
  }
}
